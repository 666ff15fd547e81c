import Gym

extension DatasetSplit {
  /// Examples side by side with their labels, in the given order; examples may be repeated.
  ///
  /// - Precondition: the examples exist.
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token.
  public func batch(_ examples: some Collection<Int>) throws -> TrainingBatch {
    let size = examples.count * cells
    var labels: [UInt8] = []
    let questions = try [UInt8](unsafeUninitializedCapacity: size) { questions, questionCount in
      labels = try [UInt8](unsafeUninitializedCapacity: size) { labels, labelCount in
        for (row, example) in examples.enumerated() {
          let place = row * cells..<(row + 1) * cells
          try copyExample(
            example, question: UnsafeMutableBufferPointer(rebasing: questions[place]),
            label: UnsafeMutableBufferPointer(rebasing: labels[place]))
        }
        labelCount = size
      }
      questionCount = size
    }
    return TrainingBatch(
      questions: QuestionBatch(
        cells: cells, questions: questions, identifiers: examples.map(identifier(ofExample:))),
      labels: labels)
  }

  /// Reads every token once, so that an invalid one is found before work begins.
  ///
  /// - Throws: a `GymError` that names file, row and cell of the first value that is not a token.
  public func checkTokens() throws {
    var scratch = [UInt8](repeating: 0, count: 2 * cells)
    try scratch.withUnsafeMutableBufferPointer { scratch in
      for index in 0..<count {
        try copyExample(
          index, question: UnsafeMutableBufferPointer(rebasing: scratch[..<cells]),
          label: UnsafeMutableBufferPointer(rebasing: scratch[cells...]))
      }
    }
  }
}
