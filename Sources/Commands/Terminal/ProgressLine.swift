import Foundation

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
      write("\r\u{1B}[2K" + text().prefix(terminal.width - 1))
      isShown = true
    } else {
      write(text() + "\n")
    }
  }

  /// Writes a line that stays.
  func note(_ text: String) {
    clear()
    write(text + "\n")
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
