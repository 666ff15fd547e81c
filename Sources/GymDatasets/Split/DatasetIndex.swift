import Foundation
import Gym

/// Maps each owner to its run of items: puzzles to their examples, or groups to their puzzles.
/// Every owner has at least one item, and the runs are consecutive.
public struct DatasetIndex: Sendable, Hashable {
  /// Runs of equal length, the usual case, need no table, which saves memory.
  private enum Bounds: Sendable, Hashable {
    case uniform(length: Int)
    case table([Int32])
  }

  private let bounds: Bounds
  /// The number of owners.
  public let count: Int
  /// The number of items of all owners.
  public let itemCount: Int

  /// Reads the first item of every owner and the end, [count + 1], from a file.
  ///
  /// - Throws: a `GymError` if the values do not start at 0, increase and end at `itemCount`.
  init(_ array: NpyArray, itemCount: Int, of items: String) throws {
    guard array.shape.count == 1, array.count >= 2, array.element.isInteger else {
      throw GymError(
        "the array has shape \(array.shape) and elements \(array.element.rawValue)",
        at: array.url.path, expected: "two or more integers in one dimension")
    }
    var values: [Int32] = []
    values.reserveCapacity(array.count)
    try array.forEachInteger(in: 0..<array.count) { index, value in
      let isLast = index == array.count - 1
      let lowest = values.last.map { Int64($0) + 1 } ?? 0
      guard let value, let small = Int32(exactly: value), value >= lowest, value <= itemCount,
        index > 0 || value == 0, !isLast || value == itemCount
      else {
        throw GymError(
          "element \(index) is \(value.map(String.init) ?? "beyond 64 bits")",
          at: array.url.path,
          expected: "values that begin at 0, rise, and end at the number of \(items), \(itemCount)")
      }
      values.append(small)
    }
    count = values.count - 1
    self.itemCount = itemCount
    let length = values[1]
    let isUniform = values.indices.allSatisfy { Int(values[$0]) == $0 * Int(length) }
    bounds = isUniform ? .uniform(length: Int(length)) : .table(values)
  }

  private init(_ bounds: Bounds, count: Int, itemCount: Int) {
    (self.bounds, self.count, self.itemCount) = (bounds, count, itemCount)
  }

  /// One index after another, the items of each after those of the one before.
  ///
  /// - Precondition: there is an index.
  /// - Throws: a `GymError` if there are too many items.
  static func joining(_ parts: [DatasetIndex], at url: URL) throws -> DatasetIndex {
    guard parts.count > 1 else { return parts[0] }
    let itemCount = parts.reduce(0) { $0 + $1.itemCount }
    guard itemCount <= Int(Int32.max) else {
      throw GymError("there are \(itemCount) items", at: url.path, expected: "at most 2147483647")
    }
    var values: [Int32] = [0]
    var start = 0
    for part in parts {
      for owner in 0..<part.count { values.append(Int32(start + part[owner].upperBound)) }
      start += part.itemCount
    }
    return DatasetIndex(.table(values), count: values.count - 1, itemCount: itemCount)
  }

  /// The items of one owner.
  ///
  /// - Precondition: `owner` is in 0..<count.
  public subscript(owner: Int) -> Range<Int> {
    precondition((0..<count).contains(owner), "there is no number \(owner) among \(count)")
    switch bounds {
    case .uniform(let length): return owner * length..<(owner + 1) * length
    case .table(let values): return Int(values[owner])..<Int(values[owner + 1])
    }
  }

  /// The owner of an item.
  ///
  /// - Precondition: `item` is in 0..<itemCount.
  public func owner(of item: Int) -> Int {
    precondition((0..<itemCount).contains(item), "there is no item \(item) among \(itemCount)")
    switch bounds {
    case .uniform(let length): return item / length
    case .table(let values):
      var (low, high) = (0, count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if Int(values[middle]) <= item { low = middle } else { high = middle }
      }
      return low
    }
  }
}
