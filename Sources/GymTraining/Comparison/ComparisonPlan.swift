import Gym
import GymDatasets
import GymJSON

/// The agents to compare, their puzzles and their budget; `compare.json` in the folder.
public struct ComparisonPlan {
  /// The participants, at least one, with distinct labels.
  public let participants: [ComparisonParticipant]
  /// The dataset, whose split "train" is learned from.
  public let data: Dataset
  /// Each participant's training budget.
  public let budget: Budget
  /// The seeds for every participant that learns, at least one, all different.
  public let seeds: [UInt64]
  /// The test puzzles, and how they are solved.
  public let evaluation: Evaluation
  /// The number of threads of a learning agent.
  public let workers: Int

  /// - Precondition: there are workers.
  /// - Throws: a `GymError` if there is nothing to compare, or a label is not a plain name or is
  ///   repeated.
  public init(
    participants: [ComparisonParticipant], data: Dataset, budget: Budget, seeds: [UInt64],
    evaluation: Evaluation, workers: Int
  ) throws {
    precondition(workers > 0)
    let labels = participants.map(\.label)
    guard !labels.isEmpty, Set(labels).count == labels.count else {
      throw GymError(
        labels.isEmpty ? "there is no agent" : "an agent occurs twice among \(labels)",
        expected: "agents with different names",
        remedy: "Name one of two as LABEL=AGENT, such as flat=hrm")
    }
    guard !seeds.isEmpty, Set(seeds).count == seeds.count else {
      throw GymError("the seeds are \(seeds)", expected: "different seeds, one or more")
    }
    if let label = labels.first(where: { !Dataset.isPlainName($0) }) {
      throw GymError(
        "\"\(label)\" cannot name a folder", expected: "1 to 64 letters, digits, - and _",
        remedy: "Name it as LABEL=AGENT")
    }
    self.participants = participants
    self.data = data
    self.budget = budget
    self.seeds = seeds
    self.evaluation = evaluation
    self.workers = workers
    // Some file systems do not distinguish upper and lower case.
    let names = Dictionary(grouping: entries.map(\.name)) { $0.lowercased() }
    if let shared = names.values.first(where: { $0.count > 1 }) {
      throw GymError(
        "two things would be kept in one folder: \(shared.joined(separator: " and "))",
        expected: "names that differ, seeds behind them included",
        remedy: "Name one of two as LABEL=AGENT, such as first=runs/hrm-1")
    }
  }

  /// All entries, seed by seed, so that there are early results for each participant. Participants
  /// that do not learn are evaluated once.
  public var entries: [ComparisonRun] {
    let pairs = seeds.enumerated().flatMap { index, seed in
      participants.filter { index == 0 || $0.learns }.map { ($0.label, $0.learns ? seed : nil) }
    }
    return pairs.enumerated().map { index, pair in
      ComparisonRun(label: pair.0, seed: pair.1, number: index + 1, count: pairs.count)
    }
  }

  /// Lets participants that know the rules answer one question, so that a task without a solver is
  /// found before others train for hours.
  ///
  /// - Throws: a `GymError` if one cannot answer.
  public func checkSolvers() throws {
    guard evaluation.count > 0 else { return }
    for participant in participants where participant.usesRules {
      guard case .ready(let agent, _) = participant.kind else { continue }
      try GymError.located(participant.label) {
        _ = try agent.solve(evaluation.split.batch(0..<1).questions, options: SolveOptions())
      }
    }
  }

  /// The plan in the form of `compare.json`. Equal plans have equal results, as far as these do not
  /// depend on time or the number of workers.
  func json() throws -> JSON {
    let training = participants.contains(where: \.learns) ? try data.split("train") : nil
    return [
      "format": 1,
      "task": TaskReference(evaluation.task).json,
      "training-data": try training.map { .string(try data.contentHash(of: $0)) } ?? .null,
      "test-data": .string(try data.contentHash(of: evaluation.split)),
      "budget": budget.json,
      "seeds": .array(seeds.map { JSON($0) }),
      "evaluation": evaluation.json,
      "contestants": .array(try participants.map { try $0.json() }),
    ]
  }
}
