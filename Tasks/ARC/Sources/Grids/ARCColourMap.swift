import Gym
import Randomness

/// A renaming of the colours 1 to 9; the background 0 stays.
public struct ARCColourMap: Sendable, Hashable {
  /// The new name of each colour, ten of them.
  public let colours: [UInt8]

  /// The renaming that changes nothing.
  public static let identity = ARCColourMap(trusted: Array(0...9))

  /// - Throws: a `GymError` where the colours are no permutation of 0...9 that keeps 0.
  public init(_ colours: [UInt8]) throws {
    guard colours.first == 0, colours.sorted() == Array(0...9) else {
      throw GymError(
        "the colours \(colours) are no renaming", expected: "0 and then 1 to 9 in any order")
    }
    self.colours = colours
  }

  /// A uniformly random renaming.
  public static func random(using random: inout RandomStream) -> ARCColourMap {
    var colours: [UInt8] = Array(0...9)
    for last in stride(from: 9, to: 1, by: -1) { colours.swapAt(last, 1 + random.below(last)) }
    return ARCColourMap(trusted: colours)
  }

  private init(trusted colours: [UInt8]) {
    self.colours = colours
  }

  /// The renaming that undoes this one.
  public var inverse: ARCColourMap {
    var inverse = colours
    for (from, to) in colours.enumerated() { inverse[Int(to)] = UInt8(from) }
    return ARCColourMap(trusted: inverse)
  }

  /// This renaming and then another.
  public func then(_ next: ARCColourMap) -> ARCColourMap {
    ARCColourMap(trusted: colours.map { next.colours[Int($0)] })
  }

  /// The new names, four bits each, that of colour 0 lowest: a table in a register.
  var packed: UInt64 {
    var packed: UInt64 = 0
    for colour in colours.reversed() { packed = packed << 4 | UInt64(colour) }
    return packed
  }

  /// The ten digits that variant names end in.
  public var digits: String { String(decoding: colours.map { $0 + 48 }, as: UTF8.self) }
}
