import Gym

/// The names of sources, numbered in order of first appearance.
struct SourceTable {
  private(set) var names: [String]
  private var numbers: [String: UInt16]

  init(_ names: [String] = []) {
    self.names = names
    numbers = Dictionary(zip(names, 0...UInt16.max), uniquingKeysWith: { first, _ in first })
  }

  /// The number of a name; a new one if it has none yet.
  mutating func number(of name: String) throws -> UInt16 {
    if let number = numbers[name] { return number }
    guard let number = UInt16(exactly: names.count) else {
      throw GymError(
        "there are more than 65536 different sources",
        expected: "names of collections, which many puzzles share",
        remedy: "Leave the column \"source\" out.")
    }
    names.append(name)
    numbers[name] = number
    return number
  }
}
