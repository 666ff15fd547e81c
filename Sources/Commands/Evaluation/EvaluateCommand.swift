import ArgumentParser
import Datasets
import Foundation
import Gym
import JSON
import Runner

/// `reasongym evaluate`: how many puzzles an agent solves.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score an agent on the puzzles of a split, by the task's rules.",
    discussion: """
      A puzzle counts where it is wholly solved; the interval is Wilson's, 95 %. --predictions
      keeps every answer, a JSON object a line. With --votes K each puzzle is solved in K symmetric
      copies, the answers are mapped back, and the whole answer with most votes counts, then the
      surer one; an ensemble votes in the same way. Where variants of a puzzle are in the split
      (ARC), they vote as well, and what came of it stands under its own names.

      Examples:
        reasongym evaluate runs/first --data data/sudoku
        reasongym evaluate runs/first --data data/sudoku --segments 16 --limit 200 --json
        reasongym evaluate runs/first --data data/sudoku --halt --votes 8
        reasongym evaluate --ensemble runs/first,runs/second --data data/sudoku
        reasongym evaluate solver --data data/sudoku --submit board.db
        reasongym evaluate "exec:python3 my_agent.py" --data data/sudoku --predictions answers.jsonl
      """)

  @OptionGroup var asking: AskingOptions

  @Option(help: ArgumentHelp("Segments to think. (default: as in training)", valueName: "M"))
  var segments: Int?

  @Option(help: ArgumentHelp("Vote over K symmetric copies of each puzzle.", valueName: "K"))
  var votes = 1

  @OptionGroup(title: "Thinking and voting") var solving: SolvingOptions

  @Option(help: ArgumentHelp("Write the answers to a new JSON lines file.", valueName: "file"))
  var predictions: String?

  @Flag(help: "Write the answer after every segment with them.")
  var keepThoughts = false

  @Option(
    help: ArgumentHelp(
      "Write the file that the task's competition wants (ARC: two attempts a question).",
      valueName: "file"))
  var submission: String?

  @Option(
    help: ArgumentHelp("Put the answers on a leaderboard, which judges them.", valueName: "BOARD"))
  var submit: String?

  @Flag(help: "Replace the files of --predictions and --submission.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    try check("--segments", segments, in: 1...100_000)
    try check("--votes", votes, in: 1...Voting.most)
    let isVote = votes > 1 || asking.ensemble != nil
    if solving.votesVerify, !isVote {
      throw ValidationError("--votes-verify chooses among votes: pass --votes or --ensemble.")
    }
    if keepThoughts, (predictions ?? submit) == nil || isVote {
      throw ValidationError(
        "--keep-thoughts is for --predictions or --submit of one agent's own answers, without "
          + "votes.")
    }
    if submit != nil, asking.limit != nil {
      throw ValidationError("--submit is for all puzzles of the split: leave --limit out.")
    }
    _ = try solving.options(segments: segments)
  }

  func run() throws {
    let interruption = Interruption.signals()
    let line = ProgressLine()
    let asked = try asking.open { line.note("Warning: \($0)") }
    let evaluation = try Evaluation(
      task: asked.task, split: asked.split,
      options: solving.options(segments: segments, keepsThoughts: keepThoughts),
      voting: Voting(copies: votes, usesRules: solving.votesVerify), limit: asking.limit,
      puzzleNames: asked.data.identifierNames, demonstrations: asked.demonstrations)
    try checkSubmission(asked.task)
    let board = try submit.map {
      try LeaderboardSubmission(to: $0, task: asked.task, split: asked.split)
    }
    let temporary = board != nil && predictions == nil ? TemporaryFile("jsonl") : nil
    let answers = predictions ?? temporary?.url.path
    let file = try answers.map { try PendingLines($0, replaces: force) }
    let score = try evaluation.run(
      asked.agents.map(\.agent), keepingPredictions: file?.writer
    ) { done in
      line.update { "\(done) of \(evaluation.count) puzzles" }
      return !interruption.isRequested
    }
    line.clear()
    if !interruption.isRequested {
      try file?.finish()
      if let board, let answers {
        let usesRules = solving.votesVerify
        let entry = try board.submit(
          URL(fileURLWithPath: answers), by: asked.entrant(score, usesRules: usesRules))
        line.note(board.receipt(entry))
      }
      if let submission {
        guard let text = score.whole?.submission else { throw noSubmission(asked.task) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: submission), options: .atomic)
      }
    }
    if json {
      print(report(score, of: asked, evaluation).text(.pretty))
    } else {
      print(text(score, of: asked), terminator: "")
    }
    if interruption.isRequested { throw ExitCode(Interruption.exitCode) }
  }

  /// Makes sure before the work that a submission can be written after it.
  private func checkSubmission(_ task: any Task) throws {
    guard let submission else { return }
    guard task is any SplitScoring else { throw noSubmission(task) }
    try FileManager.default.checkFree(submission, force: force)
  }

  private func noSubmission(_ task: any Task) -> GymError {
    GymError(
      "nothing of a submission file of \(task.id) comes of these puzzles",
      remedy: "Leave --submission out, or evaluate a split of named puzzles")
  }

  private func text(_ score: Score, of asked: Asked) -> String {
    let copies = votes > 1 ? ", \(votes) votes" : ""
    let title = "\(asked.title) on \(asking.split)\(copies)"
    var text = score.text(title: title, width: Terminal.output.width)
    text += asked.ledger(score).text
    if solving.votesVerify {
      text += "The task's rules chose among the votes: compare this only with its like.\n"
    }
    if asked.ignoresDemonstrations {
      text +=
        "The puzzles have demonstrations, which the process does not use: see version 2 of the\n"
        + "protocol in Examples/README.md.\n"
    }
    return text
  }

  private func report(_ score: Score, of asked: Asked, _ evaluation: Evaluation) -> JSON {
    let first = asked.agents[0]
    return [
      "agent": .string(first.id.description),
      "step": first.trained.map { .integer(Int64($0.checkpoint.step)) } ?? .null,
      "agents": asked.json,
      "uses-rules": .bool(solving.votesVerify || asked.agents.contains(where: \.usesRules)),
      "without-demonstrations": .bool(asked.ignoresDemonstrations),
      "data": .string(asked.data.url.path), "split": .string(asking.split),
      "evaluation": evaluation.json, "score": score.json, "ledger": asked.ledger(score).json,
    ]
  }
}
