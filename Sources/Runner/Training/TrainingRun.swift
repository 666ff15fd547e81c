import Datasets
import Foundation
import Gym
import JSON

/// A run in its folder, ready to train: new, or going on from its last checkpoint.
///
/// One process at a time may train a run. A process that is killed at any moment loses at most
/// the work since the last checkpoint, and a run that goes on ends with bit for bit the weights
/// of one that was never interrupted (with a budget in steps or epochs).
public final class TrainingRun {
  public let folder: RunFolder
  public let configuration: RunConfiguration
  private let agent: any LearningAgent
  private let split: DatasetSplit
  private let validation: Evaluation?
  private let lock: FolderLock
  private let metrics: MetricsLog
  private var sampler: BatchSampler
  private var clock: TrainingClock
  private var step: Int
  /// The step of the last checkpoint, and the seconds then.
  private var saved: (step: Int, seconds: Double)
  private let damage: [DamagedCheckpoint]
  /// The steps that are not in the log yet.
  private var pending = StepReport()
  /// The first step that this process took, and the seconds then: what the rate is told from.
  private var begun: (step: Int, seconds: Double)

  private static let stepsPerLine = 10

  /// Starts a run in a folder that holds none, or in place of the one that is there.
  ///
  /// - Parameters:
  ///   - validation: what is measured at each checkpoint, if anything.
  ///   - isReplacing: whether a run that the folder holds is deleted.
  public convenience init(
    creating url: URL, _ configuration: RunConfiguration, agent: any LearningAgent,
    split: DatasetSplit, validation: Evaluation? = nil, isReplacing: Bool = false
  ) throws {
    let folder = RunFolder(url)
    try DiskFolder.create(url)
    let lock = try FolderLock(url)
    if folder.holdsRun {
      guard isReplacing else {
        throw GymError(
          "there is a run already", at: url.path,
          remedy: "Go on with it by --resume, replace it by --force, or name another folder")
      }
      try folder.clear()
    }
    try folder.checkIsFree()
    try DiskFolder.create(folder.checkpoints.folder)
    try self.init(
      folder, lock, configuration, agent: agent, split: split, validation: validation,
      state: .start, damage: [])
  }

  /// Goes on with a run from its last checkpoint that is whole, or from the beginning where there
  /// is none yet.
  ///
  /// - Parameters:
  ///   - configuration: the folder's, with a new budget or number of workers where wanted.
  ///   - agent: made from the configuration, in its first state.
  public convenience init(
    resuming url: URL, _ configuration: RunConfiguration, agent: any LearningAgent,
    split: DatasetSplit, validation: Evaluation? = nil
  ) throws {
    let folder = RunFolder(url)
    let lock = try FolderLock(url)
    let store = folder.checkpoints
    var damage: [DamagedCheckpoint] = []
    let checkpoint = try store.newest { damage.append($0) }
    if let checkpoint {
      try agent.restore(from: checkpoint.agentFolder, forTraining: true)
      guard agent.steps == checkpoint.step else {
        throw GymError(
          "the agent's state is of step \(agent.steps)", at: checkpoint.folder.path,
          expected: "step \(checkpoint.step)")
      }
    }
    try store.removeUnfinished()
    for damaged in damage { try store.setAside(damaged) }
    try self.init(
      folder, lock, configuration, agent: agent, split: split, validation: validation,
      state: checkpoint?.state ?? .start, damage: damage)
  }

  private init(
    _ folder: RunFolder, _ lock: FolderLock, _ configuration: RunConfiguration,
    agent: any LearningAgent, split: DatasetSplit, validation: Evaluation?,
    state: CheckpointState, damage: [DamagedCheckpoint]
  ) throws {
    try configuration.write(to: folder.configurationFile)
    metrics = try MetricsLog(folder.metricsFile, keepingThrough: state.step)
    sampler = BatchSampler(
      split, batchSize: configuration.context.batchSize, seed: configuration.context.seed,
      state: state.sampler)
    clock = TrainingClock(earlier: state.seconds)
    step = state.step
    saved = (state.step, state.seconds)
    begun = saved
    self.folder = folder
    self.lock = lock
    self.configuration = configuration
    self.agent = agent
    self.split = split
    self.validation = validation
    self.damage = damage
  }

