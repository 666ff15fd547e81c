import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymJSON
import GymTraining

/// `reasongym train`: starts a run, or resumes one.
struct TrainCommand: RankedCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train an agent on a dataset, into a run folder.",
    discussion: Help.flowing(
      """
      The run's folder holds config.json, metrics.jsonl and checkpoints/. Ctrl-C saves and ends
      with exit code 130; a second one ends at once. --resume continues a run that was interrupted
      or killed from its last checkpoint, to the very same weights. With a larger budget, or other
      settings by --set, it continues beyond its end; config.json keeps what was before. The
      budget is for all that the run has had; of imported weights, for what came after the import.

      If the dataset has a split "validation", its first puzzles are solved at each checkpoint,
      or every --validate-steps; the checkpoint that does best is kept, and `evaluate --best` takes
      it. The split "test" is never looked at.

      Under mpirun the ranks' workers share each batch: ranks times workers decide the weights, not
      how they are spread.

      Examples:
        reasongym train hrm --data data/sudoku --preset small --minutes 10 \\
          --out runs/first
        reasongym train hrm --data data/sudoku --set batch=64 learning-rate=2e-4 \\
          --steps 5000 --out runs/second
        reasongym train hrm --data data/sudoku --steps 20000 --validate-steps 500 \\
          --patience 8 --out runs/third
        reasongym train hrm --data data/sudoku --minutes 5 --tensorboard logs \\
          --out runs/fourth
        reasongym train hrm --out runs/second --resume
        reasongym train hrm --out runs/second --resume --steps 9000
        reasongym train hrm --out runs/second --resume --flops 2e15 \\
          --set learning-rate=2e-4..0
      """))

  @Argument(help: "The agent, such as hrm; `reasongym agents` lists them.", completion: .agents)
  var agent: String

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "DIR"), completion: .directory)
  var data: String?

  @Option(help: ArgumentHelp("The run's folder.", valueName: "RUN"), completion: .directory)
  var out: String

  @OptionGroup(title: "Settings") var agentOptions: AgentOptions
  @OptionGroup(title: "Budget") var budgetOptions: BudgetOptions

  @Option(help: "The number of worker threads, of each rank. (default: all processors)")
  var workers: Int?

  @Option(help: "The seed of the agent and of the batches. (default: 1)")
  var seed: UInt64?

  @Option(help: "The task, if the dataset does not name it.", completion: .tasks)
  var task: String?

  @Option(help: ArgumentHelp("Save every N minutes. (default: 5)", valueName: "N"))
  var checkpointMinutes: Double?

  @Option(help: ArgumentHelp("Save every N steps as well.", valueName: "N"))
  var checkpointSteps: Int?

  @Option(
    help: ArgumentHelp(
      "Solve the validation puzzles every N steps. (default: at each checkpoint)",
      valueName: "N"))
  var validateSteps: Int?

  @Option(
    help: ArgumentHelp(
      "Stop after N validations in a row without a better score: puzzles solved, then cells.",
      valueName: "N"))
  var patience: Int?

  @Option(
    help: ArgumentHelp(
      "Also write TensorBoard events, into a subfolder with the run's name.", valueName: "DIR"),
    completion: .directory)
  var tensorboard: String?

  @Flag(help: "Continue the run in the folder.")
  var resume = false

  @Flag(help: "Replace the run in the folder.")
  var force = false

  @Flag(help: "Train even if training has puzzles of the other splits.")
  var allowLeakage = false

  @Flag(help: "Print how it ended as JSON.")
  var json = false

  func validate() throws {
    try check("--workers", workers, in: 1...1024)
    // A run with more in its configuration could not be opened again.
    for (name, count) in [
      ("--checkpoint-steps", checkpointSteps), ("--validate-steps", validateSteps),
      ("--patience", patience),
    ] { try check(name, count, in: 1...Budget.maximum) }
    try check("--checkpoint-minutes", checkpointMinutes, upTo: Double(Budget.maximum))
    if resume {
      guard agentOptions.hasOnlyValues, seed == nil, task == nil, !force else {
        throw ValidationError(
          "--resume continues with the run's own settings: leave out --preset, --config, --seed, "
            + "--task and --force. Single settings can be changed by --set.")
      }
    } else {
      guard patience == nil || validateSteps != nil else {
        throw ValidationError(
          "--patience counts validations: say when they come, by --validate-steps.")
      }
      guard data != nil else { throw ValidationError("Missing --data, the dataset's folder.") }
      guard budgetOptions.budget != nil else {
        throw ValidationError("Say how long to train: --steps, --epochs, --minutes or --flops.")
      }
    }
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    let agent = try Catalogue.current.learningAgent(named: agent)
    let url = URL(fileURLWithPath: out)
    // A task in another process may not answer.
    stopSignal.endInTime { ProgressLine().note("Interrupted before the first step.") }
    let run = resume ? try resumed(url, agent) : try created(url, agent)
    stopSignal.endsByItself()
    let display = TrainingDisplay(budget: run.configuration.budget)
    let events = try TensorBoardFollower(
      Ranks.world.isFirst ? tensorboard : nil, of: run
    ) { display.warn($0) }
    let end = try run.train(until: stopSignal) {
      display.show($0)
      events.follow($0)
    }
    display.finish()
    if json {
      let newest = try RunFolder(url).checkpoints.newest { _ in }
      let summary = display.summary(
        end, run: url, checkpoint: newest?.folder, best: run.best)
      print(summary.text(.pretty))
    } else {
      print(display.closing(end, run: out, best: run.best))
    }
    if end == .interrupted { throw ExitCode(StopSignal.exitCode) }
  }

  private func created(
    _ url: URL, _ agent: any LearningAgent.Type
  ) throws -> TrainingRun {
    if !force, Ranks.world.isFirst { try RunFolder(url).checkHoldsNoRun() }
    guard let data, let budget = budgetOptions.budget else {
      throw ValidationError("Missing --data or a budget.")
    }
    let folder = try Dataset(URL(fileURLWithPath: data))
    let task = try Catalogue.current.task(of: folder, named: task)
    if !allowLeakage { try folder.refuseLeaks(task) }
    let plan = TrainingPlan(
      agent: agent, settings: try agentOptions.settings(of: agent), data: folder,
      task: task, budget: budget,
      checkpoints: CheckpointInterval(steps: checkpointSteps, minutes: checkpointMinutes ?? 5),
      validation: ValidationPlan(steps: validateSteps, patience: patience),
      seed: seed ?? 1, workers: workers ?? TrainingPlan.allWorkers, ranks: .world)
    return try plan.start(in: url, isReplacing: force)
  }

  private func resumed(
    _ url: URL, _ agent: any LearningAgent.Type
  ) throws -> TrainingRun {
    guard !PackedModel.isPacked(url) else {
      throw GymError(
        "a packed model has no optimizer state, so it cannot be trained further", at: url.path,
        remedy: "Resume the run that it was packed from")
    }
    var configuration = try RunConfiguration(
      contentsOf: RunFolder(url).configurationFile)
    var settings = try configuration.settings(of: agent)
    let before = settings
    try settings.assign(agentOptions.values)
    for name in agent.fixedSettings where settings[name] != before[name] {
      throw GymError(
        "\(name) is \(settings[name]?.description ?? "missing")", at: url.path,
        expected: "\(before[name]?.description ?? "none"), as the run began with",
        remedy: "Start a new run for another \(name)")
    }
    configuration.agentSettings = settings.json
    let batch = configuration.context.batchSize
    guard TrainingDefaults.batchSize(settings) == batch else {
      throw GymError(
        "batch is \(TrainingDefaults.batchSize(settings))", at: url.path,
        expected: "\(batch), as the run began with", remedy: "Start a new run for another batch")
    }
    let data = try Dataset(
      data.map { URL(fileURLWithPath: $0) } ?? configuration.data)
    let split = try data.split("train")
    let hash = try data.contentHash(of: split)
    guard hash == configuration.dataHash else {
      throw GymError(
        "these are not the examples that the run began with", at: split.url.path,
        expected: "the content hash \(configuration.dataHash.prefix(16))…, not \(hash.prefix(16))…",
        remedy: "Name the right dataset by --data, or start a new run")
    }
    configuration.data = data.url.standardizedFileURL
    if let budget = budgetOptions.budget {
      configuration.budget = budget
    } else if configuration.budget == .minutes(0) {
      throw GymError(
        "the run has imported weights and no budget yet", at: url.path,
        remedy: "Say how long to train: --steps, --epochs, --minutes or --flops")
    }
    configuration.context = workersOfRanks(configuration.context)
    if let checkpointSteps { configuration.checkpoints.steps = checkpointSteps }
    if let checkpointMinutes { configuration.checkpoints.minutes = checkpointMinutes }
    if let validateSteps { configuration.validation.steps = validateSteps }
    if let patience { configuration.validation.patience = patience }
    let task = try configuration.task.map {
      try Catalogue.current.task($0, of: RunFolder(url).configurationFile.path)
    }
    if let budget = budgetOptions.budget {
      configuration.context = configuration.context.with(
        plannedSteps: try budget.plannedSteps(
          split, groups: TrainingDefaults.groups(settings, of: split), batchSize: batch))
    }
    return try TrainingPlan.resume(url, configuration, data: data, task: task) {
      try agent.init(settings: settings, context: $0)
    }
  }

  /// A run's context on the present ranks, with its workers if they can be spread evenly.
  private func workersOfRanks(_ context: AgentContext) -> AgentContext {
    let ranks = Ranks.world
    let total = (workers ?? max(1, context.workers / ranks.count)) * ranks.count
    if total != context.workers {
      ProgressLine().note(
        "Note: the run has had \(context.workers) workers and goes on with \(total): sums are "
          + "rounded in another order, so its weights will not be those of a run without a break.")
    }
    return context.with(workers: total, ranks: ranks)
  }
}

extension Dataset {
  /// Rejects a dataset whose test puzzles are in its training data. A resumed run was checked when
  /// it began, and continues only with the same training data.
  func refuseLeaks(_ task: (any Task)?) throws {
    let control = WorkControl(workers: TrainingPlan.allWorkers)
    guard let leak = try LeakageCheck(task: task, control: control).leaks(in: self).first else {
      return
    }
    throw GymError(
      "\(leak.count) examples of the split \(leak.split) are also trained on: its example "
        + "\(leak.example) is example \(leak.trainingExample) of train, up to symmetry",
      at: url.path, expected: "splits that share no puzzle",
      remedy: "Build it from other files, or pass --allow-leakage.")
  }
}
