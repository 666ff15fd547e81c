import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymJSON
import GymTraining

/// `reasongym pack`: prepares a run for shipping.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Make a small model of a run: its weights in bf16, with a card of what it can do.",
    discussion: Help.flowing(
      """
      The folder holds the run's settings, the weights that answer, and card.json: the training data
      by its hash, operations, seconds, and the accuracy on a split by rating, with intervals. It
      can be given in place of a run's folder; below Fixtures/models it is pretrained:NAME.

      Examples:
        reasongym pack runs/real --data data/sudoku-1k \\
          --out Fixtures/models/sudoku-extreme
      """))

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "RUN"), completion: .agentsAndRuns)
  var name: String

  @Option(
    help: ArgumentHelp("The dataset to score it on.", valueName: "DIR"), completion: .directory)
  var data: String

  @Option(help: "The split to score it on.")
  var split = "test"

  @Option(
    help: ArgumentHelp("Reasoning segments of the score. (default: as in training)", valueName: "M")
  )
  var segments: Int?

  @Flag(help: "Take the checkpoint that was best on the validation split, not the newest.")
  var best = false

  @Option(help: ArgumentHelp("Where to write.", valueName: "DIR"), completion: .directory)
  var out: String

  @Flag(help: "Replace the model that is there.")
  var force = false

  func validate() throws {
    try check("--segments", segments, in: 1...100_000)
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    let line = ProgressLine()
    let run = try ModelLibrary.model(named: name) ?? URL(fileURLWithPath: name)
    let trained = try TrainedAgent(run: run, best ? .best : .newest) {
      line.note("Warning: \($0)")
    }
    let folder = try Dataset(URL(fileURLWithPath: data))
    try trained.checkFits(folder)
    let task = try AgentSpecifier.run(run).task(of: folder, named: nil)
    let out = URL(fileURLWithPath: out)
    let puzzles = try folder.split(split)
    let evaluation = try Evaluation(
      task: task, split: puzzles, options: SolveOptions(segments: segments),
      puzzleNames: folder.identifierNames,
      demonstrations: PuzzleDemonstrations(folder, for: puzzles, of: task))
    var text = ""
    try PackedModel.write(
      trained.folder, trained.checkpoint, of: trained.agent, to: out, isReplacing: force
    ) { aside in
      // A batch of a large model takes long to end by itself.
      stopSignal.endInTime {
        try? FileManager.default.removeItem(at: aside)
        ProgressLine().note(Self.stopped)
      }
      defer { stopSignal.endsByItself() }
      // The score is that of the shipped model: the weights rounded to bf16.
      let packed = try TrainedAgent(run: aside) { line.note("Warning: \($0)") }
      let score = try evaluation.run(
        [packed.agent], stop: stopSignal.stop,
        report: { done in
          line.update { "scoring: \(done) of \(evaluation.count) puzzles" }
          return !stopSignal.isRequested
        })
      line.clear()
      guard score.asked == evaluation.count else {
        line.note(Self.stopped)
        throw ExitCode(StopSignal.exitCode)
      }
      text = score.text(
        title: "\(trained.configuration.agent) of step \(trained.checkpoint.step) on \(split)",
        width: Terminal.output.width)
      try card(trained, folder, evaluation, score).write(to: PackedModel.card(in: aside))
    }
    print(text, terminator: "")
    print("Wrote \(out.path).")
  }

  private static let stopped = "Interrupted: nothing was written."

  private func card(
    _ trained: TrainedAgent, _ folder: Dataset, _ evaluation: Evaluation, _ score: Score
  ) throws -> JSON {
    let configuration = trained.configuration
    return [
      "agent": .string(configuration.agent.description),
      "task": .string(evaluation.task.id.description),
      "parameters": JSON(trained.agent.parameterCount),
      "command": .string(command(trained)),
      "trained-on": ["sha256": .string(configuration.dataHash)],
      "earlier": .array(configuration.earlier.map(\.json)),
      "training": trained.training?.json ?? .null,
      "steps": JSON(trained.checkpoint.step),
      "scored-on": [
        "split": .string(split),
        "sha256": .string(try folder.contentHash(of: evaluation.split)),
        "evaluation": evaluation.json,
      ],
      "score": score.json,
      "date": .string(Date().formatted(.iso8601.year().month().day())),
    ]
  }

  /// How the weights were made, as a command with its settings left out.
  private func command(_ trained: TrainedAgent) -> String {
    let (agent, seed) = (
      trained.configuration.agent.name, trained.configuration.context.seed
    )
    let changes = trained.configuration.earlier.isEmpty ? "" : ", changed on resuming: see earlier"
    let training =
      "reasongym train \(agent) --flops \(trained.checkpoint.training.cost.flops)"
      + " --seed \(seed), settings as in config.json\(changes)"
    guard let origin = trained.configuration.origin else { return training }
    let added = origin.addedBlocks > 0 ? " --add-blocks \(origin.addedBlocks)" : ""
    let start = "reasongym weights import \(origin.file) --agent \(agent)\(added)"
    return trained.checkpoint.step > 0
      ? "\(start), then \(training)" : "\(start), settings as in config.json"
  }
}

/// The trained models that come with the gym, each a run folder with one checkpoint in bf16.
///
/// `pretrained:NAME` names one wherever a run is asked for answers.
enum ModelLibrary {
  /// The prefix of a model's name.
  static let prefix = "pretrained:"
  /// The environment variable for another folder of models.
  static let variable = "REASONGYM_MODELS"

  /// The folder of models: the variable's, or `models` beside the program, or that of the checkout
  /// in which the program was built or of the prefix below which it is installed; nil if there is
  /// none.
  static var folder: URL? {
    let files = FileManager.default
    if let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty {
      return URL(fileURLWithPath: path)
    }
    var folder = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
      .resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = folder.appendingPathComponent("models")
    if files.fileExists(atPath: beside.path) { return beside }
    while folder.pathComponents.count > 1 {
      for path in ["Fixtures/models", "share/reasongym/models"] {
        let models = folder.appendingPathComponent(path)
        if files.fileExists(atPath: models.path) { return models }
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// The names of the existing models, in order.
  static var names: [String] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    else { return [] }
    return names.filter { RunFolder(folder.appendingPathComponent($0)).holdsRun }.sorted()
  }

  /// The name of the model in a folder, such as `pretrained:four`; nil if it is none of ours.
  static func name(of url: URL) -> String? {
    guard let folder,
      url.deletingLastPathComponent().standardizedFileURL.path
        == folder.standardizedFileURL.path
    else { return nil }
    return prefix + url.lastPathComponent
  }

  /// The model that a text names; nil if the text does not start with the prefix.
  ///
  /// - Throws: a `GymError` that lists the existing models if there is no such model.
  static func model(named text: String) throws -> URL? {
    guard text.hasPrefix(prefix) else { return nil }
    let name = String(text.dropFirst(prefix.count))
    guard let folder, FileManager.default.fileExists(atPath: folder.path) else {
      throw GymError(
        "no folder of trained models is found", at: folder?.path ?? text,
        expected: "Fixtures/models of the checkout",
        remedy: "Name the folder by the variable \(variable)")
    }
    let names = names
    guard names.contains(name) else {
      let near = Suggestion.nearest(to: name, among: names)
      throw GymError(
        "there is no trained model \"\(name)\"", at: folder.path,
        expected: names.isEmpty
          ? "none: the folder is empty" : "one of \(names.joined(separator: ", "))",
        remedy: near.map { "Did you mean \(prefix)\($0)?" })
    }
    return folder.appendingPathComponent(name)
  }
}