  /// Trains until the budget is used up or somebody asks for a stop, then saves.
  ///
  /// - Throws: a `GymError` where a state cannot be saved, or the loss is no longer a number; the
  ///   last good checkpoint stays.
  public func train(
    until interruption: Interruption, report: (TrainingEvent) -> Void
  ) throws -> TrainingEnd {
    for damaged in damage { report(.foundDamage(damaged)) }
    begun = (step, clock.seconds)
    report(.started(progress, parameters: agent.parameterCount))
    while !isComplete {
      try takeStep(report)
      let seconds = clock.seconds
      if interruption.isRequested { break }
      if configuration.checkpoints.isDue(
        steps: step - saved.step, seconds: seconds - saved.seconds)
      {
        try save(report)
      }
    }
    if step > saved.step { try save(report) }
    return isComplete ? .completed : .interrupted
  }

  private var isComplete: Bool {
    switch configuration.budget {
    case .minutes(let minutes): clock.seconds >= minutes * 60
    case .steps, .epochs: step >= configuration.context.plannedSteps ?? 0
    }
  }

  private func takeStep(_ report: (TrainingEvent) -> Void) throws {
    let batch = try split.batch(sampler.next())
    let result: StepReport
    do {
      result = try agent.learn(from: batch)
    } catch let error as GymError {
      try writePending()
      throw GymError(
        error.what, at: error.location ?? folder.url.path, expected: error.expected,
        remedy: [try lastCheckpoint(), error.remedy].compactMap { $0 }.joined(separator: ". "))
    }
    guard result.loss.isFinite else { throw try notFinite(result.loss) }
    step += 1
    pending.add(result)
    if step % Self.stepsPerLine == 0 { try writePending() }
    report(.stepped(result, progress))
  }

  private func save(_ report: (TrainingEvent) -> Void) throws {
    try writePending()
    let score = try clock.paused { try validation?.run(agent) }
    if let score {
      try metrics.write(["step": .integer(Int64(step)), "validation": score.json])
      report(.validated(score, step: step))
    }
    try metrics.flush()
    let state = CheckpointState(
      step: step, sampler: sampler.state, seconds: clock.seconds,
      validation: score?.exactAccuracy)
    let url = try folder.checkpoints.save(state, of: agent)
    saved = (step, state.seconds)
    report(.saved(url, step: step))
  }

  private func writePending() throws {
    guard pending.steps > 0 else { return }
    try metrics.write(pending.metricsLine(progress))
    pending = StepReport()
  }

  /// The error of a loss that is no number. A checkpoint taken just before holds the weights that
  /// gave it, so it is not a good one and goes.
  private func notFinite(_ loss: Double) throws -> GymError {
    let store = folder.checkpoints
    if saved.step == step, let newest = try store.folders().first {
      try store.delete(newest)
    }
    try writePending()
    return GymError(
      "the loss of step \(step + 1) is \(loss)", at: folder.url.path, expected: "a finite number",
      remedy: [try lastCheckpoint(), "Start again with a lower learning rate, or more warm-up"]
        .compactMap { $0 }.joined(separator: ". "))
  }

  /// A sentence about the newest checkpoint, where there is one.
  private func lastCheckpoint() throws -> String? {
    try folder.checkpoints.folders().first.map {
      "The last good checkpoint, \($0.lastPathComponent), is kept"
    }
  }

  private var progress: TrainingProgress {
    let seconds = clock.seconds
    let planned: Int?
    let left: Double?
    switch configuration.budget {
    case .minutes(let minutes):
      planned = nil
      left = max(0, minutes * 60 - seconds)
    case .steps, .epochs:
      planned = configuration.context.plannedSteps
      let taken = step - begun.step
      left =
        taken > 0
        ? (seconds - begun.seconds) / Double(taken) * Double(max(0, (planned ?? step) - step)) : nil
    }
    return TrainingProgress(
      step: step, epoch: sampler.state.epoch, seconds: seconds, plannedSteps: planned,
      secondsLeft: left)
  }
}
