import Gym

/// Puts a split's puzzles together again: the demonstrations of held-out ones stand in training.
struct PuzzleAssembler {
  private let split: DatasetSplit
  private let names: [String]
  private let training: DatasetSplit?
  /// For a held-out split: the training puzzle with each identifier's demonstrations.
  private var demonstrations: [Int32: Int] = [:]
  /// For training: the identifiers of held-out puzzles.
  private var heldOut: Set<Int32> = []

  /// - Parameter names: what to call each puzzle identifier.
  init(_ data: DatasetFolder, _ split: DatasetSplit, names: [String]) {
    (self.split, self.names) = (split, names)
    training = data.splits.first { $0.name == "train" }
    if split.name == "train" {
      for held in data.splits where held.name != split.name {
        for puzzle in 0..<held.puzzles.count { heldOut.insert(held.identifier(ofPuzzle: puzzle)) }
      }
    } else if let training {
      for puzzle in 0..<training.puzzles.count {
        demonstrations[training.identifier(ofPuzzle: puzzle)] = puzzle
      }
    }
    heldOut.remove(0)
    demonstrations[0] = nil
  }

  /// A puzzle; nil for the demonstrations of a held-out one.
  ///
  /// Where a folder does not say how many of a training puzzle's examples are demonstrations, all
  /// but the last are.
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
      let all = training.puzzles[shown]
      puzzle.demonstrations = try all.prefix(
        training.demonstrationCount(ofPuzzle: shown) ?? all.count
      ).map(training.example)
    }
    puzzle.examples = try examples.dropFirst(own).map(split.example)
    return puzzle
  }
}
