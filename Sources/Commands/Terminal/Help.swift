import Foundation

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
}
