import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymJSON

/// A comparison in its folder: `compare.json`, a folder for each entry under `runs/`, and at the
/// end `summary.json`.
///
/// An entry is finished as soon as its `result.json` exists, so a comparison that was interrupted
/// or killed continues where it stopped, and repeats nothing.
public final class Comparison {
  /// The comparison's folder.
  public let folder: URL
  /// The agents to compare, and the puzzles.
  public let plan: ComparisonPlan
  private let ranks: Ranks
  /// Rank 0's.
  private let lock: FileLock?
  private let planJSON: JSON
  let clock = ContinuousClock()
  /// The results so far, by the entries' names.
  var results: [String: ComparisonResult] = [:]
  /// The summary, available as soon as everything is done, whether or not it could be written.
  public private(set) var summary: ComparisonSummary?
  /// The number of finished entries, and the total number of answered puzzles.
  public private(set) var answered = (entries: 0, puzzles: 0)

  /// How to treat a folder that already contains a comparison.
  public enum Opening: Sendable, Hashable {
    /// Reject it.
    case new
    /// Continue it; start one if there is none yet.
    case resuming
    /// Delete it.
    case replacing
  }

  /// The file with the summary, once everything is done.
  public var summaryFile: URL { folder.appendingPathComponent("summary.json") }
  private var planFile: URL { Self.planFile(in: folder) }
  private var runs: URL { Self.runs(in: folder) }

  private static func planFile(in folder: URL) -> URL {
    folder.appendingPathComponent("compare.json")
  }

  private static func runs(in folder: URL) -> URL { folder.appendingPathComponent("runs") }

