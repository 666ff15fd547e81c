import Gym

extension DatasetSplit {
  /// Checks that a split of the same dataset has the same cells and tokens.
  func checkAgreement(with other: DatasetSplit) throws {
    func facts(_ split: DatasetSplit) -> [Int] {
      [split.cells, split.vocabularyCount, split.identifierCount]
    }
    guard facts(self) == facts(other) else {
      throw GymError(
        "seq_len, vocab_size and num_puzzle_identifiers are \(facts(self))",
        at: url.appendingPathComponent("dataset.json").path,
        expected: "\(facts(other)), as in \(other.name)/dataset.json")
    }
  }

  /// Checks that the manifest describes these arrays.
  func checkAgreement(with manifest: DatasetManifest) throws {
    guard let stated = manifest.split(name) else {
      throw GymError("the manifest says nothing of the split \(name)", at: url.path)
    }
    let facts = [
      ("cells", cells, manifest.subject.grid.cells),
      ("tokens", vocabularyCount, manifest.subject.vocabulary.count),
      ("examples", count, stated.examples),
      ("puzzles", puzzles.count, stated.puzzles),
      ("groups", groups.count, stated.groups),
    ]
    for (name, found, expected) in facts where found != expected {
      throw GymError(
        "there are \(found) \(name)", at: url.path,
        expected: "\(expected), as \(DatasetManifest.fileName) says")
    }
  }
}
