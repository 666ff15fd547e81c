import Foundation
import Gym

/// One split of a dataset: its examples in order, mapped into memory.
///
/// Examples belong to puzzles, and puzzles to groups: a group is an original puzzle with its
/// augmentations; a puzzle has one example, or several if it has an identity (ARC). Opening a split
/// checks the arrays' sizes and structure; tokens are checked whenever they are read.
public struct DatasetSplit: Sendable {
  /// The name, such as `train` or `test`.
  public let name: String
  /// The folder with the arrays.
  public let url: URL
  /// The cells of a question and of an answer.
  public let cells: Int
  /// The number of tokens, padding included.
  public let vocabularyCount: Int
  /// The number of puzzle identifiers of the whole dataset; identifiers are below it.
  public let identifierCount: Int
  /// The examples of each puzzle.
  public let puzzles: DatasetIndex
  /// The puzzles of each group.
  public let groups: DatasetIndex

  /// The mean number of a puzzle's examples, as `dataset.json` states it.
  let statedMean: Double

  /// The arrays, in sets that follow each other; usually one.
  private let sets: [SplitSet]
  /// The first example and the first puzzle of each set.
  private let starts: [(example: Int, puzzle: Int)]

  /// Opens a split's folder.
  ///
  /// - Parameter sourceNames: the names that `all__sources.npy` refers to; nil to skip the file.
  /// - Throws: a `GymError` or `JSONError` that names the file.
  public init(_ url: URL, sourceNames: [String]? = nil) throws {
    let place = url.appendingPathComponent("dataset.json")
    let header = try SplitHeader(contentsOf: place)
    self.url = url
    name = url.lastPathComponent
    (cells, vocabularyCount) = (header.cells, header.vocabularyCount)
    (identifierCount, statedMean) = (header.identifierCount, header.meanPuzzleExamples)
    sets = try header.sets.map {
      try SplitSet($0, in: url, header, sourceNames: sourceNames)
    }
    puzzles = try .joining(sets.map(\.puzzles), at: url)
    groups = try .joining(sets.map(\.groups), at: url)
    // With several sets, some programs state the groups of one.
    let stated = [groups.count] + (sets.count > 1 ? [sets[0].groups.count] : [])
    guard stated.contains(header.groupCount) else {
      throw GymError(
        "there are \(groups.count) groups", at: place.path,
        expected: "\(header.groupCount), as total_groups says")
    }
    var start = (example: 0, puzzle: 0)
    starts = sets.map { set in
      defer { start = (start.example + set.puzzles.itemCount, start.puzzle + set.puzzles.count) }
      return start
    }
  }

  /// The set of an example, and its number there.
  private func place(ofExample index: Int) -> (set: SplitSet, index: Int) {
    let number = sets.count == 1 ? 0 : starts.lastIndex { $0.example <= index } ?? 0
    return (sets[number], index - starts[number].example)
  }

  /// The set of a puzzle, and its number there.
  private func place(ofPuzzle puzzle: Int) -> (set: SplitSet, index: Int) {
    let number = sets.count == 1 ? 0 : starts.lastIndex { $0.puzzle <= puzzle } ?? 0
    return (sets[number], puzzle - starts[number].puzzle)
  }

  /// The number of examples.
  public var count: Int { puzzles.itemCount }

  /// The identifier of an example's puzzle; 0 if puzzles have no identity of their own.
  public func identifier(ofExample index: Int) -> Int32 {
    identifier(ofPuzzle: puzzles.owner(of: index))
  }

  /// The identifier of a puzzle.
  public func identifier(ofPuzzle puzzle: Int) -> Int32 {
    let place = place(ofPuzzle: puzzle)
    return place.set.identifiers[place.index]
  }

  /// The groups whose puzzles have questions of their own, and not the demonstrations of a held-out
  /// puzzle alone.
  ///
  /// - Throws: a `GymError` if there is none.
  public func groupsWithQuestions() throws -> [Int] {
    let chosen = (0..<groups.count).filter { group in
      groups[group].contains { demonstrationCount(ofPuzzle: $0) ?? 0 < puzzles[$0].count }
    }
    guard !chosen.isEmpty else {
      throw GymError(
        "there are only demonstrations of held-out puzzles", at: url.path,
        expected: "puzzles with questions to learn from")
    }
    return chosen
  }

  /// The number of a puzzle's examples, from its first, that are demonstrations, which belong to
  /// the question; nil if the folder does not say.
  ///
  /// - Precondition: the puzzle exists.
  public func demonstrationCount(ofPuzzle puzzle: Int) -> Int? {
    let place = place(ofPuzzle: puzzle)
    return place.set.demonstrations?[place.index]
  }

