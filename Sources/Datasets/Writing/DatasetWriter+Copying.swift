import Gym
import JSON

extension DatasetWriter {
  /// Appends a split of another dataset, or some of its groups, to the split of that name here.
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

  /// Does the writing, which returns the dataset's origin, and completes the dataset; if that
  /// fails, removes what was written.
  func completing(_ write: () throws -> JSON) throws -> DatasetManifest {
    do {
      return try finish(origin: try write())
    } catch {
      try discard()
      throw error
    }
  }
}
