import Gym
import Randomness

extension TaskInspection {
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
