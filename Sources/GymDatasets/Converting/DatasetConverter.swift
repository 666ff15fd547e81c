import Foundation
import Gym
import GymJSON

/// Converts datasets to other forms: a folder in this gym's format, CSV, JSON lines, or files with
/// single puzzles.
public struct DatasetConverter {
  let data: Dataset
  let task: any Task
  /// The form of the variants' names; nil to leave them unchanged.
  public var variantNames: VariantNameForm?
  /// Receives notes about the written files, each a sentence without its full stop.
  public var note: (String) -> Void = { _ in }

  /// - Throws: a `GymError` if the dataset's cells or tokens are not those of the task.
  public init(_ data: Dataset, task: any Task) throws {
    try data.checkFits(task)
    (self.data, self.task) = (data, task)
  }

  /// Writes the same arrays as a folder with a manifest.
  public func writeFolder(
    to url: URL, replaces: Bool = false, control: WorkControl
  ) throws -> DatasetManifest {
    let origin: JSON =
      data.manifest?.origin ?? ["how": "convert", "name": .string(data.url.lastPathComponent)]
    // Numbers are kept, and stay distinct even if two have the same name.
    let keys = (0..<data.identifierCount).map { "\($0)" }
    let writer = try DatasetWriter(
      to: url, subject: TaskSpec(task), splits: data.splits.map(\.name),
      replaces: replaces, identifiers: try names(), keys: keys)
    return try writer.completing {
      var progress = WorkProgress()
      for split in data.splits {
        try writer.copy(split, identifiers: keys, &progress, control)
        writer.add(try counts(of: split), to: split.name)
      }
      return origin
    }
  }

  /// The names of the puzzle identifiers, with variants in the requested form.
  func names() throws -> [String] {
    guard variantNames != nil else { return data.identifierNames }
    let naming = try task.namingVariants(as: variantNames)
    let strange = data.identifierNames.filter { task.hasUnknownVariantName($0) }
    if let first = strange.first {
      note(
        "\(strange.count) name\(strange.count == 1 ? "" : "s") of no known form, such as "
          + "\(String(reflecting: first)), stay\(strange.count == 1 ? "s" : "") as before")
    }
    return data.identifierNames.map(naming)
  }

  /// The task's counts, from the manifest or computed now.
  private func counts(of split: DatasetSplit) throws -> CountHistograms {
    if let counts = data.manifest?.split(split.name)?.counts { return counts }
    var counts = CountHistograms()
    for group in 0..<split.groups.count {
      let first = split.puzzles[split.groups[group].lowerBound].lowerBound
      counts.add(task.counts(of: try split.question(first)))
    }
    return counts
  }

  /// Writes a split as a text file, or as a folder with one file per puzzle.
  ///
  /// - Parameters:
  ///   - format: `.csv`, `.jsonLines` or, if the task supports it, `.arcJSON`.
  ///   - onlyOriginals: whether to leave out each group's augmentations.
  /// - Returns: the number of examples written.
  public func writeFile(
    _ split: DatasetSplit, to url: URL, as format: SourceFormat, onlyOriginals: Bool = false,
    replaces: Bool = false, control: WorkControl
  ) throws -> Int {
    if !onlyOriginals { noteVariants(of: split) }
    let assembler = PuzzleAssembler(data, split, names: try names(), task: task)
    var names = SplitNames(assembler, of: task, at: split.url.path)
    let count = try Self.write(
      task, to: url, as: format, isNamed: data.identifierCount > 1, replaces: replaces, control
    ) { body in
      var isEmpty = true
      for group in 0..<split.groups.count {
        for puzzle in split.groups[group].prefix(onlyOriginals ? 1 : .max) {
          guard let puzzle = try names.puzzle(puzzle) else { continue }
          try body(puzzle)
          isEmpty = false
        }
      }
      if isEmpty {
        throw GymError(
          "the split holds nothing but demonstrations for other splits", at: split.url.path,
          expected: "a split with questions", remedy: "Name another by --split.")
      }
    }
    if names.repeated > 0 {
      note(
        "\(names.repeated) puzzle\(names.repeated == 1 ? " stands" : "s stand") in the split "
          + "before, with equal name and content; each is written once")
    }
    return count
  }

  /// Notes that a split has variants, whose groups are lost on the way through files.
  func noteVariants(of split: DatasetSplit) {
    guard split.variantNote != nil else { return }
    note(
      "\(split.name) has variants of puzzles, and a dataset built of what is written takes each "
        + "for a puzzle of its own: --originals leaves them out, and `dataset build --augment` "
        + "makes others")
  }

