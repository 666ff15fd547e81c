import Foundation
import Gym
import JSON

/// Turns datasets into other forms: a folder of this gym's, CSV or JSON lines.
public struct DatasetConverter: Sendable {
  private let data: DatasetFolder
  private let task: any Task

  /// - Throws: a `GymError` where the dataset's cells or tokens are not the task's.
  public init(_ data: DatasetFolder, task: any Task) throws {
    try data.checkFits(task)
    (self.data, self.task) = (data, task)
  }

  /// Writes the same arrays as a folder with a manifest.
  public func writeFolder(
    to url: URL, replaces: Bool = false, control: WorkControl
  ) throws -> DatasetManifest {
    let origin: JSON =
      data.manifest?.origin ?? ["how": "convert", "name": .string(data.url.lastPathComponent)]
    let writer = try DatasetWriter(
      to: url, subject: DatasetSubject(task), splits: data.splits.map(\.name),
      replaces: replaces, identifiers: data.identifierNames)
    return try writer.completing {
      var progress = WorkProgress()
      for split in data.splits {
        try writer.copy(split, identifiers: data.identifierNames, &progress, control)
      }
      return origin
    }
  }

  /// Writes a split as a text file.
  ///
  /// - Parameters:
  ///   - format: `.csv` or `.jsonLines`.
  ///   - onlyOriginals: whether to leave out each group's augmentations.
  /// - Returns: the number of examples written.
  public func writeFile(
    _ split: DatasetSplit, to url: URL, as format: SourceFormat, onlyOriginals: Bool = false,
    replaces: Bool = false, control: WorkControl
  ) throws -> Int {
    let writer = try PuzzleTextWriter(
      task.vocabulary, to: url, as: format, replaces: replaces)
    return try writer.completing {
      var progress = WorkProgress()
      for group in 0..<split.groups.count {
        try control.cancellation.check()
        for puzzle in split.groups[group].prefix(onlyOriginals ? 1 : .max) {
          let identifier = Int(split.identifier(ofPuzzle: puzzle))
          for index in split.puzzles[puzzle] {
            try writer.write(
              split.example(index), name: identifier == 0 ? nil : data.identifierNames[identifier])
            progress.examples += 1
          }
        }
        progress.puzzles += 1
        control.report(progress)
      }
    }
  }

  /// Writes the puzzles of a file as a file of another form.
  ///
  /// - Returns: the number of examples written.
  public static func writeFile(
    from source: PuzzleSource, of task: some Task, to url: URL, as format: SourceFormat,
    replaces: Bool = false, control: WorkControl
  ) throws -> Int {
    let writer = try PuzzleTextWriter(task.vocabulary, to: url, as: format, replaces: replaces)
    return try writer.completing {
      var progress = WorkProgress()
      try task.readPuzzles(from: source) { puzzle in
        try control.cancellation.check()
        for example in puzzle.demonstrations + puzzle.examples {
          try writer.write(example, name: puzzle.name)
          progress.examples += 1
        }
        progress.puzzles += 1
        control.report(progress)
      }
    }
  }
}
