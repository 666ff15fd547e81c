import Gym
import GymDatasets
import GymJSON

/// How several answers to a puzzle are combined.
///
/// The agent, or each of several, answers `copies` symmetric copies of the puzzle; its answers are
/// mapped back, and equal ones are counted. The answer with the most votes wins; among equals the
/// one with the higher mean confidence, then the earlier one, starting with the original puzzle.
/// With `stopsWhenSure` the copies are attempts, one after another: the first answer that its agent
/// thinks right wins, and the remaining copies are not asked.
public struct VotingOptions: Sendable, Hashable {
  /// The number of copies, including the original puzzle.
  public let copies: Int
  /// Whether an answer that follows the task's rules beats all others, whatever the votes. The
  /// rules judge without the label.
  public let usesRules: Bool
  /// Whether an answer wins at once if its agent is more than half sure of it.
  public let stopsWhenSure: Bool

  /// - Precondition: there is at least one copy, and at most one of the two choices is made.
  public init(copies: Int = 1, usesRules: Bool = false, stopsWhenSure: Bool = false) {
    precondition(copies > 0 && !(usesRules && stopsWhenSure))
    self.copies = copies
    self.usesRules = usesRules
    self.stopsWhenSure = stopsWhenSure
  }

  /// The maximum number of copies.
  public static let maximum = 10_000

  var json: JSON {
    var json: JSONObject = ["copies": JSON(copies), "uses-rules": .bool(usesRules)]
    // Left out if false, so that work begun before there were attempts can be resumed.
    if stopsWhenSure { json["stops-when-sure"] = true }
    return .object(json)
  }

  /// The option of commands that asks for the copies.
  var flag: String { stopsWhenSure ? "--attempts" : "--votes" }

  /// Whether an answer wins without further votes.
  package func isEnough(_ prediction: Prediction) -> Bool {
    guard stopsWhenSure, prediction.answer != nil, let confidence = prediction.confidence
    else { return false }
    return confidence > 0.5 && confidence.isFinite
  }
}

extension VotingOptions {
  /// Checks that this voting is possible for a split's puzzles.
  ///
  /// - Throws: a `GymError` if the task does not have enough symmetries, or if the rules need the
  ///   label.
  func checkIsPossible(with task: any Task, on split: DatasetSplit) throws {
    let id = task.id
    if copies > 1 { _ = try task.symmetricCopies(copies, at: flag) }
    guard usesRules, split.count > 0 else { return }
    // If the task can judge without the label, the right answer is accepted without it.
    let example = try split.example(0)
    let unlabelled = Example(question: example.question, answer: [])
    guard try task.verify(example.answer, for: unlabelled).isSolved else {
      throw GymError(
        "\(id) cannot judge an answer without its label, which votes must not use",
        at: "--votes-verify", remedy: "Leave --votes-verify out")
    }
  }

  /// Checks that no agent would need an identity for a copy of a puzzle.
  ///
  /// - Throws: a `GymError` that names the first that reads identities.
  func checkIdentities(of agents: [any Agent], on split: DatasetSplit) throws {
    guard copies > 1, split.identifierCount > 1,
      let reader = agents.first(where: \.readsIdentifiers)
    else { return }
    throw GymError(
      "\(copies) symmetric copies were requested, and \(type(of: reader).id) knows puzzles by "
        + "identities: what an identity stands for is not turned with the question",
      at: split.url.path, expected: "puzzles or an agent without identities, or \(flag) 1",
      remedy: "Vote over the variants that the dataset holds, from the file of --predictions")
  }
}
