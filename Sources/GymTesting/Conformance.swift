import Gym

/// Checks that every plug-in can use: one call tests a task or an agent against its contracts.
///
/// ```swift
/// @Test func conforms() {
///   #expect(Conformance.check(LightsOut.self, variants: [[:], ["size": "7"]]).isEmpty)
/// }
/// ```
/// A plug-in that traps ends the test process: that, too, is a failure to conform.
public enum Conformance {
  /// Checks that a task keeps its contract.
  ///
  /// - Parameters:
  ///   - variants: the settings to check, each by name and text; `[:]` is every default.
  ///   - effort: how much work to do.
  ///   - seed: the seed of all randomness here; the same seed finds the same failures.
  public static func check<Subject: Task>(
    _ type: Subject.Type, variants: [[String: String]] = [[:]],
    effort: ConformanceEffort = .standard, seed: UInt64 = 1
  ) -> ConformanceReport {
    var report = ConformanceReport()
    for variant in variants {
      let log = FailureLog(subject: Subject.id.description, variant: variant)
      log.inspect(summary: Subject.summary)
      if let settings = log.inspect(Subject.settings, variant: variant),
        let task = log.making(.construction, { try Subject(settings: settings) })
      {
        log.expect(
          task.settings == settings, .settings,
          "made from \(settings.json.text()), it says \(task.settings.json.text())")
        var inspection = TaskInspection(task: task, effort: effort, seed: seed, log: log)
        _ = log.making(.acceptance) { try inspection.run() }
      }
      report.append(log.report)
    }
    return report
  }

  /// Checks that one task keeps its contract, whatever made it: also a process.
  public static func check(
    _ task: some Task, effort: ConformanceEffort = .quick, seed: UInt64 = 1
  ) -> ConformanceReport {
    let log = FailureLog(subject: task.id.description, variant: [:])
    log.inspect(summary: task.summary)
    var inspection = TaskInspection(task: task, effort: effort, seed: seed, log: log)
    _ = log.making(.acceptance) { try inspection.run() }
    return log.report
  }
}

extension Conformance {
  /// Checks that an agent keeps its contract and, if it learns, that of learning agents.
  ///
  /// - Parameters:
  ///   - variants: the settings to check, each by name and text; `[:]` is every default. Choose
  ///     small ones: an agent is made, trained a few steps and restored many times.
  ///   - context: the tokens and grid to work on. The questions are random.
  ///   - seed: the seed of all randomness here; the same seed finds the same failures.
  public static func check<Subject: Agent>(
    _ type: Subject.Type, variants: [[String: String]] = [[:]],
    context: AgentContext = AgentContext(
      vocabularyCount: 6, grid: GridShape(rows: 3, columns: 4), exchangeable: [2, 4, 5],
      puzzleIdentifiers: 3, batchSize: 5, plannedSteps: 20, seed: 1, workers: 2),
    seed: UInt64 = 1
  ) -> ConformanceReport {
    var report = ConformanceReport()
    for variant in variants {
      let log = FailureLog(subject: Subject.id.description, variant: variant)
      log.inspect(summary: Subject.summary)
      if let settings = log.inspect(Subject.settings, variant: variant) {
        let inspection = AgentInspection(
          settings: settings, context: context, seed: seed, log: log,
          make: { try Subject(settings: settings, context: $0) })
        inspection.run()
        inspectLearning(inspection)
      }
      inspectPresets(of: Subject.self, log)
      report.append(log.report)
    }
    return report
  }

  private static func inspectLearning<Subject: Agent>(
    _ inspection: AgentInspection<Subject>
  ) {
    guard let learner = Subject.self as? any LearningAgent.Type else { return }
    func open<Learner: LearningAgent>(_ type: Learner.Type) {
      AgentInspection<Learner>(
        settings: inspection.settings, context: inspection.context, key: inspection.key,
        log: inspection.log,
        make: { try Learner(settings: inspection.settings, context: $0) }
      ).runLearning()
    }
    open(learner)
  }

  private static func inspectPresets<Subject: Agent>(
    of type: Subject.Type, _ log: FailureLog
  ) {
    for preset in Subject.presets {
      _ = log.making(.settings) {
        var settings = Settings(Subject.settings)
        for (name, value) in preset.values { try settings.set(name, to: value.json) }
        return settings
      }
    }
  }
}
