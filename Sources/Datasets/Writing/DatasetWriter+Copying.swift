import Gym
import JSON

extension DatasetWriter {
  /// Appends a split of another dataset, or some of its groups, to the split of the same name.
  func copy(
    _ split: DatasetSplit, groups: Range<Int>? = nil, identifiers: [String],
    _ progress: inout WorkProgress, _ control: WorkControl
  ) throws {
    for run in split.runs(of: groups ?? 0..<split.groups.count) {
      try control.cancellation.check()
      let batch = try split.exampleBatch(groups: run, identifiers: identifiers)
      try append(batch, to: split.name)
      progress.puzzles += run.count
      progress.examples += batch.count
      control.report(progress)
    }
  }

  /// Runs `write`, which returns the dataset's origin, and completes the dataset; removes it if
  /// that fails.
  func completing(_ write: () throws -> JSON) throws -> DatasetManifest {
    do {
      return try finish(origin: try write())
    } catch {
      try discard()
      throw error
    }
  }
}
