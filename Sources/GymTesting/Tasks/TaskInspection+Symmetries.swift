import Gym
import GymRandomness

extension TaskInspection {
  /// Whether symmetries have the task's cells and tokens: with others, canonical forms would trap.
  func symmetriesFit() -> Bool {
    ((task.symmetries ?? []) + [randomSymmetry("fit", 0)]).allSatisfy { fits($0) }
  }

  /// Whether symmetries can be applied, inverted and composed as they claim.
  func inspectSymmetries() -> Bool {
    let failures = log.report.count
    let identity = Symmetry.identity(for: task)
    if let all = task.symmetries { inspectGroup(all, identity: identity) }
    for (index, example) in examples.enumerated() {
      let first = randomSymmetry("first", index)
      let second = randomSymmetry("second", index)
      guard fits(first), fits(second) else { return false }
      for tokens in [example.question, example.answer] {
        let moved = task.transform(tokens, by: first)
        if let (_, found) = problem(with: moved) {
          log.fail(.symmetries, "a moved question or answer has \(found)")
          return false
        }
        log.expect(
          task.transform(tokens, by: identity) == tokens, .symmetries,
          "the identity changes \(show(tokens))")
        let back = task.transform(moved, by: first.inverse)
        log.expect(back == tokens, .inverse, "\(show(tokens)) comes back as \(show(back))")
        let steps = task.transform(moved, by: second)
        let atOnce = task.transform(tokens, by: first.then(second))
        log.expect(
          steps == atOnce, .composition,
          "\(show(tokens)) becomes \(show(steps)) in two steps and \(show(atOnce)) in one")
      }
    }
    return log.report.count == failures
  }

  private func inspectGroup(_ all: [Symmetry], identity: Symmetry) {
    guard all.allSatisfy({ fits($0) }) else { return }
    log.expect(all.first == identity, .symmetries, "the first symmetry is not the identity")
    let known = Set(all)
    log.expect(
      known.count == all.count, .symmetries, "\(all.count - known.count) stand twice in the list")
    // Products of the first few with all: a missing element shows there, at a bounded cost.
    let isClosed = all.prefix(16).allSatisfy { first in
      known.contains(first.inverse) && all.prefix(256).allSatisfy { known.contains(first.then($0)) }
    }
    log.expect(isClosed, .symmetries, "the list lacks an inverse or a product of its symmetries")
    let sample = (0..<8).map { randomSymmetry("listed", $0) }
    log.expect(
      sample.allSatisfy(known.contains), .symmetries, "a random symmetry is not in the list")
  }

  private func fits(_ symmetry: Symmetry) -> Bool {
    let fits =
      symmetry.cells.count == task.grid.cells && symmetry.tokens.count == task.vocabulary.count
    log.expect(
      fits, .symmetries,
      "a symmetry of \(symmetry.cells.count) cells and \(symmetry.tokens.count) tokens")
    return fits
  }

  func randomSymmetry(_ purpose: String, _ index: Int) -> Symmetry {
    var random = stream("symmetry " + purpose, index)
    return task.randomSymmetry(using: &random)
  }
}

extension TaskInspection {
  /// Training variants are valid puzzles, and the same for the same stream.
  func inspectAugmentations() throws {
    for (index, example) in examples.enumerated() {
      let puzzle = Puzzle(example)
      var random = stream("augmentation", index)
      var again = random
      let variants = task.augmentations(of: puzzle, count: 3, using: &random)
      log.expect(variants.count <= 3, .augmentation, "asked for 3, it gives \(variants.count)")
      log.expect(
        task.augmentations(of: puzzle, count: 3, using: &again) == variants, .augmentation,
        "the same stream gives other variants")
      for variant in variants.flatMap({ $0.demonstrations + $0.examples }) {
        if let (_, found) = problem(with: variant.question) ?? problem(with: variant.answer) {
          log.fail(.augmentation, "a variant has \(found)")
        } else {
          let verdict = try task.verify(variant.answer, for: variant)
          log.expect(
            verdict.isSolved, .augmentation,
            "the variant \(show(variant.question)) is not solved: \(verdict.problem ?? "")")
        }
      }
    }
  }
}

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
      // If several answers are right, the solver's to the moved question may be another than the
      // label, moved: a verifier that knows only the label refuses it.
      switch try task.solve(moved.question) {
      case .unique(let answer) where answer.count == task.grid.cells,
        .several(let answer) where answer.count == task.grid.cells:
        let back = task.transform(answer, by: symmetry.inverse)
        try log.expect(
          task.verify(back, for: example).isSolved, .invariance,
          "\(show(answer)) answers \(show(moved.question)), but \(show(back)), which is that "
            + "moved back, is refused")
      case .unique, .several, .none, .invalid, .unsupported: break
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