  /// Whether a folder contains a comparison that can be continued.
  public static func exists(in folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: planFile(in: folder).path)
  }

  /// The budget of each agent in a folder's comparison; nil if there is none.
  public static func budget(in folder: URL) throws -> Budget? {
    guard exists(in: folder) else { return nil }
    let file = planFile(in: folder)
    return try Budget(JSONFields(JSON(contentsOf: file), at: file.path).fields("budget"))
  }

  /// Checks in advance that a comparison may be opened in a folder.
  ///
  /// - Throws: a `GymError` if the folder contains another one to keep, or something else under the
  ///   names of a comparison.
  public static func check(_ folder: URL, _ opening: Opening) throws {
    let (plan, runs) = (planFile(in: folder), runs(in: folder))
    if exists(in: folder) {
      guard opening == .new, try !FileSystem.files(under: runs).isEmpty else { return }
      throw GymError(
        "there is a comparison already", at: folder.path,
        remedy: "Continue it with --resume, replace it with --force, or name another folder")
    }
    guard !FileManager.default.fileExists(atPath: runs.path) else {
      throw GymError(
        "runs is here, but no \(plan.lastPathComponent)", at: folder.path,
        expected: "an empty or new folder, or one with a comparison")
    }
  }

  /// Opens a comparison's folder.
  ///
  /// - Parameter ranks: the processes that share the entries.
  /// - Throws: a `GymError` if the folder contains a different comparison from the one to continue.
  public init(
    in folder: URL, _ plan: ComparisonPlan, opening: Opening, ranks: Ranks = .alone
  ) throws {
    self.folder = folder
    self.plan = plan
    self.ranks = ranks
    planJSON = try plan.json()
    try ranks.agree(on: planJSON)
    guard ranks.isFirst else {
      lock = nil
      try ranks.meet(at: planFile)
      return
    }
    try Self.check(folder, opening)
    try FileSystem.create(folder)
    lock = try FileLock(folder: folder)
    if FileManager.default.fileExists(atPath: planFile.path) {
      // One that ended before its first step, since an agent was refused, holds nothing to keep.
      let isEmpty = try FileSystem.files(under: runs).isEmpty
      if opening == .resuming, !isEmpty { try checkIsSame() } else { try clear() }
    }
    try planJSON.write(to: planFile)
    try FileSystem.create(runs)
    try ranks.meet(at: planFile)
  }

  private func checkIsSame() throws {
    let stored = try JSON(contentsOf: planFile)
    let changed = (planJSON.object?.names ?? []).filter { stored[$0] != planJSON[$0] }
    guard changed.isEmpty else {
      // The file keeps the name that comparisons had for participants in its first format.
      let names = changed.map { $0 == "contestants" ? "participants" : $0 }
      throw GymError(
        "this is not the comparison that began here: other \(names.joined(separator: ", "))",
        at: folder.path, expected: "what \(planFile.lastPathComponent) says",
        remedy: "Give the same arguments as then, or another folder by --out")
    }
  }

  /// Deletes the files of the folder's comparison, except its data.
  private func clear() throws {
    // The plan goes last: while it exists, the folder is known to contain a comparison.
    for file in [summaryFile, runs, planFile] { try FileSystem.remove(file) }
  }

  /// Does the remaining work, entry by entry. Several ranks take entries as they become free.
  ///
  /// - Returns: the summary; nil if a stop was requested before the end.
  public func run(
    until stopSignal: StopSignal, report: (ComparisonEvent) -> Void
  ) throws -> ComparisonSummary? {
    let claims = try ComparisonClaims(
      in: runs.appendingPathComponent(".claims"), ranks: ranks)
    let isDone = try runEntries(claims, until: stopSignal) {
      Ranks.tellIfAsked()
      report($0)
    }
    guard try gather(on: ranks, isDone: isDone) else { return nil }
    try claims.remove()
    let summary = ComparisonSummary(plan, results)
    self.summary = summary
    if ranks.isFirst { try summary.json(planJSON).write(to: summaryFile) }
    return summary
  }

  /// Does what remains and no other rank does; returns whether it was not stopped.
  private func runEntries(
    _ claims: ComparisonClaims, until stopSignal: StopSignal,
    _ report: (ComparisonEvent) -> Void
  ) throws -> Bool {
    for entry in plan.entries {
      if stopSignal.isRequested { return false }
      let file = runFolder(of: entry).appendingPathComponent("result.json")
      if FileManager.default.fileExists(atPath: file.path) {
        let result = try ComparisonResult(contentsOf: file)
        results[entry.name] = result
        count(result)
        report(.finished(entry, result, isEarlier: true))
        continue
      }
      guard try claims.take(entry),
        let participant = plan.participants.first(where: { $0.label == entry.label })
      else { continue }
      report(.began(entry))
      let result: ComparisonResult? = try GymError.located(entry.name) {
        try run(participant, entry, until: stopSignal, report)
      }
      guard let result else { return false }
      // Reported first: the result is known even if it cannot be written.
      report(.finished(entry, result, isEarlier: false))
      try result.json.write(to: file)
      results[entry.name] = result
      count(result)
    }
    return true
  }

  private func run(
    _ participant: ComparisonParticipant, _ entry: ComparisonRun, until stopSignal: StopSignal,
    _ report: (ComparisonEvent) -> Void
  ) throws -> ComparisonResult? {
    let start = clock.now
    switch participant.kind {
    case .ready(let agent, let checkpoint):
      try FileSystem.create(runFolder(of: entry))
      guard let score = try solve(agent, entry, stopSignal, report) else { return nil }
      return ComparisonResult(
        steps: checkpoint?.step ?? 0,
        usage: usage(agent, training: checkpoint?.training, score), score: score,
        wallSeconds: (clock.now - start) / .seconds(1))
    case .learning(let type, let settings):
      var progress: TrainingProgress?
      let (agent, end) = try train(participant, type, settings, entry, stopSignal) { event in
        switch event {
        case .started(let now, _), .stepped(_, let now): progress = now
        default: break
        }
        report(.training(entry, event, secondsLeft: secondsLeft(in: entry, after: progress)))
      }
      guard end == .completed, let progress,
        let score = try solve(agent, entry, stopSignal, report)
      else { return nil }
      let training = ResourceUsage(cost: progress.cost, seconds: progress.seconds)
      // The time that earlier processes spent on checkpoints is unknown; that for training is
      // known.
      let wall = max((clock.now - start) / .seconds(1), progress.seconds + score.solving.seconds)
      return ComparisonResult(
        steps: progress.step, usage: usage(agent, training: training, score), score: score,
        wallSeconds: wall)
    }
  }

  private func count(_ result: ComparisonResult) {
    answered.entries += 1
    answered.puzzles += result.tally.count
  }

  private func usage(_ agent: any Agent, training: ResourceUsage?, _ score: Score) -> AgentUsage {
    AgentUsage(
      parameters: agent.parameterCount, training: training, solving: score.solving,
      puzzles: score.asked)
  }

  private func solve(
    _ agent: any Agent, _ entry: ComparisonRun, _ stopSignal: StopSignal,
    _ report: (ComparisonEvent) -> Void
  ) throws -> Score? {
    let folder = runFolder(of: entry)
    let aside = folder.appendingPathComponent(".predictions.partial")
    let answers = folder.appendingPathComponent("answers.partial")
    let writer = try JSONLinesWriter(to: aside, .replacing)
    let journal = try Journal(
      answers, of: ["entry": .string(entry.name), "plan": planJSON],
      resuming: FileManager.default.fileExists(atPath: answers.path))
    let score = try plan.evaluation.run(
      [agent], journal: AnswerJournal(journal), stop: stopSignal.stop,
      keep: { try writer.write($0) }
    ) { done in
      report(.solving(entry, done: done, of: plan.evaluation.count))
      return !stopSignal.isRequested
    }
    try writer.close()
    guard score.asked == plan.evaluation.count else {
      answered.puzzles += score.asked
      return nil
    }
    try FileSystem.rename(aside, to: folder.appendingPathComponent(Self.predictionsName))
    try FileSystem.remove(answers)
    return score
  }

  /// The folder of an entry.
  public func runFolder(of entry: ComparisonRun) -> URL {
    runs.appendingPathComponent(entry.name)
  }
}

extension Comparison {
  /// The result of an entry, once it is done.
  public func result(of entry: ComparisonRun) -> ComparisonResult? { results[entry.name] }

  /// The answers of a finished entry, as JSON lines.
  public func predictionsFile(of entry: ComparisonRun) -> URL {
    runFolder(of: entry).appendingPathComponent(Self.predictionsName)
  }

  static let predictionsName = "predictions.jsonl"
}
