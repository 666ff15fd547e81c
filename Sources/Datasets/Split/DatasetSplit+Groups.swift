import Gym

extension DatasetSplit {
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
