import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymNeuralAgents
import GymTensors
import GymTraining

/// `reasongym weights`: exchanges weights with PyTorch.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Exchange weights with PyTorch, as safetensors files.",
    discussion: Help.flowing(
      """
      Tensors have the names of the released HRM and TRM state dictionaries, so that models which
      were trained with that code on a graphics card are scored, probed and ranked here, and runs
      of this program continue there. The handbook's page "Train on a GPU elsewhere" goes through
      it.

      Examples:
        reasongym weights export runs/first --out model.safetensors
        reasongym weights import model.safetensors --agent hrm --data data/sudoku \\
          --out runs/imported
      """),
    subcommands: [WeightsExportCommand.self, WeightsImportCommand.self])
}

/// `reasongym weights export`: writes a run's weights for other programs.
struct WeightsExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the weights of a run as a safetensors file for PyTorch.",
    discussion: Help.flowing(
      """
      The file holds the weights that answer (their average, if the run keeps one) under the
      released names, and in its header the settings, the task, its characters and, for HRM and
      TRM, the configuration in the released code's names. Settings that the released code lacks
      are listed: with them it answers differently.

      Examples:
        reasongym weights export runs/first --out model.safetensors
        reasongym weights export runs/first --best --dtype bf16 \\
          --out model.safetensors
      """))

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "RUN"), completion: .agentsAndRuns)
  var name: String

  @Option(help: ArgumentHelp("The file to write.", valueName: "FILE"), completion: .file())
  var out: String

  @Option(help: "How each number is stored: f32 or bf16.")
  var dtype = ElementType.float32

  @Flag(help: "Take the checkpoint that was best on the validation split, not the newest.")
  var best = false

  @Flag(help: "Replace the file that is there.")
  var force = false

  func run() throws {
    let line = ProgressLine()
    try OutputFile.check(out, replaces: force)
    let url = try ModelLibrary.model(named: name) ?? URL(fileURLWithPath: name)
    let trained = try TrainedAgent(run: url, best ? .best : .newest) {
      line.note("Warning: \($0)")
    }
    guard let agent = trained.agent as? any PortableAgent else {
      throw GymError(
        "\(trained.configuration.agent) has no weights to exchange", at: name,
        expected: "a run of one of \(Catalogue.current.portableNames)")
    }
    let file = URL(fileURLWithPath: out)
    try agent.exportWeights(to: file, as: dtype, metadata: metadata(trained, agent))
    print(
      "Wrote \(file.path): \(trained.configuration.agent) of step \(trained.checkpoint.step), "
        + "\(dtype.rawValue).")
    guard let released = agent.released else {
      print("The released code has no such model: \(trained.configuration.agent.name).")
      return
    }
    if !released.differences.isEmpty {
      print("The released code lacks, and so answers differently without:")
      for difference in released.differences { print("  \(difference)") }
    }
  }

  private func metadata(
    _ trained: TrainedAgent, _ agent: any PortableAgent
  ) throws -> [String: String] {
    let configuration = trained.configuration
    var metadata = [
      // The Hugging Face convention for "made for PyTorch".
      "format": "pt",
      "program": "reasongym \(ReasonGym.version)",
      WeightsHeader.agent: configuration.agent.description,
      WeightsHeader.settings: configuration.agentSettings.text(),
      "rows": String(configuration.context.grid.rows),
      "columns": String(configuration.context.grid.columns),
      "identifiers": String(configuration.context.puzzleIdentifiers),
      "steps": String(trained.checkpoint.step),
      "data-sha256": configuration.dataHash,
    ]
    if let training = trained.training { metadata[WeightsHeader.training] = training.json.text() }
    if let released = agent.released { metadata["configuration"] = released.members.text() }
    if let reference = configuration.task {
      metadata[WeightsHeader.task] = reference.id.description
      metadata["task-settings"] = reference.settings.text()
      if let task = try? Catalogue.current.task(reference) {
        metadata[WeightsHeader.vocabulary] = String(task.vocabulary.characters)
      }
    }
    return metadata
  }
}

/// The names in the header of a file of weights that an import reads.
enum WeightsHeader {
  /// The agent's name and version.
  static let agent = "agent"
  /// All its settings, as a JSON object.
  static let settings = "settings"
  /// The task's name and version.
  static let task = "task"
  /// The task's characters, token 0 first.
  static let vocabulary = "vocabulary"
  /// The cost of training, as a JSON object.
  static let training = "training"
}

extension ElementType: ExpressibleByArgument {}
