import Foundation
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

extension DatasetSplit {
  /// The SHA-256 of the arrays' values, equal for equal arrays however they are stored; see
  /// `ContentHash`. Reads the whole split.
  ///
  /// - Throws: a `GymError` for a value that is not a token.
  public func contentHash() throws -> String {
    var (inputs, labels) = (try SHA256(), try SHA256())
    let rows = max(1, (1 << 18) / cells)
    for start in stride(from: 0, to: count, by: rows) {
      let batch = try batch(start..<min(count, start + rows))
      inputs.update(batch.questions.questions)
      labels.update(batch.labels)
    }
    func part(_ count: Int, _ value: (Int) -> Int32) throws -> ContentHash.Part {
      var hasher = try SHA256()
      for start in stride(from: 0, to: count, by: 1 << 16) {
        let values = (start..<min(count, start + 1 << 16)).map(value)
        values.withUnsafeBytes { hasher.update($0) }
      }
      return ContentHash.Part(element: .int32, shape: [count], digest: hasher.finalize())
    }
    func ends(_ index: DatasetIndex) throws -> ContentHash.Part {
      try part(index.count + 1) { $0 == 0 ? 0 : Int32(index[$0 - 1].upperBound) }
    }
    return try ContentHash.text([
      ContentHash.Part(element: .uint8, shape: [count, cells], digest: inputs.finalize()),
      ContentHash.Part(element: .uint8, shape: [count, cells], digest: labels.finalize()),
      part(puzzles.count, identifier(ofPuzzle:)), ends(puzzles), ends(groups),
    ])
  }
}
