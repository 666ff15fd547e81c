import Foundation
import Gym

/// The name of a new task or agent: a Swift type, a folder, and an identifier made from it.
struct PluginName: Sendable, Hashable {
  /// The type and the folder, such as `LightsUp`.
  let type: String
  /// The name in commands and datasets, such as `lights-up`.
  let id: String

  /// A name that can be a Swift type's, and is not used by Swift or its libraries.
  ///
  /// - Throws: a `GymError` that says what is wrong with it, and what may have been meant.
  init(_ text: String) throws {
    let isName =
      text.first.map { ("A"..."Z").contains($0) } == true && (2...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { $0 < 128 }
      && text.allSatisfy { $0.isLetter || $0.isNumber }
    guard isName else {
      let near = Self.typeName(near: text)
      throw GymError(
        "\(String(reflecting: String(text.prefix(60)))) cannot name a Swift type here",
        expected: "2 to 40 letters and digits that begin with a capital, such as LightsUp",
        remedy: near.map { "Did you mean \($0)?" })
    }
    if let taken = Self.reserved.first(where: { $0.lowercased() == text.lowercased() }) {
      throw GymError(
        "\(taken) is a name that Swift uses", expected: "a name of its own",
        remedy: "Choose another, such as \(text)Puzzle.")
    }
    type = text
    id = Self.hyphenated(text)
  }

  /// A template with its placeholders replaced by the names.
  func fill(_ template: String) -> String {
    template.replacingOccurrences(of: "__Name__", with: type)
      .replacingOccurrences(of: "__id__", with: id)
  }

  /// Words in lower case, joined by hyphens: `NQueens` becomes `n-queens`, `ARCLike` `arc-like`.
  private static func hyphenated(_ name: String) -> String {
    let letters = Array(name)
    var text = ""
    for (index, letter) in letters.enumerated() {
      if index > 0, letter.isUppercase {
        let endsWord = !letters[index - 1].isUppercase
        let beginsWord = index + 1 < letters.count && letters[index + 1].isLowercase
        if endsWord || beginsWord { text += "-" }
      }
      text += letter.lowercased()
    }
    return text
  }

  /// The nearest valid type name for a text with other characters; nil if there is none.
  private static func typeName(near text: String) -> String? {
    guard text.utf8.allSatisfy({ $0 < 128 }) else { return nil }
    let words = text.prefix(60).split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let joined = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    let name = String(joined.drop { !$0.isLetter }.prefix(40))
    return name.count < 2 || name == text ? nil : name
  }
}

extension PluginName {
  /// Names that would clash with names of Swift and its libraries. Modules and types of this
  /// package are read from its sources.
  static let reserved: [String] = keywords + systemModules + packageModules + libraryTypes

  /// https://docs.swift.org/swift-book/documentation/the-swift-programming-language/lexicalstructure
  private static let keywords = words(
    """
    actor any as associatedtype associativity async await borrowing break case catch class
    consuming continue convenience copy default defer deinit didSet distributed do dynamic each
    else enum extension fallthrough false fileprivate final for func get guard if import in
    indirect infix init inout internal is isolated lazy left let macro mutating nil none nonisolated
    nonmutating open operator optional override package postfix precedence precedencegroup prefix
    private protocol public repeat required rethrows return right self sending set some static
    struct subscript super switch throw throws true try type typealias unowned var weak where while
    willSet
    """)

  private static let systemModules = words(
    """
    Builtin CoreFoundation CryptoKit Cxx Darwin Dispatch Foundation FoundationEssentials Glibc Musl
    Observation PackageDescription RegexBuilder Swift Synchronization Testing WinSDK XCTest
    """)

  private static let packageModules = words(
    "ArgumentParser FlyingFox FlyingSocks GRDB ReasonGym")

  private static let libraryTypes = words(
    """
    Array Bool Character CollectionOfOne Codable Comparable Data Date Dictionary Double Equatable
    Error Float Hashable Identifiable Int Int8 Int16 Int32 Int64 Int128 Mirror Never Object Optional
    Range Result Sendable Sequence Set SIMD String Substring Suite Tag Test Trait UInt UInt8 UInt16
    UInt32 UInt64 UInt128 URL UUID Void
    """)

  private static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }
}
