import Gym
import Randomness

extension TaskInspection {
  /// Whether the vocabulary can be relied on.
  func inspectVocabulary() -> Bool {
    let vocabulary = task.vocabulary
    let before = log.report.count
    if let bad = vocabulary.characters.firstIndex(where: \.isNewline) {
      log.fail(.vocabulary, "token \(bad) is a line break, which ends a puzzle in text files")
    }
    if let bad = vocabulary.characters.firstIndex(where: { $0.unicodeScalars.count > 1 }) {
      log.fail(.vocabulary, "token \(bad) is \"\(vocabulary.characters[bad])\", several scalars")
    }
    let all = (0..<vocabulary.count).map { UInt8($0) }
    // Reversed too, since neighboring characters may combine into one.
    for tokens in [all, all.reversed()] {
      let text = vocabulary.text(tokens)
      let read = log.making(.vocabulary) { try vocabulary.tokens(text) }
      if let read, read != tokens {
        log.fail(.vocabulary, "tokens \(tokens) are written \"\(text)\" and read as \(read)")
      }
    }
    return log.report.count == before
  }

  /// Generates the examples that all other checks use.
  mutating func inspectGeneration() {
    for index in 0..<effort.examples {
      guard let example = generate("train", index), let again = generate("train", index) else {
        return
      }
      log.expect(
        example == again, .determinism,
        "stream \(index) gives \(show(example.question)) and then \(show(again.question))")
      if inspect(example) { examples.append(example) }
    }
    inspectIndependence()
  }

  private func inspectIndependence() {
    let unseen = (0..<examples.count).compactMap { generate("test", $0)?.question }
    let questions = Set(examples.map(\.question))
    // Small boards may repeat by chance, but not in more than half of the cases.
    log.expect(
      2 * questions.count > examples.count, .independence,
      "\(examples.count) streams give \(questions.count) different questions")
    let shared = unseen.filter(questions.contains).count
    log.expect(
      2 * shared <= unseen.count, .independence,
      "\(shared) of \(unseen.count) questions of one split stand in another")
  }

  private func generate(_ split: String, _ index: Int) -> Example? {
    log.making(.generation) {
      var random = stream(split, index)
      return try task.generate(GenerationRequest(), using: &random)
    }
  }

  /// Whether an example fits the grid and the vocabulary.
  private func inspect(_ example: Example) -> Bool {
    for (name, tokens) in [("question", example.question), ("answer", example.answer)] {
      if let (check, found) = problem(with: tokens) {
        log.fail(check, "a \(name) has \(found)")
        return false
      }
    }
    return true
  }
}
