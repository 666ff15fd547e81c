import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymJSON

/// A run in its folder, ready to train: new, or continuing from its last checkpoint.
///
/// Only one process at a time can train a run. A process that is killed at any moment loses at most
/// the work since the last checkpoint, and a resumed run ends with bit for bit the weights of one
/// that was never interrupted (with a budget in steps or epochs).
///
/// On several ranks, all do the same steps; rank 0 alone writes, and its clock counts.
public final class TrainingRun {
  /// The run's folder.
  public let folder: RunFolder
  /// The configuration, as stored in the folder.
  public let configuration: RunConfiguration
  /// The agent that learns, with the weights of the last step.
  public let agent: any LearningAgent
  private let validation: Evaluation?
  private let ranks: Ranks
  /// These two are rank 0's.
  private let lock: FileLock?
  private let metrics: MetricsLog?
  private var batches: TrainingBatches
  private var clock: TrainingClock
  /// The seconds of training, and whether a stop was requested: the same on all ranks.
  private var now: (seconds: Double, isStopped: Bool)
  private var step: Int
  /// The total cost of all steps.
  private var cost: ComputeCost
  /// The history of validations, and the last score with its step.
  private var history: ValidationHistory
  private var latest: (step: Int, score: ValidationScore)?
  /// The step of the last checkpoint, and the seconds at that time.
  private var saved: (step: Int, seconds: Double)
  /// The good checkpoints of later steps that this process has saved.
  private var added = 0
  /// The configuration before this process changed settings or budget; nil if it did not.
  private let former: RunConfiguration?
  private let damage: [DamagedCheckpoint]
  /// The steps that are not in the log yet.
  private var pending = StepReport()
  /// The first step of this process, and the seconds at that time, from which the rate is computed.
  private var begun: (step: Int, seconds: Double, flops: Double)

  private static let stepsPerLine = 10

  /// The best validation so far and its step; nil if there was none.
  public var best: (step: Int, score: ValidationScore)? {
    history.best.map { (history.bestStep, $0) }
  }

  /// Starts a run in a folder without one, or replaces the existing one.
  ///
  /// - Parameters:
  ///   - preparation: how batches are prepared for the agent.
  ///   - validation: the validation for the configuration's plan, if any; never the split "test",
  ///     whose score must not influence any choice.
  ///   - isReplacing: whether to delete an existing run in the folder.
  public convenience init(
    creating url: URL, _ configuration: RunConfiguration, agent: any LearningAgent,
    split: DatasetSplit, preparation: BatchPreparation? = nil, validation: Evaluation? = nil,
    isReplacing: Bool = false
  ) throws {
    try Self.check(configuration.validation, validation)
    try configuration.agreeOnRanks()
    let folder = RunFolder(url)
    let isFirst = configuration.context.ranks.isFirst
    let lock = isFirst ? try folder.take(isReplacing: isReplacing) : nil
    if isFirst { try FileSystem.create(folder.checkpoints.folder) }
    try self.init(
      folder, lock, configuration, agent: agent, split: split, preparation: preparation,
      validation: validation, state: .start, former: nil, damage: [])
  }

