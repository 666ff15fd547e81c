import Gym

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