  /// An example's rating; nil if unknown.
  ///
  /// - Precondition: the example exists.
  public func rating(_ index: Int) -> Double? {
    let place = place(ofExample: index)
    guard let rating = place.set.ratings?.float(place.index), rating.isFinite else { return nil }
    return Double(rating)
  }

  /// The name of an example's source; empty if unknown.
  ///
  /// - Precondition: the example exists.
  public func source(_ index: Int) -> String {
    let place = place(ofExample: index)
    return place.set.sources?[place.index] ?? ""
  }

  /// Copies an example's question and label, `cells` bytes each.
  ///
  /// - Precondition: the example exists and both targets are large enough.
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token.
  public func copyExample(
    _ index: Int, question: UnsafeMutableBufferPointer<UInt8>,
    label: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    let place = place(ofExample: index)
    try place.set.questions.copy(row: place.index, to: question)
    try place.set.labels.copy(row: place.index, to: label)
  }

  /// An example's question.
  public func question(_ index: Int) throws -> [UInt8] {
    let place = place(ofExample: index)
    return try [UInt8](unsafeUninitializedCapacity: cells) { buffer, count in
      try place.set.questions.copy(row: place.index, to: buffer)
      count = cells
    }
  }

  /// An example's label: the answer's tokens, padding for cells that are not asked.
  public func label(_ index: Int) throws -> [UInt8] {
    let place = place(ofExample: index)
    return try [UInt8](unsafeUninitializedCapacity: cells) { buffer, count in
      try place.set.labels.copy(row: place.index, to: buffer)
      count = cells
    }
  }

  /// An example with its rating and source.
  public func example(_ index: Int) throws -> Example {
    Example(
      question: try question(index), answer: try label(index), rating: rating(index),
      source: source(index))
  }
}

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

extension DatasetSplit {
  /// The puzzle that an example belongs to, and the example's position among the puzzle's
  /// questions, from 0; nil for a demonstration.
  ///
  /// - Precondition: the example exists.
  public func questionPlace(of index: Int) -> (puzzle: Int, position: Int)? {
    let puzzle = puzzles.owner(of: index)
    let shown = demonstrationCount(ofPuzzle: puzzle) ?? 0
    let position = index - puzzles[puzzle].lowerBound - shown
    return position < 0 ? nil : (puzzle, position)
  }
}

extension DatasetSplit {
  /// Checks that the right answer to each example is known.
  ///
  /// - Throws: a `GymError` if some are not, or a label cannot be read.
  public func checkAnswersAreKnown(_ task: any Task) throws {
    for index in 0..<count {
      guard try task.hasUnknownAnswer(example(index)) else { continue }
      throw GymError(
        "the right answer to example \(index) is not known", at: url.path,
        expected: "puzzles with answers, to be scored",
        remedy: "`evaluate --submission` writes the answers to such puzzles.")
    }
  }
}

extension DatasetSplit {
  /// The beginning of a sentence about the examples that belong to augmentations, not to the
  /// original puzzle of a group; nil if there are none.
  public var variantNote: String? {
    let variants = (0..<groups.count).reduce(count) {
      $0 - puzzles[groups[$1].lowerBound].count
    }
    return variants > 0 ? "\(variants) of the \(count) puzzles are variants of others" : nil
  }

  /// The puzzles of some groups with their examples, for writing to another dataset.
  func exampleBatch(groups range: Range<Int>, identifiers: [String]) throws -> ExampleBatch {
    var batch = ExampleBatch()
    for group in range {
      for puzzle in groups[group] {
        let number = Int(identifier(ofPuzzle: puzzle))
        let examples = puzzles[puzzle]
        batch.append(
          try examples.map(example),
          demonstrations: min(demonstrationCount(ofPuzzle: puzzle) ?? 0, examples.count),
          name: number == 0 ? nil : identifiers[number])
      }
      batch.endGroup()
    }
    return batch
  }

  /// Runs of groups with about a thousand examples each, or a single group that has more.
  var groupRuns: [Range<Int>] { runs(of: 0..<groups.count) }

  /// The runs of some groups.
  func runs(of range: Range<Int>) -> [Range<Int>] {
    var (runs, start) = ([Range<Int>](), range.lowerBound)
    for group in range {
      let first = puzzles[groups[start].lowerBound].lowerBound
      if puzzles[groups[group].upperBound - 1].upperBound - first >= 1000 {
        runs.append(start..<group + 1)
        start = group + 1
      }
    }
    if start < range.upperBound { runs.append(start..<range.upperBound) }
    return runs
  }
}
