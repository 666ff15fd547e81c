import Gym

extension DatasetSplit {
  /// The puzzles of some groups with their examples, for another dataset.
  func exampleBatch(groups range: Range<Int>, identifiers: [String]) throws -> ExampleBatch {
    var batch = ExampleBatch()
    for group in range {
      batch.append(
        group: try groups[group].map { puzzle in
          let number = Int(identifier(ofPuzzle: puzzle))
          return Puzzle(
            name: number == 0 ? nil : identifiers[number],
            examples: try puzzles[puzzle].map(example))
        }, .examples)
    }
    return batch
  }

  /// Runs of groups with about a thousand examples each, or one group where it has more.
  var groupRuns: [Range<Int>] {
    var (runs, start) = ([Range<Int>](), 0)
    for group in 0..<groups.count {
      let first = puzzles[groups[start].lowerBound].lowerBound
      if puzzles[groups[group].upperBound - 1].upperBound - first >= 1000 {
        runs.append(start..<group + 1)
        start = group + 1
      }
    }
    if start < groups.count { runs.append(start..<groups.count) }
    return runs
  }
}
