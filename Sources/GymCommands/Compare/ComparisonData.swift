import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymJSON
import GymTraining

/// The puzzles of a comparison: a dataset, or a task to generate them.
struct ComparisonData: ParsableArguments {
  @Option(
    help: ArgumentHelp("A dataset with train and test.", valueName: "DIR"), completion: .directory)
  var data: String?

  @Option(
    help: "The task, whose puzzles are generated if there is no dataset.", completion: .tasks)
  var task: String?

  @Option(help: ArgumentHelp("The task's setting size.", valueName: "N"))
  var size: Int?

  @Option(help: ArgumentHelp("Generated puzzles to learn from. (default: 2000)", valueName: "N"))
  var train: Int?

  @Option(
    help: ArgumentHelp("Generated puzzles for the curves. (default: 200)", valueName: "N"))
  var validation: Int?

  @Option(help: ArgumentHelp("Generated puzzles that decide. (default: 400)", valueName: "N"))
  var test: Int?

  @Option(help: ArgumentHelp("Variants of each learned puzzle. (default: 50)", valueName: "K"))
  var augment: Int?

  @Option(help: ArgumentHelp("The seed of the puzzles. (default: 1)", valueName: "S"))
  var dataSeed: UInt64?

  func validate() throws {
    guard data != nil || task != nil else {
      throw ValidationError("Say which puzzles: --data DIR, or --task to have them generated.")
    }
    for (name, count, least) in [
      ("--train", train, 1), ("--validation", validation, 0), ("--test", test, 1),
      ("--augment", augment, 0),
    ] {
      if let count, !(least...10_000_000).contains(count) {
        throw ValidationError("\(name) is \(count); expected \(least)...10000000.")
      }
    }
    let isGenerating = [train, validation, test, augment, size].contains { $0 != nil }
    if data != nil, isGenerating || dataSeed != nil {
      throw ValidationError(
        "--size, --train, --validation, --test, --augment and --data-seed are for puzzles that "
          + "are generated: leave them out with --data.")
    }
  }

  /// The dataset, opened or generated in a folder.
  ///
  /// - Throws: `CancellationError` if a stop was requested.
  func open(
    settings values: [String], in folder: URL, isNew: Bool, workers: Int, line: ProgressLine,
    until stopSignal: StopSignal
  ) throws -> (Dataset, any Task) {
    if let data {
      if let value = values.first {
        throw ValidationError(
          "--set \(value): the dataset has its own. An agent's is written LABEL.\(value).")
      }
      let folder = try Dataset(URL(fileURLWithPath: data))
      let task = try Catalogue.current.knownTask(of: folder, named: task)
      for split in folder.splits where split.name != "train" {
        try split.checkAnswersAreKnown(task)
      }
      return (folder, task)
    }
    let values = values + (size.map { ["size=\($0)"] } ?? [])
    let task = try Catalogue.current.option(task ?? "", settings: values)
    let url = folder.appendingPathComponent("data")
    if !isNew, FileManager.default.fileExists(atPath: url.path) {
      return (try existing(task, at: url), task)
    }
    let isUnfinished = FileManager.default.fileExists(
      atPath: DatasetGenerator.unfinished(url).path)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw GymError.unwritten(folder.path, error, "the folder cannot be made")
    }
    let control = WorkControl(
      workers: workers, stop: stopSignal.stop,
      report: { progress in line.update { "making puzzles: \(progress.puzzles)" } })
    _ = try generator.generate(
      task, to: url, replaces: isNew, resumes: isUnfinished && !isNew, control: control)
    line.clear()
    return (try Dataset(url), task)
  }

  private var generator: DatasetGenerator {
    var counts = ["train": train ?? 2000, "validation": validation ?? 200, "test": test ?? 400]
    if counts["validation"] == 0 { counts["validation"] = nil }
    var generator = DatasetGenerator(counts: counts, seed: dataSeed ?? 1)
    generator.isDisjoint = true
    generator.augmentations = augment ?? 50
    return generator
  }

  /// The dataset from an earlier process, if it is the one that this process would generate.
  private func existing(_ task: some Task, at url: URL) throws -> Dataset {
    let folder = try Dataset(url)
    let origin = folder.manifest?.origin
    let counts = generator.counts.mapValues { JSON($0) }
    guard folder.manifest?.subject == TaskSpec(task),
      origin?["seed"]?.unsigned == generator.seed,
      origin?["augment"]?.integer == generator.augmentations,
      counts.allSatisfy({ origin?["counts"]?[$0.key] == $0.value }),
      origin?["counts"]?.object?.count == counts.count
    else {
      throw GymError(
        "these are not the puzzles that are requested now", at: url.path,
        expected: "the task, counts and seed of the first time",
        remedy: "Give the same arguments as then, or another folder by --out")
    }
    return folder
  }
}
