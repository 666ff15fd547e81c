import ArgumentParser
import Gym
import GymTraining

/// How many symmetric copies of each puzzle are solved: all of them vote, or they are attempts.
struct CopiesOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Vote over K symmetric copies of each puzzle.", valueName: "K"))
  var votes = 1

  @Option(help: Self.attemptsHelp)
  var attempts = 1

  static let attemptsHelp = ArgumentHelp(
    "Try up to K symmetric copies of a puzzle, until the agent thinks that its answer is right.",
    valueName: "K")

  func validate() throws {
    try check("--votes", votes, in: 1...VotingOptions.maximum)
    try check("--attempts", attempts, in: 1...VotingOptions.maximum)
    if attempts > 1, votes > 1 {
      throw ValidationError(
        "--votes counts the answers to all copies, --attempts ends with the first sure one: pass "
          + "one of them.")
    }
  }

  /// The way to combine the answers.
  ///
  /// - Parameter usesRules: whether an answer that keeps the rules wins over all votes.
  func voting(usesRules: Bool) -> VotingOptions {
    attempts > 1
      ? VotingOptions(copies: attempts, stopsWhenSure: true)
      : VotingOptions(copies: votes, usesRules: usesRules)
  }

  /// Makes sure that either the rules or the agent choose, and that there is a choice.
  func check(_ solving: SolvingOptions, isEnsemble: Bool = false, remedy: String) throws {
    if solving.votesVerify, attempts > 1 {
      throw ValidationError(
        "--votes-verify chooses among votes, and --attempts lets the agent choose: pass one.")
    }
    try solving.checkVotes(votes > 1 || isEnsemble, remedy: remedy)
  }

  /// A note if no answer came with a confidence.
  static let doubtText =
    "No answer says how sure the agent is: all attempts were made, and voted as with --votes."

  /// The copies in words, such as "8 votes"; nil for one.
  var text: String? {
    if attempts > 1 { return "up to \(attempts) attempts" }
    return votes > 1 ? "\(votes) votes" : nil
  }
}
