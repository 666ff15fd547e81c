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
