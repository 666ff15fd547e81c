import Gym
import GymJSON

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

/// A histogram of ratings in at most 64 bins of equal width from 0.
///
/// The width is the least power of two (1 or more) that suffices, so the histogram depends only on
/// the ratings, not on their order.
public struct RatingHistogram: Sendable, Hashable {
  /// The width of a bin.
  public private(set) var width = 1.0
  /// The number of ratings in each bin, without empty bins at the end. Bin b contains the ratings
  /// from b·width up to, but not including, (b + 1)·width.
  public private(set) var counts: [Int] = []
  /// The number of puzzles with unknown rating.
  public private(set) var unknown = 0
  /// The sum of the known ratings.
  public private(set) var sum = 0.0

  private static let limit = 64

  /// An empty histogram, with bins of width 1.
  public init() {}

  /// The number of known ratings.
  public var known: Int { counts.reduce(0, +) }

  /// The mean of the known ratings; nil if there are none.
  public var mean: Double? { known == 0 ? nil : sum / Double(known) }

  /// Adds a rating; one that is negative or not finite counts as unknown.
  public mutating func add(_ rating: Double?) {
    guard let rating, rating.isFinite, rating >= 0 else {
      unknown += 1
      return
    }
    sum += rating
    while rating / width >= Double(Self.limit) { widen() }
    let bin = Int(rating / width)
    if bin >= counts.count { counts += Array(repeating: 0, count: bin + 1 - counts.count) }
    counts[bin] += 1
  }

  private mutating func widen() {
    width *= 2
    counts = stride(from: 0, to: counts.count, by: 2).map { bin in
      counts[bin] + (bin + 1 < counts.count ? counts[bin + 1] : 0)
    }
  }

  /// The histogram in the form of the manifest.
  public var json: JSON {
    [
      "width": .number(width), "counts": .array(counts.map { JSON($0) }),
      "unknown": JSON(unknown), "sum": .number(sum),
    ]
  }

  /// Reads what `json` wrote.
  public init(_ json: JSON) throws {
    guard let width = json["width"]?.number, width >= 1, width.isFinite,
      let counts = json["counts"]?.array?.map(\.integer), counts.count <= Self.limit,
      let unknown = json["unknown"]?.integer, let sum = json["sum"]?.number, sum.isFinite
    else {
      throw GymError(
        "the ratings are \(json.kind) that is not a histogram",
        expected: "width, at most \(Self.limit) counts, unknown and sum")
    }
    self.width = width
    self.counts = try ([unknown] + counts).map { count in
      guard let count, (0...Int(Int32.max)).contains(count) else {
        throw GymError(
          "a histogram's count is \(count.map(String.init) ?? "no integer")",
          expected: "an integer in 0...\(Int32.max)")
      }
      return count
    }
    self.unknown = self.counts.removeFirst()
    self.sum = sum
  }
}
