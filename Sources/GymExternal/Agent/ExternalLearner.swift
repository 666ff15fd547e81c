import Foundation
import Gym
import GymJSON

/// An agent in an external process that also learns: version 3 of the protocol, which adds the
/// requests `learn`, `save` and `restore`.
///
/// ```
/// → {"id":7,"do":"learn","questions":["53..7…",…],"labels":["534678…",…],"identifiers":[0,…],
///    "left":0.98}
/// ← {"id":7,"loss":1.93,"operations":2.1e9,"exact":0}
/// → {"id":8,"do":"save","folder":"/…/agent"}
/// ← {"id":8}
/// → {"id":9,"do":"restore","folder":"/…/agent","training":true}
/// ← {"id":9}
/// ```
/// What a process has learned ends with it, so a process that fails is never started again: the
/// error ends the training, which continues from its last checkpoint by `--resume`.
public final class ExternalLearner: LearningAgent {
  public static let id = PluginID("external-learner", version: 1)
  public static let summary = "A process that learns via JSON lines, in any language."
  public static let settings = ExternalAgent.settings
  /// Its operations are claimed rather than counted, so no budget is planned by them.
  public static let countsOperations = false

  private let agent: ExternalAgent
  private let description: TaskDescription
  public private(set) var steps = 0
  /// The name that the process gives itself.
  public var name: String { agent.name }
  /// The number of parameters that the process claims; 0 if it claims none.
  public var parameterCount: Int { agent.parameterCount }
  public var readsDemonstrations: Bool { agent.readsDemonstrations }

  /// Starts a process and sends it the greeting.
  ///
  /// - Throws: a `GymError` if it does not start, does not speak the protocol or does not learn.
  public init(
    command: String, task: TaskDescription, settings: Settings, context: AgentContext
  ) throws {
    agent = try ExternalAgent(command: command, task: task, settings: settings, context: context)
    guard agent.learns else {
      throw GymError(
        "the process does not learn", at: "\(ExternalCommand.prefix)\(command)",
        expected: #"version 3 and "learns": true in its greeting"#)
    }
    description = task
    agent.session.isIrreplaceable = true
  }

  /// Always throws: an external learner is made from a command.
  public convenience init(settings: Settings, context: AgentContext) throws {
    throw GymError(
      "what this process learned can only be used by the comparison that trained it",
      expected: "its command",
      remedy: "Pass \"\(ExternalCommand.prefix)COMMAND\" to reasongym compare")
  }

  public func learn(from batch: TrainingBatch) throws -> StepReport {
    let questions = batch.questions
    func texts(_ tokens: [UInt8]) -> JSON {
      .array(
        stride(from: 0, to: tokens.count, by: questions.cells).map {
          .string(description.vocabulary.text(Array(tokens[$0..<$0 + questions.cells])))
        })
    }
    let reply = try ask(
      "learn",
      [
        "questions": texts(questions.questions), "labels": texts(batch.labels),
        "identifiers": .array(questions.identifiers.map { JSON($0) }),
        "left": .number(1 - batch.progress),
      ], seconds: agent.session.limits.seconds * Double(batch.count))
    guard let loss = reply["loss"], loss.isNull || loss.number != nil else {
      throw error("learns with the loss \(Self.shown(reply["loss"]))", "a number, or null")
    }
    let operations = reply["operations"] ?? .null
    let exact = reply["exact"] ?? .null
    guard operations.isNull || (0...1e30).contains(operations.number ?? -1) else {
      throw error("claims \(Self.shown(operations)) operations", "a number from 0, or nothing")
    }
    guard exact.isNull || (0...batch.count).contains(exact.integer ?? -1) else {
      throw error("claims \(Self.shown(exact)) solved puzzles", "0 to \(batch.count), or nothing")
    }
    steps += 1
    var report = StepReport()
    report.steps = 1
    // JSON has no number for a loss that is not finite.
    report.loss = loss.number ?? .nan
    if let exact = exact.integer {
      report.finished = batch.count
      report.exact = exact
    }
    report.cost = ComputeCost(flops: operations.number ?? 0, passes: batch.count)
    return report
  }

  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    let predictions = try agent.solve(questions, options: options)
    if let lost = agent.session.loss {
      throw GymError("the process \(lost)", at: "\(ExternalCommand.prefix)\(agent.session.command)")
    }
    return predictions
  }

  /// The file with what the gym itself knows of the state.
  private static let file = "gym.json"

  public func save(to folder: URL) throws {
    _ = try ask(
      "save", ["folder": .string(folder.path)], seconds: agent.session.limits.startSeconds)
    let state: JSON = ["steps": JSON(steps), "name": .string(name)]
    try state.write(to: folder.appendingPathComponent(Self.file))
  }

  public func restore(from folder: URL, forTraining: Bool) throws {
    let file = folder.appendingPathComponent(Self.file)
    guard let steps = try JSON(contentsOf: file)["steps"]?.integer, steps >= 0 else {
      throw GymError("it says no steps", at: file.path, expected: "a number from 0")
    }
    _ = try ask(
      "restore", ["folder": .string(folder.path), "training": .bool(forTraining)],
      seconds: agent.session.limits.startSeconds)
    self.steps = steps
  }

  private func ask(_ request: String, _ fields: JSONObject, seconds: Double) throws -> JSON {
    do throws(ProcessFault) {
      let reply = try agent.session.ask(request, fields, seconds: seconds)
      guard let reason = reply.refusal else { return reply }
      throw ProcessFault("says: \(reason)")
    } catch {
      throw GymError(
        "the process \(error.reason)",
        at: "\(ExternalCommand.prefix)\(agent.session.command): \(request)")
    }
  }

  private func error(_ what: String, _ expected: String) -> GymError {
    GymError(
      "the process \(what)", at: "\(ExternalCommand.prefix)\(agent.session.command)",
      expected: expected)
  }

  private static func shown(_ json: JSON?) -> String {
    Excerpt.of((json ?? .null).description, limit: 40)
  }
}
