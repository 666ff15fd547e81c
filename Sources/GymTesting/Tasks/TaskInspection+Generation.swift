import Gym
import GymRandomness

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
    if !examples.isEmpty { inspectIndependence() }
  }

  /// Whole puzzles, of which datasets are made, are the same for the same stream, and their
  /// demonstrations are right as well.
  func inspectPuzzles() throws {
    guard let maker = task as? any DemonstratedTask else { return }
    for index in examples.indices {
      var random = stream("puzzle", index)
      var again = random
      let made = log.making(.generation) {
        let puzzle = try maker.generatePuzzle(GenerationRequest(), using: &random)
        let second = try maker.generatePuzzle(GenerationRequest(), using: &again)
        return (puzzle, second)
      }
      guard let (puzzle, second) = made else { return }
      log.expect(
        puzzle == second, .determinism, "stream \(index) gives two puzzles with demonstrations")
      for example in puzzle.demonstrations + puzzle.examples where inspect(example) {
        let verdict = try task.verify(example.answer, for: example)
        log.expect(
          verdict.isSolved, .acceptance,
          "\(show(example.answer)) for \(show(example.question)), of a puzzle with "
            + "demonstrations: \(verdict.problem ?? "")")
      }
    }
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
    let asked = askedCells(example)
    guard Set(asked).count == asked.count, asked.allSatisfy(example.answer.indices.contains) else {
      log.fail(
        .unaskedCells, "\(asked.prefix(9)) are not distinct cells of \(example.answer.count)")
      return false
    }
    return true
  }
}

extension TaskInspection {
  /// Ratings are finite, and the generator gives those of the question.
  func inspectRatings() {
    for example in examples {
      let own = task.rating(of: example.question)
      for rating in [own, example.rating].compactMap({ $0 }) {
        log.expect(rating.isFinite, .ratings, "\(show(example.question)) is rated \(rating)")
      }
      if let own, let stated = example.rating {
        log.expect(
          own == stated, .ratings,
          "\(show(example.question)) is generated with rating \(stated), but rated \(own)")
      }
    }
  }

  /// Each level can be generated, and levels rise.
  func inspectLevels() {
    let levels = task.levels
    log.expect(
      Set(levels.map(\.name)).count == levels.count && !levels.contains { $0.name.isEmpty },
      .levels, "the levels are named \(levels.map(\.name))")
    for (easier, harder) in zip(levels, levels.dropFirst()) {
      log.expect(
        easier.rating.upperBound <= harder.rating.lowerBound, .levels,
        "\(easier.name) (\(easier.rating)) and \(harder.name) (\(harder.rating)) overlap or fall")
    }
    let means = levels.compactMap { inspect($0).map { ($0, $1) } }
    for (easier, harder) in zip(means, means.dropFirst()) {
      log.expect(
        easier.0 < harder.0, .levels,
        "\(easier.1) is rated \(easier.0) on average, \(harder.1) \(harder.0)")
    }
    if examples.contains(where: { rating(of: $0) != nil }) { inspectImpossibleRating() }
  }

  /// The mean rating of examples of a level, with its name; nil if none can be made.
  private func inspect(_ level: DifficultyLevel) -> (Double, String)? {
    var ratings: [Double] = []
    var problem: (any Error)?
    for index in 0..<effort.examplesPerLevel {
      do {
        var random = stream("level " + level.name, index)
        let example = try task.generate(GenerationRequest(rating: level.rating), using: &random)
        guard let rating = rating(of: example) else {
          log.fail(.levels, "there are levels, but \(show(example.question)) has no rating")
          return nil
        }
        log.expect(
          level.rating.contains(rating), .levels,
          "asked for \(level.name) (\(level.rating)), it gives one rated \(rating)")
        ratings.append(rating)
      } catch {
        problem = error
        if !(error is GymError) { log.fail(.levels, "\(level.name) throws \(type(of: error))") }
      }
    }
    guard !ratings.isEmpty else {
      log.fail(.levels, "no \(level.name) can be made: \(problem.map { "\($0)" } ?? "")")
      return nil
    }
    return (ratings.reduce(0, +) / Double(ratings.count), level.name)
  }

  /// A rating that no puzzle has is rejected.
  private func inspectImpossibleRating() {
    let wanted = -2e9 ... -1e9
    do {
      var random = stream("impossible rating")
      let example = try task.generate(GenerationRequest(rating: wanted), using: &random)
      log.expect(
        rating(of: example).map(wanted.contains) == true, .levels,
        "asked for a rating in \(wanted), it gives one rated \(rating(of: example) ?? .nan)")
    } catch {
      log.expect(
        error is GymError, .levels, "a rating that cannot be met throws \(type(of: error))")
    }
  }

  func rating(of example: Example) -> Double? {
    task.rating(of: example.question) ?? example.rating
  }
}