  /// Continues a run from its last intact checkpoint, or from the beginning if there is none yet.
  ///
  /// - Parameters:
  ///   - configuration: the folder's configuration, possibly with a new budget, patience or number
  ///     of workers, or other settings of the agent; what was before is kept in it.
  ///   - agent: made from the configuration, in its initial state.
  public convenience init(
    resuming url: URL, _ configuration: RunConfiguration, agent: any LearningAgent,
    split: DatasetSplit, preparation: BatchPreparation? = nil, validation: Evaluation? = nil
  ) throws {
    try Self.check(configuration.validation, validation)
    try configuration.agreeOnRanks()
    let (folder, ranks) = (RunFolder(url), configuration.context.ranks)
    let lock = ranks.isFirst ? try FileLock(folder: url) : nil
    let store = folder.checkpoints
    var (damage, checkpoint) = ([DamagedCheckpoint](), Checkpoint?.none)
    if ranks.isFirst {
      try store.removeUnfinished()
      checkpoint = try store.newest { damage.append($0) }
    }
    let newest = ranks.gathered([checkpoint?.step ?? -1])[0]
    if !ranks.isFirst, newest >= 0 { checkpoint = try store.checkpoint(ofStep: newest) }
    if let checkpoint {
      try agent.restore(from: checkpoint.agentFolder, forTraining: true)
      guard agent.steps == checkpoint.step else {
        throw GymError(
          "the agent's state is of step \(agent.steps)", at: checkpoint.folder.path,
          expected: "step \(checkpoint.step)")
      }
    }
    for damaged in damage { try store.setAside(damaged) }
    var configuration = configuration
    let stored = try RunConfiguration(contentsOf: folder.configurationFile)
    if let checkpoint { try configuration.checkHasLeft(after: checkpoint.state, unlike: stored) }
    configuration.remember(stored, steps: checkpoint?.step ?? 0)
    try self.init(
      folder, lock, configuration, agent: agent, split: split, preparation: preparation,
      validation: validation, state: checkpoint?.state ?? .start,
      former: configuration.hasPlan(of: stored) ? nil : stored, damage: damage)
  }

  private init(
    _ folder: RunFolder, _ lock: FileLock?, _ configuration: RunConfiguration,
    agent: any LearningAgent, split: DatasetSplit, preparation: BatchPreparation?,
    validation: Evaluation?, state: CheckpointState, former: RunConfiguration?,
    damage: [DamagedCheckpoint]
  ) throws {
    ranks = configuration.context.ranks
    if ranks.isFirst { try configuration.write(to: folder.configurationFile) }
    try ranks.meet(at: folder.configurationFile)
    metrics =
      ranks.isFirst ? try MetricsLog(folder.metricsFile, continuingFrom: state) : nil
    batches = TrainingBatches(
      split, batchSize: configuration.context.batchSize, seed: configuration.context.seed,
      state: state.sampler, preparation: preparation)
    clock = TrainingClock(earlier: state.spending.seconds)
    now = (state.spending.seconds, false)
    step = state.step
    cost = state.spending.cost
    history = state.history
    latest = state.validation.map { (state.step, $0) }
    saved = (state.step, state.spending.seconds)
    begun = (step, state.spending.seconds, cost.flops)
    self.folder = folder
    self.lock = lock
    self.configuration = configuration
    self.agent = agent
    self.validation = validation
    self.former = former
    self.damage = damage
  }

  private static func check(_ plan: ValidationPlan, _ validation: Evaluation?) throws {
    if let validation, validation.split.name == "test" {
      throw GymError(
        "training would be steered by the test split", at: validation.split.url.path,
        expected: "a validation split with other puzzles",
        remedy: "Make one: dataset generate --count train=N,validation=N,test=N --disjoint")
    }
    guard plan.hasTimes || plan.patience != nil else { return }
    guard validation != nil else {
      throw GymError(
        "the run is to be validated, and there is nothing to validate it on",
        expected: "a dataset with a split \"validation\", of a task that is known",
        remedy: "Make such a split, or leave --validate-steps and --patience out")
    }
    guard plan.hasTimes else {
      throw GymError(
        "patience counts validations, and it is not said when they come",
        remedy: "Say so by --validate-steps")
    }
  }

