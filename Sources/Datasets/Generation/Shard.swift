import Gym

/// Part `number` of `count` parts of a generation, numbered from 1.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// The number of the part, in 1...count.
  public let number: Int
  /// The number of all parts, in 1...65 536.
  public let count: Int

  /// A part; nil if the number is not in 1...count.
  public init?(number: Int, count: Int) {
    guard (1...65_536).contains(count), (1...count).contains(number) else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Reads text such as `2/4`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number: number, count: count)
  }

  public var description: String { "\(number)/\(count)" }

  /// The items of this part out of `total`; parts are consecutive, and their sizes differ by at
  /// most one.
  func range(of total: Int) -> Range<Int> {
    func start(_ part: Int) -> Int {
      total / count * part + min(part, total % count)
    }
    return start(number - 1)..<start(number)
  }
}