  /// Writes the puzzles of a file or folder in another form. What the source's log leaves out is
  /// noted.
  ///
  /// - Returns: the number of examples written.
  public static func writeFile(
    from source: PuzzleSource, of task: some Task, to url: URL, as format: SourceFormat,
    replaces: Bool = false, control: WorkControl, note: (String) -> Void = { _ in }
  ) throws -> Int {
    let source = try source.rereadable()
    var census = try PuzzleCensus([.init(split: "", source)], of: task, control)
    census.notes.forEach(note)
    let isNamed = census.hasNames || type(of: task).formats.contains(.arcJSON)
    let count = try write(
      task, to: url, as: format, isNamed: isNamed, replaces: replaces, control
    ) { body in
      try task.readPuzzles(from: source) { puzzle in
        if let puzzle = try census.take(puzzle, from: source) { try body(puzzle) }
      }
    }
    (source.log.notes + [source.log.leftOutNote].compactMap { $0 }).forEach(note)
    return count
  }

  private static func write(
    _ task: any Task, to url: URL, as format: SourceFormat, isNamed: Bool, replaces: Bool,
    _ control: WorkControl, _ produce: ((Puzzle) throws -> Void) throws -> Void
  ) throws -> Int {
    func all(_ write: @escaping (Puzzle) throws -> Void) throws -> Int {
      var progress = WorkProgress()
      try produce { puzzle in
        try control.cancellation.check()
        try write(puzzle)
        progress.puzzles += 1
        progress.examples += puzzle.demonstrations.count + puzzle.examples.count
        control.report(progress)
      }
      return progress.examples
    }
    if format == .arcJSON {
      let writer = try PuzzleFolderWriter(task, to: url, as: format, replaces: replaces)
      return try writer.completing { try all(writer.write) }
    }
    let writer = try PuzzleTextWriter(
      task.vocabulary, to: url, as: format, isNamed: isNamed, replaces: replaces)
    return try writer.completing { try all(writer.write) }
  }
}

/// Distinguishes puzzles of a split with the same name, which files would merge into one.
struct SplitNames {
  private let task: any Task
  private let assembler: PuzzleAssembler
  private let place: String
  /// The puzzles of each name so far, with their numbers and final names.
  private var given: [String: [(number: Int, name: String)]] = [:]
  private var taken: Set<String> = []
  /// The number of puzzles that occurred earlier in the split with equal content.
  private(set) var repeated = 0

  init(_ assembler: PuzzleAssembler, of task: any Task, at place: String) {
    (self.assembler, self.task, self.place) = (assembler, task, place)
  }

  /// A puzzle of the split under a unique name; nil if it is the demonstrations of a held-out
  /// puzzle, or equal to an earlier puzzle with the same name.
  ///
  /// - Throws: a `GymError` if another puzzle has its name, and their sources do not tell them
  ///   apart.
  mutating func puzzle(_ number: Int) throws -> Puzzle? {
    guard var puzzle = try assembler.puzzle(number) else { return nil }
    guard let name = puzzle.name else { return puzzle }
    let others = given[name] ?? []
    for other in others {
      if let twin = try assembler.puzzle(other.number),
        try PuzzleContent(twin, of: task) == PuzzleContent(puzzle, of: task)
      {
        repeated += 1
        return nil
      }
    }
    if let first = others.first {
      let source = puzzle.examples.first?.source ?? ""
      let qualified = "\(source)/\(name)"
      guard !source.isEmpty, !taken.contains(qualified) else {
        throw GymError(
          "two different puzzles are called \(String(reflecting: name)): puzzles "
            + "\(first.number) and \(number)", at: place, expected: "a name for each puzzle",
          remedy: "Build the dataset anew from its files: `dataset build` keeps them apart.")
      }
      puzzle.name = qualified
    }
    given[name, default: []].append((number, puzzle.name ?? name))
    taken.insert(puzzle.name ?? name)
    return puzzle
  }
}

extension Dataset {
  /// The groups of a split in the layers that generation writes: the split's own items, then, in
  /// training, the demonstrations of each held-out split. One layer if the groups are not arranged
  /// like that; none if there is no such split.
  func layers(of name: String) -> [Range<Int>] {
    guard let split = splits.first(where: { $0.name == name }) else { return [] }
    let whole = [0..<split.groups.count]
    guard name == "train" else { return whole }
    let held = splits.filter { $0.name != name }
    var owners: [Int32: Int] = [:]
    for (number, split) in held.enumerated() {
      for puzzle in 0..<split.puzzles.count {
        owners[split.identifier(ofPuzzle: puzzle)] = number + 1
      }
    }
    owners[0] = nil
    var counts = Array(repeating: 0, count: held.count + 1)
    var last = 0
    for group in 0..<split.groups.count {
      let layer = owners[split.identifier(ofPuzzle: split.groups[group].lowerBound)] ?? 0
      guard layer >= last else { return whole }
      counts[layer] += 1
      last = layer
    }
    var end = 0
    return counts.map { count in
      end += count
      return end - count..<end
    }
  }
}
