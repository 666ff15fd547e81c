import Gym
import JSON

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
        "the ratings are \(json.kind) that is no histogram",
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
