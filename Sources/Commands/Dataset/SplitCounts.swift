import ArgumentParser
import Datasets
import Gym

/// Numbers of puzzles: one number, or numbers for named splits such as `train=1000,test=200`.
struct SplitCounts: ExpressibleByArgument, Sendable {
  private let total: Int?
  private let named: [String: Int]

  init?(argument: String) {
    if let number = Int(argument) {
      guard number > 0 else { return nil }
      (total, named) = (number, [:])
      return
    }
    var named: [String: Int] = [:]
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, Dataset.isPlainName(sides[0]), named[sides[0]] == nil,
        let count = Int(sides[1]), count > 0
      else { return nil }
      named[sides[0]] = count
    }
    (total, self.named) = (nil, named)
  }

  /// Checks that every named split is a usual one: nothing would use `tset=20`.
  func validate() throws {
    for name in named.keys.sorted() { try Self.check(name, of: "--count") }
  }

  /// Checks the name of a split.
  static func check(_ name: String, of option: String) throws {
    let usual = Dataset.usualSplits
    guard !usual.contains(name) else { return }
    let near = Suggestion.nearest(to: name, among: usual).map { " Did you mean \"\($0)\"?" }
    throw ValidationError(
      "\(option): there is no split \"\(name)\"; expected one of "
        + "\(usual.joined(separator: ", ")).\(near ?? "")")
  }

  /// The counts; a single number is for `split`.
  func counts(default split: String) -> [String: Int] { total.map { [split: $0] } ?? named }
}

/// An interval of ratings, such as `20...40`.
struct RatingInterval: ExpressibleByArgument, Sendable {
  let range: ClosedRange<Double>

  init?(argument: String) {
    guard let dots = argument.range(of: "..."), let low = Double(argument[..<dots.lowerBound]),
      let high = Double(argument[dots.upperBound...]), low.isFinite, high.isFinite, low <= high
    else { return nil }
    range = low...high
  }
}
