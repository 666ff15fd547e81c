import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymReports

extension Comparison {
  /// The number of validations of an agent while it learns.
  private static let validations = 10

  /// Trains an entry's agent, from the beginning or from its last checkpoint.
  func train(
    _ participant: ComparisonParticipant, _ type: any LearningAgent.Type, _ settings: Settings,
    _ entry: ComparisonRun, _ stopSignal: StopSignal, _ report: (TrainingEvent) -> Void
  ) throws -> (any LearningAgent, TrainingEnd) {
    let url = runFolder(of: entry)
    let folder = RunFolder(url)
    let stored =
      folder.holdsRun ? try RunConfiguration(contentsOf: folder.configurationFile) : nil
    let training = trainingPlan(type, settings, seed: entry.seed ?? 1, stored: stored)
    let run: TrainingRun
    if let stored {
      var wanted = try training.configuration()
      wanted.context = wanted.context.with(workers: stored.context.workers)
      wanted.data = stored.data
      // Runs of earlier versions do not know it.
      if stored.validationHash == nil { wanted.validationHash = nil }
      guard wanted.json == stored.json else {
        throw GymError(
          "the run is not the one that the comparison began", at: url.path,
          remedy: "Delete its folder to have it trained again")
      }
      run = try TrainingPlan.resume(url, wanted, data: training.data, task: training.task) {
        try participant.agent(type, settings, $0)
      }
    } else {
      // Files of a process that was killed before its first file was complete.
      try FileSystem.remove(url)
      run = try training.start(in: url) { try participant.agent(type, settings, $0) }
    }
    return (run.agent, try run.train(until: stopSignal, report: report))
  }

  /// The plan of a run, with the comparison's budget or, if that counts operations and the agent
  /// does not, one epoch.
  private func trainingPlan(
    _ type: any LearningAgent.Type, _ settings: Settings, seed: UInt64, stored: RunConfiguration?
  ) -> TrainingPlan {
    var budget = stored?.budget ?? plan.budget
    if case .flops = budget, !type.countsOperations { budget = .epochs(1) }
    let validates = plan.data.splits.contains { $0.name == "validation" }
    return TrainingPlan(
      agent: type, settings: settings, data: plan.data, task: plan.evaluation.task, budget: budget,
      validation: ValidationPlan(parts: validates ? Self.validations : nil), seed: seed,
      workers: plan.workers)
  }
}

extension Comparison {
  /// The estimated seconds left for the whole comparison while an entry trains; nil if unknown yet.
  func secondsLeft(in entry: ComparisonRun, after progress: TrainingProgress?) -> Double? {
    guard let progress, let left = progress.secondsLeft else { return nil }
    let current = progress.seconds + left
    return plan.entries.dropFirst(entry.number).reduce(left + solvingSeconds(of: entry.label)) {
      sum, later in
      if results[later.name] != nil { return sum }
      return sum + (expected(of: later) ?? current + solvingSeconds(of: later.label))
    }
  }

  /// The expected duration of an entry: from earlier entries of the same participant, or else from
  /// the budget.
  private func expected(of entry: ComparisonRun) -> Double? {
    let own = plan.entries.compactMap {
      $0.label == entry.label ? results[$0.name]?.wallSeconds : nil
    }
    if !own.isEmpty { return own.reduce(0, +) / Double(own.count) }
    if entry.seed == nil { return solvingSeconds(of: entry.label) }
    if case .minutes(let minutes) = plan.budget {
      return minutes * 60 + solvingSeconds(of: entry.label)
    }
    return nil
  }

  /// The expected duration of solving, from this participant's earlier entries or those of others.
  private func solvingSeconds(of label: String) -> Double {
    let own = plan.entries.compactMap {
      $0.label == label ? results[$0.name]?.usage.solving.seconds : nil
    }
    let known = own.isEmpty ? results.values.map(\.usage.solving.seconds) : own
    return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
  }
}

extension Comparison {
  /// The learning curves of all runs as a chart: accuracy against the unit of the budget, with a
  /// mark for the trained agent's result on the held-out puzzles.
  package func curves() throws -> ChartFile {
    var (lines, isValidation) = ([LineChart.Line](), true)
    var places: [String: Int] = [:]
    for entry in plan.entries where entry.seed != nil {
      let style = LineStyle(place: places[entry.label, default: places.count])
      places[entry.label] = style.place
      let file = RunFolder(runFolder(of: entry)).metricsFile
      let isThere = FileManager.default.fileExists(atPath: file.path)
      let curve = LearningCurve.accuracies(
        of: isThere ? try LearningCurve.points(metrics: file) : [])
      isValidation = isValidation && curve.isValidation
      let points = curve.points.map { LineChart.Point(x: x($0.point), y: $0.accuracy) }
      lines.append(.init(name: entry.label, style: style, points: [.init(x: 0, y: 0)] + points))
      if let result = results[entry.name], let training = result.usage.training {
        let end = LearningCurve.Point(
          step: result.steps, seconds: training.seconds, flops: training.cost.flops)
        lines.append(
          .init(
            name: entry.label, style: style, points: [.init(x: x(end), y: result.tally.share)],
            isJoined: false))
      }
    }
    let puzzles = isValidation ? "validation" : "training"
    return ChartFile(
      chart: LineChart(
        name: "curves", title: "Learning curves", lines: lines, xTitle: xTitle,
        nameLimit: min(60, max(22, places.keys.map(\.displayWidth).max() ?? 0))),
      caption:
        "Learning curves: \(puzzles) puzzles solved completely while learning, a line for each "
        + "seed. Marks alone: the held-out puzzles at the end.")
  }

  private func x(_ point: LearningCurve.Point) -> Double {
    switch plan.budget {
    case .minutes: (point.seconds ?? 0) / 60
    case .flops: point.flops ?? 0
    case .steps, .epochs: Double(point.step)
    }
  }

  private var xTitle: String {
    switch plan.budget {
    case .minutes: "Minutes of training"
    case .flops: "FLOPs of training"
    case .steps, .epochs: "Training steps"
    }
  }
}
