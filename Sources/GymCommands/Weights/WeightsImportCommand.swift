import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymJSON
import GymNeuralAgents
import GymReports
import GymTraining

/// `reasongym weights import`: makes a run of weights from elsewhere.
struct WeightsImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a run of weights that were trained elsewhere.",
    discussion: Help.flowing(
      """
      The run can be evaluated, probed, put on a board, and trained further by `train --resume`
      (from step 0: optimizer and warm-up start over). Sizes are read off the weights; what they
      do not show, such as heads and cycles, comes from the file's header if this program wrote
      it, and otherwise from --preset, --set and --config. Names may begin with _orig_mod. or
      model.inner.; a .pt file is converted by Examples/pt_to_safetensors.py first.

      Examples:
        reasongym weights import model.safetensors --agent hrm --data data/sudoku \\
          --out runs/imported
        reasongym weights import released.safetensors --agent hrm \\
          --data data/sudoku --set heads=8 dtype=bf16 --out runs/released
        reasongym train hrm --out runs/imported --resume --steps 2000
        reasongym weights import model.safetensors --agent hrm \\
          --data data/sudoku --add-blocks 2 --out runs/larger
      """))

  @Argument(help: ArgumentHelp("The safetensors file.", valueName: "FILE"), completion: .file())
  var file: String

  @Option(help: "The agent, such as hrm; `reasongym agents` lists them.", completion: .agents)
  var agent: String

  @Option(
    help: ArgumentHelp("The dataset that it was trained on.", valueName: "DIR"),
    completion: .directory)
  var data: String

  @Option(help: ArgumentHelp("The run's folder.", valueName: "RUN"), completion: .directory)
  var out: String

  @OptionGroup(title: "Settings") var agentOptions: AgentOptions

  @Option(
    help: ArgumentHelp(
      "Blocks to add to each stack: answers stay the same until the larger model is trained.",
      valueName: "N"))
  var addBlocks = 0

  @Option(help: "The seed of the agent and of later batches. (default: 1)")
  var seed: UInt64?

  @Option(help: "The task, if the dataset does not name it.", completion: .tasks)
  var task: String?

  @Flag(help: "Replace the run in the folder.")
  var force = false

  @Flag(help: "Import even if training has puzzles of the other splits.")
  var allowLeakage = false

  func run() throws {
    let type = try Catalogue.current.learningAgent(named: agent)
    guard let portable = type as? any PortableAgent.Type else {
      throw GymError(
        "\(type.id) has no weights to exchange", at: "--agent",
        expected: "one of \(Catalogue.current.portableNames)")
    }
    let url = URL(fileURLWithPath: out)
    if !force { try RunFolder(url).checkHoldsNoRun() }
    let source = URL(fileURLWithPath: file)
    let stored = try WeightsFile(contentsOf: source)
    let weights = addBlocks == 0 ? stored : try stored.addingBlocks(addBlocks)
    let folder = try Dataset(URL(fileURLWithPath: data))
    let task = try Catalogue.current.task(of: folder, named: task)
    try check(weights, agent: type, task: task)
    let training = try Self.training(weights)
    let (settings, assumed) = try settings(of: portable, weights, cells: folder.cells)
    if !allowLeakage { try folder.refuseLeaks(task) }
    let plan = TrainingPlan(
      agent: type, settings: settings, data: folder, task: task, budget: .minutes(0),
      seed: seed ?? 1)
    var configuration = try plan.configuration()
    configuration.origin = try WeightsOrigin(
      of: source, training: training, addedBlocks: addBlocks)
    let learner = try portable.init(settings: settings, context: configuration.context)
    try learner.importWeights(weights)
    try ImportedRun.write(configuration, agent: learner, to: url, isReplacing: force)
    print("Wrote the run \(out): \(type.id), \(Figures.count(learner.parameterCount)) parameters.")
    if !assumed.isEmpty {
      print("The weights do not say these, which are as given or by default; change by --set:")
      let values = assumed.compactMap { name in settings[name].map { "\(name)=\($0)" } }
      print("  " + values.joined(separator: " "))
    }
  }

  /// Checks the file's header, if this program wrote it, against what was asked for.
  private func check(
    _ weights: WeightsFile, agent: any Agent.Type, task: (any Task)?
  ) throws {
    if let found = weights.metadata[WeightsHeader.agent], found != agent.id.description {
      throw GymError(
        "the weights are those of \(found.prefix(60))", at: weights.path, expected: "\(agent.id)",
        remedy: "Name the agent by --agent")
    }
    guard let task else { return }
    if let found = weights.metadata[WeightsHeader.task], found != task.id.description {
      throw GymError(
        "the weights were trained on \(found.prefix(60))", at: weights.path,
        expected: "\(task.id), the dataset's task")
    }
    if let found = weights.metadata[WeightsHeader.vocabulary],
      found != String(task.vocabulary.characters)
    {
      throw GymError(
        "the weights were trained with the tokens \"\(found.prefix(80))\"", at: weights.path,
        expected: "\"\(String(task.vocabulary.characters))\", the dataset's")
    }
  }

  /// The cost of training in the file's header; nil if it names none.
  private static func training(_ weights: WeightsFile) throws -> ResourceUsage? {
    guard let text = weights.metadata[WeightsHeader.training] else { return nil }
    guard let usage = ResourceUsage(text: text), usage.cost.flops == usage.cost.bounded.flops
    else {
      throw GymError(
        "the cost of training in the header is \(text.prefix(60))", at: weights.path,
        expected: "an object of flops, passes, tokens and seconds, none negative or endless",
        remedy: "Export the run anew")
    }
    return usage
  }

  /// The settings: defaults, then the file's header, then the weights' shapes, then the options;
  /// and the names of those that answers depend on and that nothing in the file says.
  private func settings(
    of agent: any PortableAgent.Type, _ weights: WeightsFile, cells: Int
  ) throws -> (Settings, assumed: [String]) {
    var base = Settings(agent.settings)
    var shown: Set<String> = []
    let shapes = agent.settings(shownBy: weights, cells: cells)
    if let text = weights.metadata[WeightsHeader.settings] {
      do {
        let json = try JSON(parsing: Data(text.utf8))
        try base.set(json)
        for (name, value) in shapes where addBlocks > 0 && name.hasSuffix("blocks") {
          try base.set(name, to: value.json)
        }
        shown = Set(json.object?.names ?? [])
      } catch {
        throw GymError(
          "the settings in the header cannot be used: \(error.reason)", at: weights.path)
      }
    } else {
      for (name, value) in shapes {
        do {
          try base.set(name, to: value.json)
        } catch let error as GymError {
          throw error.located("\(weights.path), the shapes")
        }
        shown.insert(name)
      }
    }
    let settings = try agentOptions.settings(of: agent, over: base)
    let given = try agentOptions.names(of: agent).union(shown)
    try Self.check(settings, have: shapes, of: weights)
    func isMissing(_ name: String) -> Bool {
      agent.settingsNotShown.contains(name) && !given.contains(name)
    }
    if isMissing("heads") {
      throw GymError(
        "the weights do not show the number of attention heads", at: weights.path,
        remedy:
          "Give it by --set heads=N: hidden is \(settings["hidden"]?.description ?? "unset"), and "
          + "the released models have 8")
    }
    if isMissing("positions"), weights.shape(of: "embed_pos.embedding_weight") != nil {
      throw GymError(
        "the weights hold a vector for each position, and do not show whether attention turns too",
        at: weights.path,
        remedy: "Give it by --set positions=learned, as the released code has such weights, or "
          + "--set positions=rotary-2d+learned")
    }
    return (settings, agent.settingsNotShown.filter { !shown.contains($0) })
  }
}

extension WeightsImportCommand {
  /// The settings that decide the size of a model, and that shapes show beyond doubt.
  private static let sizes = ["hidden", "blocks", "high-blocks", "low-blocks"]

  /// Makes sure that the model to be made has the size of the weights: another may take long to
  /// make, and cannot take them.
  private static func check(
    _ settings: Settings, have shapes: [String: SettingValue], of weights: WeightsFile
  ) throws {
    for name in sizes {
      guard let value = settings[name], let shown = shapes[name], value != shown,
        shown != .integer(0)
      else { continue }
      throw GymError(
        "\(name) is \(value)", at: weights.path, expected: "\(shown), as the weights show",
        remedy: "Leave \(name) out of --set, --preset and --config")
    }
  }
}

extension Catalogue {
  /// The names of the agents whose weights can be exchanged, in a list.
  var portableNames: String {
    agents.filter { $0 is any PortableAgent.Type }.map { $0.id.name }.joined(separator: ", ")
  }
}