  /// Trains until the budget is used up, validation no longer improves or a stop is requested, then
  /// saves.
  ///
  /// - Throws: a `GymError` if a state cannot be saved, or the loss is not finite; the last good
  ///   checkpoint is kept. Settings that fail before they have led to one are taken back.
  public func train(
    until stopSignal: StopSignal, report: (TrainingEvent) -> Void
  ) throws -> TrainingEnd {
    for damaged in damage { report(.foundDamage(damaged)) }
    begun = (step, clock.seconds, cost.flops)
    report(.started(progress, parameters: agent.parameterCount))
    // An interruption may have preceded a validation that was due. Its checkpoint gets the score at
    // once, so that resuming again does not repeat the validation.
    agree(stopSignal)
    if isValidationDue {
      _ = try validate(until: stopSignal, report)
      if latest?.step == step { try saveState(until: stopSignal, report) }
    }
    // If a stop prevents that validation again, a further step would leave it out for good.
    while !isComplete, !(now.isStopped && isValidationDue) {
      do {
        try takeStep(report)
      } catch {
        // The error of the step is the one to report.
        if ranks.isFirst, added == 0 { try? former?.write(to: folder.configurationFile) }
        throw error
      }
      agree(stopSignal)
      let isDue = configuration.checkpoints.isDue(
        steps: step - saved.step, seconds: now.seconds - saved.seconds)
      let isBest = isValidationDue ? try validate(until: stopSignal, report) : false
      if now.isStopped { break }
      if isDue || isBest { try save(until: stopSignal, report) }
      agree(stopSignal)
    }
    if step > saved.step { try save(until: stopSignal, report) }
    // A validation that is still due was skipped because of a stop.
    if isValidationDue { return .interrupted }
    return isSpent ? .completed : isStale ? .stoppedEarly : .interrupted
  }

  /// Reads the clock and the stop request; on several ranks, rank 0's clock and the requests of all
  /// count.
  private func agree(_ stopSignal: StopSignal) {
    let all = ranks.gathered([Moment(clock.seconds, stopSignal.isRequested)])
    now = (all[0].seconds, now.isStopped || all.contains(where: \.isStopped))
  }

  private var isComplete: Bool { isSpent || isStale }

  /// Whether validation has not improved for long enough.
  private var isStale: Bool {
    configuration.validation.patience.map { history.stale >= $0 } ?? false
  }

  private var spending: ResourceUsage { ResourceUsage(cost: cost, seconds: now.seconds) }

  private var isSpent: Bool { configuration.isSpent(step: step, spending) }

  /// The share of the budget used.
  private var share: Double { configuration.shareUsed(step: step, spending) }

  private func takeStep(_ report: (TrainingEvent) -> Void) throws {
    let batch = try batches.next(progress: share)
    let result: StepReport
    do {
      result = try agent.learn(from: batch)
    } catch let error as GymError {
      try writePending(report)
      throw GymError(
        error.what, at: error.location ?? folder.url.path, expected: error.expected,
        remedy: [try lastCheckpoint(), error.remedy].compactMap { $0 }.joined(separator: ". "))
    }
    guard result.loss.isFinite else { throw try notFinite(report) }
    step += 1
    cost += result.cost.bounded
    if case .flops = configuration.budget, cost.flops == 0 {
      throw GymError(
        "the agent counts no floating-point operations", at: folder.url.path,
        remedy: "Give it steps or minutes instead")
    }
    pending.add(result)
    if step % Self.stepsPerLine == 0 { try writePending(report) }
    report(.stepped(result, progress))
  }

  /// Whether this step should be validated and has not been yet.
  private var isValidationDue: Bool {
    guard step > 0, latest?.step != step else { return false }
    let plan = configuration.validation
    if let every = plan.steps { return step % every == 0 }
    return plan.parts.map { Int(share * Double($0)) > history.count } ?? false
  }

  /// Solves the validation split, if there is one and no stop was requested; returns whether the
  /// result is the best so far. If it fails, the state is saved first.
  private func validate(
    until stopSignal: StopSignal, _ report: (TrainingEvent) -> Void
  ) throws -> Bool {
    guard let validation, !now.isStopped else { return false }
    try writePending(report)
    let score: Score
    do {
      score = try clock.paused {
        try validation.run(
          [agent], journal: AnswerJournal(nil, ranks: ranks),
          report: { _ in
            now.isStopped = now.isStopped || ranks.anyone(stopSignal.isRequested)
            return !now.isStopped
          })
      }
    } catch {
      // Other ranks may not have failed.
      if step > saved.step, !ranks.areSeveral {
        do {
          try saveState(until: stopSignal, report)
        } catch let failure {
          throw GymError(
            "the validation of step \(step) failed: \(error.reason); then \(failure.reason)",
            at: folder.url.path)
        }
      }
      throw error
    }
    guard score.asked == validation.count else { return false }
    latest = (step, ValidationScore(score))
    let isBest = history.add(ValidationScore(score), step: step)
    try log(history.metricsLine(score, step: step), report)
    report(.validated(score, step: step))
    return isBest
  }

