import Foundation

/// An output stream and its capabilities.
struct Terminal: Sendable {
  /// Whether it is a terminal, not a pipe or file.
  let isInteractive: Bool
  /// Whether colors may be used: the terminal supports them, and NO_COLOR is not set
  /// (no-color.org).
  let usesColor: Bool
  /// The number of columns; 100 if it is not a terminal.
  let width: Int
  /// The number of lines; 48 if it is not a terminal.
  let height: Int

  /// The output of results.
  static var output: Terminal { Terminal(STDOUT_FILENO) }
  /// The output of progress and errors.
  static var errors: Terminal { Terminal(STDERR_FILENO) }

  private init(_ descriptor: Int32) {
    let environment = ProcessInfo.processInfo.environment
    isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
    usesColor = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    var size = winsize()
    let isKnown = isInteractive && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
    width = isKnown && size.ws_col >= 20 ? Int(size.ws_col) : 100
    height = isKnown && size.ws_row >= 5 ? Int(size.ws_row) : 48
  }
}
