import Gym
import Randomness

extension TaskInspection {
  /// A transformed puzzle has the same right and wrong answers, and is as hard.
  func inspectInvariance() throws {
    var ratings: [(Double, Double)] = []
    for (index, example) in examples.enumerated() {
      let symmetry = randomSymmetry("invariance", index)
      let moved = task.transform(example, by: symmetry)
      for answer in [example.answer, example.question] + nearMisses(of: example, index) {
        let verdict = try task.verify(answer, for: example)
        let movedVerdict = try task.verify(task.transform(answer, by: symmetry), for: moved)
        log.expect(
          verdict.isSolved == movedVerdict.isSolved && verdict.findings == movedVerdict.findings,
          .invariance,
          "\(show(answer)) is judged \(summary(verdict)), its moved copy \(summary(movedVerdict))")
      }
      if let rating = rating(of: example), let copy = task.rating(of: moved.question) {
        ratings.append((rating, copy))
      }
    }
    inspectRatings(of: ratings)
  }

  /// Ratings may be estimates, so they are compared with their copies' in rank correlation.
  private func inspectRatings(of pairs: [(Double, Double)]) {
    guard pairs.count > 2, pairs.contains(where: { $0 != $1 }) else { return }
    let agreement = Self.correlation(
      Self.ranks(pairs.map(\.0)), Self.ranks(pairs.map(\.1)))
    log.expect(
      agreement >= 0.5, .invariance,
      "ratings and those of moved copies have a rank correlation of \(agreement)")
  }

  private func summary(_ verdict: Verdict) -> String {
    let findings = verdict.findings.map { "\($0.name) \($0.holds)" }
    return ([verdict.isSolved ? "solved" : "not solved"] + findings).joined(separator: ", ")
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    values.map { value in
      Double(values.count { $0 < value }) + Double(values.count { $0 == value } - 1) / 2
    }
  }

  /// Pearson's correlation; 0 if one side is constant.
  private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let (meanA, meanB) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
    let product = zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) }
    let squareA = a.reduce(0) { $0 + ($1 - meanA) * ($1 - meanA) }
    let squareB = b.reduce(0) { $0 + ($1 - meanB) * ($1 - meanB) }
    return squareA * squareB > 0 ? product / (squareA * squareB).squareRoot() : 0
  }
}
