import Gym

/// Generates ARC tasks from procedural families.
package struct ARCGenerator: Sendable {
  let families: [any ARCFamily.Type]
  let maxSize: Int
  let colors: Int
  let distractors: Int

  /// The parts of a task that are known before its demonstrations are drawn.
  struct Draft {
    let family: any ARCFamily
    let test: ARCPair
    var rating: Double { Double(test.answer.changes(from: test.question)) }
    var source: String { type(of: family).name }
  }

  /// Drawings that do not fit are rare; so are tasks whose demonstrations are all alike.
  private static let maxAttempts = 1_000
  /// How often a task's demonstrations are redrawn before the whole task is.
  private static let maxRounds = 20

  /// A rule and the test pair: everything of the task except its demonstrations.
  ///
  /// - Throws: a `GymError` if none with a rating in the interval was found.
  func draft(_ request: GenerationRequest, using random: inout RandomStream) throws -> Draft {
    for _ in 0..<Self.maxAttempts {
      let family = families[random.below(families.count)].init(
        ARCStyle(maxSize: maxSize, colors: colors, distractors: distractors, using: &random),
        using: &random)
      guard let test = family.draw(using: &random), test.question != test.answer else { continue }
      let draft = Draft(family: family, test: test)
      if request.rating?.contains(draft.rating) ?? true { return draft }
    }
    throw GymError(
      "no task found in \(Self.maxAttempts) drawings"
        + (request.rating.map { " with \($0) changed cells" } ?? ""),
      remedy: "Ask for a wider rating, a larger max-size or fewer distractors.")
  }

  /// A whole task. Its test pair is that of the draft from the same stream.
  func task(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> (task: ARCTask, draft: Draft) {
    for _ in 0..<Self.maxAttempts {
      let draft = try draft(request, using: &random)
      guard let pairs = demonstrations(of: draft, using: &random) else { continue }
      let digits = String(random.next(), radix: 16)
      let name = draft.source + "-" + String(repeating: "0", count: 16 - digits.count) + digits
      let test = ARCTest(draft.test.question, draft.test.answer)
      return (ARCTask(name: name, demonstrations: pairs, tests: [test]), draft)
    }
    throw GymError(
      "no demonstrations found that show a rule", remedy: "Set a larger max-size.")
  }

  private func demonstrations(of draft: Draft, using random: inout RandomStream) -> [ARCPair]? {
    let count = random.integer(in: 3...4)
    for _ in 0..<Self.maxRounds {
      var pairs: [ARCPair] = []
      for _ in 0..<Self.maxAttempts where pairs.count < count {
        guard let pair = draft.family.draw(using: &random),
          pair.question != draft.test.question,
          !pairs.contains(where: { $0.question == pair.question })
        else { continue }
        pairs.append(pair)
      }
      if pairs.count == count, Self.showRule(pairs) { return pairs }
    }
    return nil
  }

  /// Whether the demonstrations rule out that nothing changes, and that the answer is always the
  /// same.
  package static func showRule(_ pairs: [ARCPair]) -> Bool {
    pairs.contains { $0.question != $0.answer }
      && pairs.contains { $0.answer != pairs[0].answer }
  }
}