  private func save(
    until stopSignal: StopSignal, _ report: (TrainingEvent) -> Void
  ) throws {
    if !configuration.validation.hasTimes {
      _ = try validate(until: stopSignal, report)
    }
    try saveState(until: stopSignal, report)
  }

  private func saveState(
    until stopSignal: StopSignal, _ report: (TrainingEvent) -> Void
  ) throws {
    try writePending(report)
    try metrics?.flush()
    agree(stopSignal)
    let state = CheckpointState(
      step: step, sampler: batches.state, spending: spending,
      validation: latest.flatMap { $0.step == step ? $0.score : nil }, history: history)
    let url = try folder.checkpoints.save(state, of: agent, ranks: ranks)
    if step > saved.step { added += 1 }
    saved = (step, spending.seconds)
    report(.saved(url, step: step))
  }

  private func writePending(_ report: (TrainingEvent) -> Void) throws {
    guard pending.steps > 0 else { return }
    try log(pending.metricsLine(progress), report)
    pending = StepReport()
  }

  private func log(_ line: JSON, _ report: (TrainingEvent) -> Void) throws {
    try metrics?.write(line)
    report(.logged(line))
  }

  /// The error for a loss that is not finite. A checkpoint that this process saved just before
  /// contains the weights that caused it, so it is not good and is deleted. One that it began with
  /// is kept: other settings may be the cause.
  private func notFinite(_ report: (TrainingEvent) -> Void) throws -> GymError {
    let store = folder.checkpoints
    if added > 0, saved.step == step {
      added -= 1
      if ranks.isFirst, let newest = try store.folders().first { try store.delete(newest) }
    }
    try writePending(report)
    return GymError(
      "the loss of step \(step + 1), or its gradient, is not finite", at: folder.url.path,
      expected: "finite numbers",
      remedy: [try lastCheckpoint(), "Start again with a lower learning rate, or more warm-up"]
        .compactMap { $0 }.joined(separator: ". "))
  }

  /// A sentence about the newest checkpoint, if there is one, and about what is taken back.
  private func lastCheckpoint() throws -> String? {
    let takenBack = former != nil && added == 0 ? ", and the change of settings is taken back" : ""
    return try folder.checkpoints.folders().first.map {
      "The last good checkpoint, \($0.lastPathComponent), is kept\(takenBack)"
    }
  }

  /// The progress so far.
  public var progress: TrainingProgress {
    let seconds = clock.seconds
    let planned: Int?
    let left: Double?
    switch configuration.budget {
    case .minutes(let minutes):
      planned = nil
      left = max(0, minutes * 60 + configuration.imported.seconds - seconds)
    case .flops(let flops):
      planned = share > 0 ? max(step, Int((Double(step) / share).rounded())) : nil
      let spent = cost.flops - begun.flops
      left =
        spent > 0
        ? (seconds - begun.seconds) / spent
          * max(0, flops + configuration.imported.cost.flops - cost.flops) : nil
    case .steps, .epochs:
      planned = configuration.context.plannedSteps
      let taken = step - begun.step
      left =
        taken > 0
        ? (seconds - begun.seconds) / Double(taken) * Double(max(0, (planned ?? step) - step)) : nil
    }
    return TrainingProgress(
      step: step, epoch: batches.state.epoch, seconds: seconds, cost: cost, plannedSteps: planned,
      secondsLeft: left)
  }
}

/// A rank's clock and stop request.
private struct Moment: BitwiseCopyable {
  let seconds: Double
  let isStopped: Bool

  init(_ seconds: Double, _ isStopped: Bool) {
    (self.seconds, self.isStopped) = (seconds, isStopped)
  }
}

extension RunConfiguration {
  /// Makes sure that all ranks have the same run before them.
  fileprivate func agreeOnRanks() throws {
    var facts = json.object ?? [:]
    facts["data"] = .string(dataHash)
    try context.ranks.agree(on: .object(facts))
  }
}
