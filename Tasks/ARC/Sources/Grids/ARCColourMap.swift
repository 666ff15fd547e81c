import Gym
import Randomness

/// A renaming of the colors 1 to 9; the background 0 stays.
public struct ARCColourMap: Sendable, Hashable {
  /// The new names, four bits each, that of color 0 lowest: a table in a register.
  let packed: UInt64

  /// The renaming that changes nothing.
  public static let identity = ARCColourMap(packed: 0x98_7654_3210)

  /// - Throws: a `GymError` if the colors are not a permutation of 0...9 that keeps 0.
  public init(_ colours: [UInt8]) throws {
    guard colours.first == 0, colours.sorted() == Array(0...9) else {
      throw GymError(
        "the colours \(colours) are no renaming", expected: "0 and then 1 to 9 in any order")
    }
    self.init(trusted: colours)
  }

  /// A uniformly random renaming.
  public static func random(using random: inout RandomStream) -> ARCColourMap {
    var packed = identity.packed
    for last in stride(from: 9, to: 1, by: -1) {
      let (here, there) = (UInt64(4 * last), UInt64(4 + 4 * random.below(last)))
      let difference = (packed >> here ^ packed >> there) & 15
      packed ^= difference << here
      packed ^= difference << there
    }
    return ARCColourMap(packed: packed)
  }

  private init(packed: UInt64) {
    self.packed = packed
  }

  private init(trusted colours: [UInt8]) {
    packed = colours.reversed().reduce(0) { $0 << 4 | UInt64($1) }
  }

  /// The new name of a color, which is below 10.
  private subscript(colour: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: packed >> (UInt64(colour) * 4) & 15)
  }

  /// The new name of each of the ten colors.
  public var colours: [UInt8] { (0...9).map { self[$0] } }

  /// The renaming that undoes this one.
  public var inverse: ARCColourMap {
    var inverse = [UInt8](repeating: 0, count: ARCGrid.colours)
    for (from, to) in colours.enumerated() { inverse[Int(to)] = UInt8(from) }
    return ARCColourMap(trusted: inverse)
  }

  /// This renaming followed by another.
  public func then(_ next: ARCColourMap) -> ARCColourMap {
    ARCColourMap(trusted: colours.map { next[$0] })
  }

  /// The ten digits at the end of variant names.
  public var digits: String {
    String(unsafeUninitializedCapacity: ARCGrid.colours) { digits in
      for colour in 0..<UInt8(ARCGrid.colours) { digits[Int(colour)] = self[colour] + 48 }
      return ARCGrid.colours
    }
  }
}
