import ArgumentParser
import Foundation
import Gym
import GymDatasets

extension SourceFormat: ExpressibleByArgument {}
extension VariantNameForm: ExpressibleByArgument {}

/// `reasongym dataset build`: builds a dataset from files of puzzles.
struct DatasetBuildCommand: RankedCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build a dataset from files of puzzles.",
    discussion: Help.flowing(
      """
      Files are CSV (question, and in any order answer, rating, source), JSON lines with the same
      names, one question per line, or other formats of the task. Every answer is checked by the
      rules; if there is none, the task's solver finds it. A puzzle with no solution, or with
      several if the task allows only one, is an error that names file and line. Puzzles with the
      same name and content count once; if the contents differ, the folder is added to the name,
      such as easy/task1.

      Files may be gzipped or in UTF-16, or be pipes (- is standard input); a folder may be a link.
      A test split may have questions whose answers are unknown, as in a competition: `evaluate
      --submission` answers them, and they are not scored. Under mpirun the ranks share the
      puzzles, and rank 0 writes them.

      Examples:
        reasongym dataset build sudoku-extreme --train train.csv --test test.csv \\
          --subsample 1000 --augment 1000 --seed 1 --out data/sudoku-1k-aug
        reasongym dataset build sudoku-extreme --test hard.txt --format lines \\
          --out data/hard
        reasongym dataset build sudoku-extreme --hub hub/sudoku --out data/back
      """))

  @OptionGroup var task: TaskOptions

  @Option(help: ArgumentHelp("Files to train on.", valueName: "file"), completion: .file())
  var train: [String] = []

  @Option(
    help: ArgumentHelp("Files to choose checkpoints by.", valueName: "file"), completion: .file())
  var validation: [String] = []

  @Option(help: ArgumentHelp("Files to test on.", valueName: "file"), completion: .file())
  var test: [String] = []

  @Option(
    help: ArgumentHelp("A folder of `dataset convert --to hub`: all its splits.", valueName: "DIR"),
    completion: .directory)
  var hub: String?

  @Option(help: "The files' format. (default: guessed)")
  var format: SourceFormat?

  @OptionGroup var tables: TableOptions

  @Option(help: ArgumentHelp("Choose N training puzzles by the seed.", valueName: "N"))
  var subsample: Int?

  @Option(help: ArgumentHelp("Add K variants to each training puzzle.", valueName: "K"))
  var augment = 0

  @Option(
    help: ArgumentHelp(
      "Name ARC variants as the released builders do, for their evaluation.",
      valueName: "hrm|trm"))
  var variantNames: VariantNameForm?

  @Option(help: ArgumentHelp("The seed of the choice and the variants.", valueName: "S"))
  var seed: UInt64 = 0

  @Flag(help: "Trust that puzzles with an answer have no other.")
  var skipUniqueness = false

  @Flag(help: "Leave out invalid puzzles, and list and count them.")
  var skipInvalid = false

  @OptionGroup var writing: WritingOptions

  func validate() throws {
    guard hub != nil || !(train + validation + test).isEmpty else {
      throw ValidationError("Name files by --train, --validation or --test, or a folder by --hub.")
    }
    if let subsample {
      guard subsample > 0 else {
        throw ValidationError("--subsample is \(subsample); expected 1 or more.")
      }
      guard hub != nil || !train.isEmpty else {
        throw ValidationError("--subsample needs --train.")
      }
    }
    guard (0...1_000_000).contains(augment) else {
      throw ValidationError("--augment is \(augment); expected 0...1000000.")
    }
  }

  func run() throws {
    let task = try task.make()
    let named = [("train", train), ("validation", validation), ("test", test)].flatMap {
      split, files in files.map { (split, $0) }
    }
    let folder = try hub.map { try HubFolder(URL(fileURLWithPath: $0)) }
    let pulled = folder?.files ?? []
    var builder = try DatasetBuilder(
      (named + pulled.map { ($0.split, $0.url.path) }).map { split, file in
        try .init(split: split, tables.source(file, format: format))
      })
    builder.subsample = subsample
    builder.augmentations = augment
    builder.variantNames = variantNames
    builder.note = writing.note
    builder.seed = seed
    builder.skipsInvalid = skipInvalid
    builder.checksUniqueness = !skipUniqueness
    folder?.variantNote.map(writing.note)
    try writing.write(stopped: "Stopped; nothing was written.") { control in
      try builder.build(
        task, to: writing.url, replaces: writing.force, control: control, ranks: .world)
    }
  }
}
