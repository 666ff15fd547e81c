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
    "ArgumentParser FlyingFox FlyingSocks GRDB ReasonGym ReasonGymCommands")

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
