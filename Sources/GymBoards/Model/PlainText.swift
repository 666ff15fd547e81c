import Foundation
import Gym
import GymJSON

/// Rules for external texts that make them safe to show.
public enum PlainText {
  /// Checks a text that is shown without changes: no control characters, no invisible ones that
  /// change the order or shape of others, no line ends, and not only spaces.
  ///
  /// - Parameters:
  ///   - what: the name of the text in errors.
  ///   - limit: the maximum number of code points.
  /// - Throws: a `GymError` that says what is wrong.
  public static func check(_ text: String, what: String, limit: Int) throws {
    guard text.utf8.count <= 4 * limit, text.unicodeScalars.count <= limit, !text.isEmpty else {
      throw GymError(
        "\(what) has \(text.unicodeScalars.count) characters", expected: "1...\(limit)")
    }
    for scalar in text.unicodeScalars where !isShown(scalar) {
      throw GymError(
        "\(what) holds the character U+\(String(scalar.value, radix: 16, uppercase: true))",
        expected: "characters that can be seen, and spaces")
    }
    guard text.first != " ", text.last != " " else {
      throw GymError("\(what) begins or ends with a space", expected: "a name")
    }
  }

  /// Checks a name for use in addresses and paths: 1 to 64 ASCII letters, digits, "-", "_" and ".",
  /// and no "." first.
  public static func checkName(_ name: String, what: String) throws {
    let isPlain =
      (1...64).contains(name.utf8.count) && !name.hasPrefix(".")
      && name.utf8.allSatisfy {
        (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0)
          || $0 == 45 || $0 == 95 || $0 == 46
      }
    guard isPlain else {
      throw GymError(
        "\(what) is \(JSON.string(String(name.prefix(80))))",
        expected: "1 to 64 letters, digits, \"-\", \"_\" and \".\", beginning with no \".\"")
    }
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    case .spaceSeparator: scalar == " "
    default: true
    }
  }
}
