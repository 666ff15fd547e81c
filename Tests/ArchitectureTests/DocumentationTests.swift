import Foundation
import Testing

/// Every public symbol has a comment with what its name does not say: shapes, units, errors.
///
/// An implementation of a protocol's requirement, such as a default in an extension, inherits the
/// requirement's comment and needs none of its own.
@Suite struct DocumentationTests {
  @Test("Every public symbol is documented") func everyPublicSymbolIsDocumented() throws {
    var code = Declarations()
    for file in try PackageFiles.sources() where file.path.hasSuffix(".swift") { code.read(file) }
    #expect(code.symbols.count > 1500)
    for symbol in code.undocumented {
      Issue.record("\(symbol.place) \(symbol.signature) has no comment")
    }
  }

  @Test("The search for undocumented symbols finds planted ones")
  func undocumentedSymbolsAreFound() {
    var code = Declarations()
    code.read(PackageFiles.File(module: "", path: "A", text: Self.sample))
    #expect(
      code.undocumented.map(\.signature) == [
        "area(at:_:)", "Square", "unit", "side", "init(_:side:)", "scaled(by:)", "==(_:_:)",
        "subscript(_:)", "small", "perimeter",
      ])
    #expect(code.symbols.count == 20)
  }

  private static let sample = #"""
    /// A shape.
    public protocol Shape: Named {
      func area(at point: Int, _ unit: (Int) -> Int) -> Int
    }
    protocol Named {
      var name: String { get }
    }
    public struct Square<Side: Comparable>: @unchecked Sendable,
      Shape
    {
      @TaskLocal public static var unit = 1
      /// Documented.
      @inlinable
      public let documented: Int
      // No documentation.
      public private(set) var side: Side
      public let name: String
      let inner = 1
      public init(
        _ name: String, side: Side
      ) {
        let text = """
          public var quoted = 1
          """
      }
      public func area(
        at point: Int, _ unit: (Int) -> Int
      ) -> Int { 1 }
      public func scaled(by factor: Int) -> Square { self }
      public static func == (a: Square, b: Square) -> Bool { true }
      public subscript(index: Int) -> Int { 1 }
      /// Sizes.
      public enum Size: Hashable, Comparable {
        case small
        /// Documented.
        case large
        public static func < (a: Size, b: Size) -> Bool {
          switch a {
          case .small: true
          }
        }
        public func hash(into hasher: inout Hasher) {}
      }
    }
    extension Shape where Self: Equatable {
      public func area(at point: Int, _ unit: (Int) -> Int) -> Int { 1 }
      public var perimeter: Int { 1 }
    }
    extension Square: CustomStringConvertible {
      public var description: String { name }
    }
    @available(*, unavailable)
    extension Square {
      public var diameter: Int { 1 }
    }
    """#
}
