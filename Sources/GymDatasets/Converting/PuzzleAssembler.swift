import Gym

/// Reassembles a split's puzzles; the demonstrations of held-out ones are in training.
struct PuzzleAssembler {
  private let split: DatasetSplit
  private let names: [String]
  private let training: DatasetSplit?
  private let task: any Task
  /// For a held-out split: the training puzzles with each identifier's demonstrations.
  private var demonstrations: [Int32: [Int]] = [:]
  /// For training: the identifiers of held-out puzzles.
  private var heldOut: Set<Int32> = []

  /// - Parameter names: the name of each puzzle identifier.
  init(_ data: Dataset, _ split: DatasetSplit, names: [String], task: any Task) {
    (self.split, self.names, self.task) = (split, names, task)
    training = data.splits.first { $0.name == "train" }
    if split.name == "train" {
      for held in data.splits where held.name != split.name {
        for puzzle in 0..<held.puzzles.count { heldOut.insert(held.identifier(ofPuzzle: puzzle)) }
      }
    } else if let training {
      for puzzle in 0..<training.puzzles.count {
        demonstrations[training.identifier(ofPuzzle: puzzle), default: []].append(puzzle)
      }
    }
    heldOut.remove(0)
    demonstrations[0] = nil
  }

  /// A puzzle; nil for the demonstrations of a held-out one.
  ///
  /// If a folder does not say how many of a training puzzle's examples are demonstrations, all
  /// except the last are.
  func puzzle(_ index: Int) throws -> Puzzle? {
    let identifier = split.identifier(ofPuzzle: index)
    let examples = split.puzzles[index]
    var puzzle = Puzzle(name: identifier == 0 ? nil : names[Int(identifier)], examples: [])
    var own = 0
    if split.name == "train" {
      let guess = identifier == 0 ? 0 : examples.count - 1
      own =
        split.demonstrationCount(ofPuzzle: index)
        ?? (heldOut.contains(identifier) ? examples.count : guess)
      guard own < examples.count else { return nil }
      puzzle.demonstrations = try examples.prefix(own).map(split.example)
    } else if let training, let shown = demonstrations[identifier] {
      puzzle.demonstrations = try self.shown(shown, in: training, of: puzzle.name ?? "")
    }
    puzzle.examples = try examples.dropFirst(own).map(split.example)
    return puzzle
  }

  /// The demonstrations of a puzzle from the training split, which may contain them twice.
  ///
  /// - Throws: a `GymError` if there are different ones, since nothing says which are its own.
  private func shown(
    _ puzzles: [Int], in training: DatasetSplit, of name: String
  ) throws -> [Example] {
    let candidates = try puzzles.map { puzzle in
      let all = training.puzzles[puzzle]
      return try all.prefix(training.demonstrationCount(ofPuzzle: puzzle) ?? all.count)
        .map(training.example)
    }
    guard var fewest = candidates.first else { return [] }
    for (number, candidate) in zip(puzzles, candidates).dropFirst() {
      guard try PuzzleContent.agree(fewest, candidate, of: task) else {
        throw GymError(
          "two different puzzles are called \(String(reflecting: name)), training puzzles "
            + "\(puzzles[0]) and \(number), and nothing says whose demonstrations are its own",
          at: training.url.path, expected: "an identifier for each puzzle",
          remedy: "Build the dataset anew from its files: `dataset build` keeps them apart.")
      }
      if candidate.count < fewest.count { fewest = candidate }
    }
    return fewest
  }
}

/// The content of a puzzle regardless of the positions of its grids on the canvas: equal for equal
/// puzzles.
struct PuzzleContent: Hashable {
  private let demonstrations: [Fingerprint]
  private let examples: [Fingerprint]

  init(_ puzzle: Puzzle, of task: (any Task)?) throws {
    demonstrations = try puzzle.demonstrations.map { try Self.fingerprint($0, of: task) }
    examples = try puzzle.examples.map { try Self.fingerprint($0, of: task) }
  }

  /// Whether one puzzle's demonstrations begin with all those of the other.
  static func agree(_ a: [Example], _ b: [Example], of task: any Task) throws -> Bool {
    try zip(a, b).allSatisfy {
      try fingerprint($0, of: task) == fingerprint($1, of: task)
    }
  }

  /// The fingerprint of an example, with question and answer moved to the canvas's origin.
  static func fingerprint(_ example: Example, of task: (any Task)?) throws -> Fingerprint {
    let parts = [example.question, example.answer].map { tokens -> [UInt8] in
      guard let task, tokens.count == task.grid.cells else { return tokens }
      return task.transform(tokens, by: .identity(for: task))
    }
    return try Fingerprint([UInt8(parts[1].isEmpty ? 0 : 1)] + parts[0] + parts[1])
  }
}
