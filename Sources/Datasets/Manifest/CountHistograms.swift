import Gym
import JSON

/// Histograms of a task's counts over a split, by name, with bins that double in size.
///
/// Bin 0 counts the zeros; bin b above it the numbers from 2^(b − 1) up to, not including, 2^b.
public struct CountHistograms: Sendable, Hashable {
  /// The bins by name, without empty bins at the end.
  public private(set) var bins: [String: [Int]] = [:]

  /// Histograms of no puzzles.
  public init() {}

  /// Adds a puzzle's counts.
  mutating func add(_ counts: [String: UInt64]) {
    for (name, count) in counts { add(1, name, bin: UInt64.bitWidth - count.leadingZeroBitCount) }
  }

  /// Adds other histograms.
  mutating func add(_ others: CountHistograms) {
    for (name, counts) in others.bins {
      for (bin, count) in counts.enumerated() { add(count, name, bin: bin) }
    }
  }

  private mutating func add(_ count: Int, _ name: String, bin: Int) {
    var counts = bins[name] ?? []
    if bin >= counts.count { counts += Array(repeating: 0, count: bin + 1 - counts.count) }
    counts[bin] += count
    bins[name] = counts
  }

  /// The histograms in the form of the manifest.
  public var json: JSON {
    .object(
      JSONObject(
        bins.sorted { $0.key < $1.key }.map { name, counts in
          (name, .array(counts.map { JSON($0) }))
        }))
  }

  /// Reads what `json` wrote.
  public init(_ json: JSON) throws {
    guard let members = json.object else {
      throw GymError("the counts are \(json.kind)", expected: "an object of histograms")
    }
    for (name, values) in members {
      let counts = values.array?.compactMap(\.integer) ?? []
      guard counts.count == values.array?.count, counts.count <= UInt64.bitWidth + 1,
        counts.allSatisfy((0...Int(Int32.max)).contains)
      else {
        throw GymError(
          "the histogram of \(name) is \(values.kind)",
          expected: "at most \(UInt64.bitWidth + 1) integers in 0...\(Int32.max)")
      }
      bins[name] = counts
    }
  }
}
