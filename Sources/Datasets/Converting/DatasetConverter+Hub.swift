import Foundation
import Gym
import JSON

extension DatasetConverter {
  /// Writes all splits as a folder for the Hugging Face hub, which `datasets.load_dataset(folder)`
  /// reads as it is.
  ///
  /// - Parameters:
  ///   - license: the licence in the card, such as `cc0-1.0`.
  ///   - onlyOriginals: whether to leave out each group's augmentations.
  /// - Returns: the number of rows written.
  public func writeHub(
    to url: URL, license: String = "unknown", onlyOriginals: Bool = false, replaces: Bool = false,
    control: WorkControl
  ) throws -> Int {
    let writer = try HubFolderWriter(task, to: url, replaces: replaces)
    var progress = WorkProgress()
    try writer.completing {
      for split in data.splits {
        let assembler = PuzzleAssembler(data, split, names: try names(), task: task)
        var names = SplitNames(assembler, of: task, at: split.url.path)
        try writer.begin(split.name)
        for group in 0..<split.groups.count {
          try control.cancellation.check()
          for number in split.groups[group].prefix(onlyOriginals ? 1 : .max) {
            guard let puzzle = try names.puzzle(number) else { continue }
            try writer.write(puzzle, group: group)
            progress.puzzles += 1
            progress.examples += puzzle.demonstrations.count + puzzle.examples.count
          }
          control.report(progress)
        }
      }
      return HubCard(
        task: task, name: url.lastPathComponent, license: license,
        origin: data.manifest?.origin
          ?? ["how": "convert", "name": .string(data.url.lastPathComponent)],
        sizes: writer.sizes,
        hashes: Dictionary(
          (data.manifest?.splits ?? []).map { ($0.name, $0.contentHash) },
          uniquingKeysWith: { first, _ in first })
      ).text
    }
    return progress.examples
  }
}

/// A folder for the Hugging Face hub, as `writeHub` makes them, to build a dataset of.
public struct HubFolder: Sendable {
  /// The files of each split, in order.
  public let files: [(split: String, url: URL)]

  /// Lists a folder's files.
  ///
  /// - Throws: a `GymError` if it has none.
  public init(_ folder: URL) throws {
    let manager = FileManager.default
    func entries(_ url: URL) -> [String] {
      ((try? manager.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
    }
    let data = folder.appendingPathComponent("data")
    files = entries(data).flatMap { split in
      entries(data.appendingPathComponent(split)).filter { $0.hasSuffix(".jsonl") }.map {
        (split, data.appendingPathComponent("\(split)/\($0)"))
      }
    }
    guard !files.isEmpty else {
      throw GymError(
        "there are no files data/SPLIT/….jsonl", at: folder.path,
        expected: "a folder of `dataset convert --to hub`",
        remedy: "Name other files by --train and --test")
    }
  }
}
