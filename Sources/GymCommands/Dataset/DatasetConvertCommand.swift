import ArgumentParser
import Foundation
import Gym
import GymDatasets

/// `reasongym dataset convert`: writes the same puzzles in another form.
struct DatasetConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turn a dataset into CSV, JSON lines, ARC task files or a folder with a manifest.",
    discussion: Help.flowing(
      """
      A split, or a file of puzzles, becomes a CSV or JSON lines file, or a folder of ARC task
      files; a whole folder becomes a folder with the same arrays and a manifest, or one for the
      Hugging Face hub, which datasets.load_dataset reads as it is. `dataset build` makes folders of
      files.

      Examples:
        reasongym dataset convert data/sudoku --split test --to csv --out test.csv
        reasongym dataset convert data/sudoku --to jsonl --originals \\
          --out train.jsonl
        reasongym dataset convert data/arc --split test --originals --to arc-json \\
          --out tasks
        reasongym dataset convert released/sudoku --task sudoku-extreme \\
          --to folder --out data/mine
        reasongym dataset convert data/sudoku --to hub --license cc0-1.0 \\
          --out hub/sudoku
      """))

  /// The output form.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case csv, jsonl, folder, hub
    case arcJSON = "arc-json"
  }

  @Argument(help: "The dataset's folder, or a file or folder of puzzles.", completion: .file())
  var input: String

  @Option(help: "The form to write.")
  var to: Form

  @Option(help: "The split to write, for files. (default: train)")
  var split: String?

  @Option(help: "The task, if the input does not name it.", completion: .tasks)
  var task: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of the task, for a file.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  @OptionGroup var tables: TableOptions

  @Flag(help: "Leave out the augmentations, for files.")
  var originals = false

  @Option(
    help: ArgumentHelp(
      "Name ARC variants as the released builders do, for their evaluation.",
      valueName: "hrm|trm"))
  var variantNames: VariantNameForm?

  @Flag(help: "Leave out lines that are not puzzles, and list and count them.")
  var skipInvalid = false

  @Option(
    help: ArgumentHelp(
      "The license in the card of --to hub. (default: unknown)", valueName: "NAME"))
  var license: String?

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let source = URL(fileURLWithPath: input)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder),
      try !isFolder.boolValue || (task != nil && !Dataset.isDataset(source))
    {
      return try convertFile(source)
    }
    let data = try Dataset(source)
    try checkOptionsForDataset()
    let task = try Catalogue.current.knownTask(of: data, named: task)
    var converter = try DatasetConverter(data, task: task)
    converter.variantNames = variantNames
    converter.note = writing.note
    if to == .hub {
      return try writing.writeFile(stopped: Self.stopped) { control in
        try converter.writeHub(
          to: writing.url, license: license ?? "unknown", onlyOriginals: originals,
          replaces: writing.force, control: control)
      }
    }
    guard let format = to.format else {
      try writing.write(stopped: Self.stopped) { control in
        try converter.writeFolder(to: writing.url, replaces: writing.force, control: control)
      }
      return
    }
    try writing.writeFile(stopped: Self.stopped) { control in
      try converter.writeFile(
        data.split(split ?? "train"), to: writing.url, as: format, onlyOriginals: originals,
        replaces: writing.force, control: control)
    }
  }

  private static let stopped = "Stopped; nothing was written."

  /// Refuses options that a dataset, or the form to write, has no use for.
  private func checkOptionsForDataset() throws {
    guard !skipInvalid else {
      throw ValidationError("--skip-invalid is for files: a dataset has only puzzles.")
    }
    guard values.isEmpty else {
      throw ValidationError("--set is for files: a dataset has its settings.")
    }
    guard tables.columns == PuzzleColumns() else {
      throw ValidationError("--columns is for files: a dataset has no columns.")
    }
    guard license == nil || to == .hub else {
      throw ValidationError("--license is for --to hub.")
    }
    guard split == nil || to.format != nil else {
      throw ValidationError("--split is for files: --to \(to.rawValue) writes all splits.")
    }
    guard !originals || to != .folder else {
      throw ValidationError("--originals is for files and --to hub: a folder keeps all puzzles.")
    }
  }

  private func convertFile(_ source: URL) throws {
    guard let task, let format = to.format else {
      throw ValidationError(
        task == nil ? "Name the file's task by --task." : "`dataset build` makes folders of files.")
    }
    guard variantNames == nil else {
      throw ValidationError("--variant-names is for datasets: a file of puzzles has no variants.")
    }
    guard split == nil, !originals else {
      throw ValidationError(
        "--split and --originals are for datasets: a file of puzzles has no splits and variants.")
    }
    guard license == nil else { throw ValidationError("--license is for --to hub.") }
    let made = try Catalogue.current.task(named: task, settings: values)
    var puzzles = try tables.source(input)
    puzzles.log = .skippingInvalid(skipInvalid)
    try writing.writeFile(stopped: Self.stopped) { control in
      try DatasetConverter.writeFile(
        from: puzzles, of: made, to: writing.url, as: format,
        replaces: writing.force, control: control, note: writing.note)
    }
  }
}

extension DatasetConvertCommand.Form {
  /// The format of the output file; nil for a folder.
  fileprivate var format: SourceFormat? {
    switch self {
    case .csv: .csv
    case .jsonl: .jsonLines
    case .arcJSON: .arcJSON
    case .folder, .hub: nil
    }
  }
}

/// `reasongym dataset merge`: merges several datasets into one.
struct DatasetMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge datasets of one task, such as the shards of a generation.",
    discussion: Help.flowing(
      """
      All shards of one generation, in any order, become the very folder that the generation
      writes in one piece. Puzzles of one name and equal content are one; different ones are called
      by their dataset too, such as easy/task1.

      Example:
        reasongym dataset merge data/part-1 data/part-2 data/part-3 data/part-4 \\
          --out data/all
      """))

  @Argument(help: "The datasets' folders.", completion: .directory)
  var parts: [String]

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let data = try parts.map { try Dataset(URL(fileURLWithPath: $0)) }
    // If this program does not know the task, puzzles are compared literally.
    let task = try? Catalogue.current.task(of: data[0], named: nil)
    let merger = try DatasetMerger(data, task: task)
    merger.notes.forEach(writing.note)
    try writing.write(stopped: "Stopped; nothing was written.") { control in
      try merger.merge(to: writing.url, replaces: writing.force, control: control)
    }
  }
}
