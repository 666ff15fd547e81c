import Foundation
import GymReports

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

/// A line on standard error that shows progress.
///
/// On a terminal it is redrawn in place a few times per second; otherwise a plain line is written
/// every ten seconds.
final class ProgressLine {
  private let terminal = Terminal.errors
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?
  private var isShown = false

  /// Shows a text, unless another one was shown just before.
  func update(_ text: () -> String) {
    let pause: Duration = terminal.isInteractive ? .milliseconds(200) : .seconds(10)
    let now = clock.now
    if last == nil, !terminal.isInteractive { last = now }
    if let last, now - last < pause { return }
    last = now
    if terminal.isInteractive {
      write("\r\u{1B}[2K" + text().withVisibleControls.prefix(terminal.width - 1))
      isShown = true
    } else {
      write(text().withVisibleControls + "\n")
    }
  }

  /// Writes a line that stays.
  func note(_ text: String) {
    clear()
    write(text.withVisibleControls + "\n")
  }

  /// Removes the line.
  func clear() {
    if isShown { write("\r\u{1B}[2K") }
    isShown = false
  }

  private func write(_ text: String) {
    // If standard error is gone, the work still continues.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}

/// The text of `--help`.
enum Help {
  /// A text whose paragraphs are one line each, so that they wrap to the terminal's width.
  ///
  /// Indented lines, such as examples, and the lines before them keep their own line breaks.
  static func flowing(_ text: String) -> String {
    var result: [String] = []
    var isOpen = false
    for line in text.components(separatedBy: "\n") {
      let isProse = !line.isEmpty && !line.hasPrefix(" ")
      if isProse, isOpen, let last = result.popLast() {
        result.append(last + " " + line)
      } else {
        result.append(line)
      }
      isOpen = isProse
    }
    return result.joined(separator: "\n")
  }

  /// A message of ArgumentParser, which does not wrap usage lines, with those broken between
  /// arguments so that they fit 80 columns.
  static func fitting(_ message: String) -> String {
    message.components(separatedBy: "\n").map { line in
      let isUsage = line.hasPrefix("USAGE: ") || line.hasPrefix("Usage: ")
      guard isUsage, line.count > 80 else { return line }
      var units: [String] = []
      for word in line.dropFirst(7).split(separator: " ") {
        let last = units.last ?? ""
        let isOpen = last.count { $0 == "[" } > last.count { $0 == "]" }
        let isValue = last.hasPrefix("-") && !last.contains("\u{A0}") && word.hasPrefix("<")
        if isOpen || isValue || word == "..." {
          units.append(units.removeLast() + "\u{A0}" + word)
        } else {
          units.append(String(word))
        }
      }
      let indent = "\n" + String(repeating: " ", count: 9)
      return String(line.prefix(7))
        + units.joined(separator: " ").wrapped(to: 71).joined(separator: indent)
        .replacing("\u{A0}", with: " ")
    }.joined(separator: "\n")
  }
}
