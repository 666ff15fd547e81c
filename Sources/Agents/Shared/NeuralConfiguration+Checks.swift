import Gym

extension NeuralConfiguration {
  /// Validates external input before it reaches a kernel.
  func check(_ questions: QuestionBatch) throws {
    guard questions.cells == cells else {
      throw GymError(
        "the questions have \(questions.cells) cells",
        expected: "\(cells), as the model was made for")
    }
    guard areTokens(questions.questions) else {
      throw GymError(
        "a question holds a token outside the vocabulary",
        expected: "tokens below \(vocabularyCount)")
    }
    let known = Int32(puzzleIdentifiers)
    guard questions.identifiers.allSatisfy({ (0..<known).contains($0) }) else {
      throw GymError(
        "a puzzle identifier is unknown to the model", expected: "identifiers below \(known)")
    }
  }

  /// The same for a training batch.
  func check(_ batch: TrainingBatch) throws {
    guard batch.count == batchSize, batch.questions.cells == cells else {
      throw GymError(
        "the batch has \(batch.count) examples of \(batch.questions.cells) cells",
        expected: "\(batchSize) of \(cells)")
    }
    try check(batch.questions)
    guard areTokens(batch.labels) else {
      throw GymError(
        "a label is outside the vocabulary", expected: "tokens below \(vocabularyCount)")
    }
    guard batch.traces.joined().allSatisfy({ $0.count == cells && areTokens($0) }) else {
      throw GymError(
        "a state of a trace does not fit the grid or the vocabulary",
        expected: "\(cells) tokens below \(vocabularyCount)")
    }
  }

  private func areTokens(_ tokens: [UInt8]) -> Bool {
    tokens.allSatisfy { Int($0) < vocabularyCount }
  }
}
