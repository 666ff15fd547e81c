import Foundation
import Gym
import GymJSON

/// Writes a folder that `datasets.load_dataset(folder)` of the Hugging Face hub reads as it is:
/// JSON lines in `data/SPLIT/00000.jsonl` and so on, and a card in `README.md`.
final class HubFolderWriter {
  /// The most rows of a file.
  static let rowsPerFile = 100_000

  private let task: any Task
  private let folder: AtomicDirectory
  private var file: AtomicFile?
  private var split = ""
  /// The rows and bytes of each split so far, in order.
  private(set) var sizes: [(split: String, rows: Int, bytes: Int)] = []

  init(_ task: any Task, to url: URL, replaces: Bool) throws {
    self.task = task
    folder = try AtomicDirectory(for: url, replaces: replaces, of: .hub)
  }

  /// Runs `write`, adds the card that it returns, and moves the folder into place; removes it if
  /// that fails.
  func completing(_ write: () throws -> String) throws {
    do {
      let card = try write()
      try file?.finish()
      file = nil
      let readme = try AtomicFile(
        for: folder.url.appendingPathComponent(HubCard.fileName), replaces: false)
      try readme.write(card)
      try readme.finish()
      try folder.finish()
    } catch {
      try file?.discard()
      try folder.discard()
      throw error
    }
  }

  /// Begins a split.
  func begin(_ split: String) throws {
    try file?.finish()
    file = nil
    self.split = split
    sizes.append((split, 0, 0))
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("data/\(split)"), withIntermediateDirectories: true)
  }

  /// Writes a puzzle's examples as rows, its demonstrations first.
  func write(_ puzzle: Puzzle, group: Int) throws {
    for example in puzzle.demonstrations {
      try write(example, of: puzzle, group: group, isDemonstration: true)
    }
    for example in puzzle.examples {
      try write(example, of: puzzle, group: group, isDemonstration: false)
    }
  }

  private func write(
    _ example: Example, of puzzle: Puzzle, group: Int, isDemonstration: Bool
  ) throws {
    func list(_ tokens: [UInt8]) -> JSON { .array(tokens.map { JSON($0) }) }
    // An answer that nobody knows is left out, as it was.
    let isKnown = example.answer.contains { $0 != Vocabulary.padding }
    let row: JSON = [
      "question": .string(task.vocabulary.text(example.question)),
      "answer": .string(isKnown ? task.vocabulary.text(example.answer) : ""),
      "rating": example.rating.map { .number($0) } ?? .null, "source": .string(example.source),
      "puzzle": .string(puzzle.name ?? ""), "demonstration": .bool(isDemonstration),
      "group": JSON(group), "question_tokens": list(example.question),
      "answer_tokens": isKnown ? list(example.answer) : [],
    ]
    let bytes = try row.bytes()
    let last = sizes.count - 1
    if sizes[last].rows % Self.rowsPerFile == 0 {
      try file?.finish()
      let name = String("0000\(sizes[last].rows / Self.rowsPerFile)".suffix(5))
      file = try AtomicFile(
        for: folder.url.appendingPathComponent("data/\(split)/\(name).jsonl"), replaces: false)
    }
    try file?.write(String(decoding: bytes, as: UTF8.self) + "\n")
    sizes[last].rows += 1
    sizes[last].bytes += bytes.count + 1
  }
}

extension DatasetConverter {
  /// Writes all splits as a folder for the Hugging Face hub, which `datasets.load_dataset(folder)`
  /// reads as it is.
  ///
  /// - Parameters:
  ///   - license: the license in the card, such as `cc0-1.0`.
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
        if !onlyOriginals { noteVariants(of: split) }
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

  /// A remark for the user about variants, without its full stop: a dataset that is built of rows
  /// does not keep their groups. Nil if the first rows of each file show none.
  public var variantNote: String? {
    for file in files {
      // Whoever builds of the rows tells what is wrong with them.
      guard let lines = try? JSONLinesReader(contentsOf: file.url) else { continue }
      var last: JSON?
      while lines.line < 1000, let row = try? lines.next() {
        // Rows of one puzzle share its name.
        let isOther = row["puzzle"]?.string ?? "" == "" || row["puzzle"] != last?["puzzle"]
        if isOther, let group = row["group"]?.integer, group == last?["group"]?.integer {
          return "\(file.split) has variants of puzzles, and each becomes a puzzle of its own: "
            + "`dataset convert --to hub --originals` leaves them out, and --augment makes others"
        }
        last = row
      }
    }
    return nil
  }
}
