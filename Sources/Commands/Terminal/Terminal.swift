import Foundation

/// Where output goes, and what it can show.
struct Terminal: Sendable {
  /// Whether a person sees it at once: it is a terminal, not a pipe or file.
  let isInteractive: Bool
  /// Whether colours may be used: a terminal that knows them, and no NO_COLOR (no-color.org).
  let usesColour: Bool
  /// The number of columns; 100 if it is no terminal.
  let width: Int

  /// The output of results.
  static var output: Terminal { Terminal(STDOUT_FILENO) }
  /// The output of progress and errors.
  static var errors: Terminal { Terminal(STDERR_FILENO) }

  private init(_ descriptor: Int32) {
    let environment = ProcessInfo.processInfo.environment
    isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
    usesColour = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    var size = winsize()
    let isKnown = isInteractive && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
    width = isKnown && size.ws_col >= 20 ? Int(size.ws_col) : 100
  }
}
