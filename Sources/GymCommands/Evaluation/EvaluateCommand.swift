import ArgumentParser
import Foundation
import Gym
import GymBoards
import GymDatasets
import GymEvaluation
import GymJSON
import GymReports
import GymTraining

/// `reasongym evaluate`: measures how many puzzles an agent solves.
struct EvaluateCommand: RankedCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score an agent on the puzzles of a split, by the task's rules.",
    discussion: Help.flowing(
      """
      A puzzle counts if it is wholly solved; the interval is Wilson's, 95 %. --predictions keeps
      every answer, one JSON object per line. With --votes K each puzzle is solved in K symmetric
      copies, the answers are mapped back, and the whole answer with most votes counts; if votes
      are equal, the more confident one. An ensemble votes in the same way. With --attempts K the
      copies are tried one after another, and the first answer that the agent thinks right counts;
      if there is none, all vote. If variants of a puzzle are in the split (ARC), they vote as well,
      and their results are listed under their own names.

      Ctrl-C ends with exit code 130 and keeps the answers given so far, in FILE.partial beside
      the file of --predictions, or else in the current folder. The same command with --resume
      continues with the rest, to the same score.

      Under mpirun the ranks share the puzzles, for the same result.

      Examples:
        reasongym evaluate runs/first --data data/sudoku
        reasongym evaluate runs/first --data data/sudoku --segments 16 --limit 200 \\
          --json
        reasongym evaluate runs/first --data data/sudoku --halt --attempts 8
        reasongym evaluate --ensemble runs/first,runs/second --data data/sudoku
        reasongym evaluate solver --data data/sudoku --submit board.db
        reasongym evaluate "exec:python3 my_agent.py" --data data/sudoku \\
          --predictions answers.jsonl
        reasongym evaluate "exec:python3 my_agent.py" --data data/sudoku \\
          --predictions answers.jsonl --resume
      """))

  @OptionGroup var asking: EvaluatedAgentsOptions

  @Option(
    help: ArgumentHelp("Number of reasoning segments. (default: as in training)", valueName: "M"))
  var segments: Int?

  @Option(
    help: ArgumentHelp(
      "Solve each puzzle in K chains with noise of their own; the most confident one counts.",
      valueName: "K"))
  var chains = 1

  @OptionGroup(title: "Thinking and voting") var copies: CopiesOptions

  @OptionGroup(title: "Thinking and voting") var solving: SolvingOptions

  @OptionGroup(title: "Thinking and voting") var noise: NoiseOptions

  @Option(
    help: ArgumentHelp("Write the answers to a new JSON lines file.", valueName: "file"),
    completion: .file())
  var predictions: String?

  @Flag(help: "Write the answer after every segment with them.")
  var keepThoughts = false

  @Option(
    help: ArgumentHelp(
      "Write the file that the task's competition wants (ARC: two attempts per question).",
      valueName: "file"),
    completion: .file())
  var submission: String?

  @Option(
    help: ArgumentHelp("Put the answers on a leaderboard, which judges them.", valueName: "BOARD"),
    completion: .file())
  var submit: String?

  @Flag(help: "Replace the files of --predictions and --submission.")
  var force = false

  @Flag(help: "Continue an evaluation that was interrupted.")
  var resume = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    try check(
      "--segments", segments,
      in: 1...(submit == nil ? 100_000 : PredictionParser.maximumSegments))
    try check("--chains", chains, in: 1...SolvingOptions.maximumChains)
    let isEnsemble = asking.ensemble != nil
    try copies.check(solving, isEnsemble: isEnsemble, remedy: "--votes or --ensemble")
    let isVote = copies.voting(usesRules: false).copies > 1 || isEnsemble
    if keepThoughts, (predictions ?? submit) == nil || isVote {
      throw ValidationError(
        "--keep-thoughts is for --predictions or --submit of one agent's own answers, without "
          + "votes.")
    }
    try check(resume: resume, force: force)
    let files = [predictions, submission, submit].compactMap { $0 }
      .map { URL(fileURLWithPath: $0).standardizedFileURL }
    guard Set(files).count == files.count else {
      throw ValidationError(
        "--predictions, --submission and --submit name one file: give each a name of its own.")
    }
    if submit != nil, asking.sample.limit != nil {
      throw ValidationError("--submit is for all puzzles of the split: leave --limit out.")
    }
    _ = try solving.options(segments: segments, chains: chains, noise: noise)
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    var stopped = InterruptionReport(json: json)
    stopSignal.endInTime { [stopped] in stopped.say(kept: nil) }
    let line = ProgressLine()
    if Ranks.world.isFirst { try checkFiles() }
    let asked = try asking.open { line.note("Warning: \($0)") }
    let evaluation = try Evaluation(
      task: asked.task, split: asked.split,
      options: solving.options(
        segments: segments, keepsThoughts: keepThoughts, chains: chains, noise: noise),
      voting: copies.voting(usesRules: solving.votesVerify),
      limit: asking.sample.limit, sampleSeed: asking.sample.seed,
      puzzleNames: asked.data.identifierNames, demonstrations: asked.demonstrations)
    let (ranks, plan) = (Ranks.world, try plan(asked, evaluation))
    try ranks.agree(on: plan)
    try checkSubmission(asked, evaluation, line)
    // Files are rank 0's.
    let board = try (ranks.isFirst ? submit : nil).map {
      try LeaderboardSubmission(
        to: $0, task: asked.task, split: asked.split, demonstrations: asked.demonstrations)
    }
    let temporary = board != nil && predictions == nil ? TemporaryFile("jsonl") : nil
    let answers = ranks.isFirst ? predictions ?? temporary?.url.path : nil
    let file = try answers.map { try AtomicLines($0, replaces: force) }
    let kept =
      try ranks.isFirst
      ? KeptWork(
        "evaluation", of: plan, beside: predictions, resumes: resume, replaces: force, line: line)
      : nil

    stopped.title = title(asked, evaluation)
    stopped.members = members(asked, evaluation)
    stopped.total = evaluation.count
    stopSignal.endInTime { [stopped] in stopped.say(kept: kept?.keep()) }
    var isConfident = false
    let score: Score
    do {
      score = try evaluation.run(
        asked.agents.map(\.agent), journal: AnswerJournal(kept?.journal, ranks: ranks),
        stop: stopSignal.stop,
        keep: { answer in
          isConfident = isConfident || answer["confidence"]?.number != nil
          file?.add(answer)
        }
      ) { done in
        line.update { "\(done) of \(evaluation.count) puzzles" }
        stopped.answered = done
        stopSignal.endInTime { [stopped] in stopped.say(kept: kept?.keep()) }
        return !ranks.anyone(stopSignal.isRequested)
      }
    } catch {
      stopSignal.endsByItself()
      throw leaving(kept, after: error, line)
    }
    stopSignal.endsByItself()
    line.clear()
    guard score.asked == evaluation.count else {
      (stopped.answered, stopped.solved) = (score.asked, score.overall.successes)
      stopped.say(kept: kept?.keep(), failure: kept?.journal?.failure)
      throw ExitCode(StopSignal.exitCode)
    }
    if json {
      print(report(score, of: asked, evaluation).text(.pretty))
    } else {
      print(text(score, of: asked, evaluation), terminator: "")
      if copies.attempts > 1, !isConfident { print(CopiesOptions.doubtText) }
    }
    // The score is printed even if a file could not be written.
    do {
      try file?.finish()
      if let board, let answers {
        let entry = try board.submit(
          URL(fileURLWithPath: answers),
          by: asked.participant(score, usesRules: solving.votesVerify))
        line.note(board.receipt(entry))
      }
      if let submission, ranks.isFirst {
        guard let text = score.whole?.submission else { throw noSubmission(asked.task) }
        try WholeFile.write(text.utf8, to: URL(fileURLWithPath: submission))
      }
    } catch {
      throw leaving(kept, after: error, line)
    }
    kept?.remove()
  }

  /// Makes sure in advance that the files can be written.
  private func checkFiles() throws {
    for file in [predictions, submission] { try OutputFile.check(file, replaces: force) }
  }

  /// Keeps the answers given before a failure.
  private func leaving(
    _ kept: KeptWork?, after error: any Error, _ line: ProgressLine
  ) -> any Error {
    if let journal = kept?.journal, journal.count > 0, let path = kept?.keep() {
      line.note("The answers are kept in \(path); the same command with --resume continues.")
    } else {
      kept?.remove()
    }
    return error
  }

  /// The parameters that a resumed evaluation must share with the interrupted one.
  private func plan(_ asked: EvaluatedAgents, _ evaluation: Evaluation) throws -> JSON {
    [
      "task": asked.taskJSON, "puzzles": .string(try asked.data.contentHash(of: asked.split)),
      "evaluation": evaluation.json, "thoughts": .bool(keepThoughts),
      "agents": try asked.identity,
    ]
  }

  /// Makes sure in advance that a submission comes of the puzzles, and says what it will lack.
  private func checkSubmission(
    _ asked: EvaluatedAgents, _ evaluation: Evaluation, _ line: ProgressLine
  ) throws {
    guard submission != nil, Ranks.world.isFirst else { return }
    guard let report = try evaluation.unanswered() else { throw noSubmission(asked.task) }
    guard report.submission != nil else { throw noSubmission(asked.task, report.notes) }
    // A competition knows no invented names.
    guard !asked.data.identifiers.isEmpty else {
      throw noSubmission(asked.task, ["the folder has no identifiers.json, which names them"])
    }
    for note in report.notes { line.note("Warning: \(note).") }
  }

  private func noSubmission(_ task: any Task, _ notes: [String] = []) -> GymError {
    GymError(
      "no submission file of \(task.id) comes of these puzzles"
        + notes.map { "; \($0)" }.joined(),
      remedy: "Leave --submission out, or evaluate a split of named puzzles")
  }

  private func title(_ asked: EvaluatedAgents, _ evaluation: Evaluation) -> String {
    var title = "\(asked.title) on \(asking.split)"
    if let text = copies.text { title += ", \(text)" }
    if chains > 1 {
      title += ", \(chains) chains with noise \(Figures.significant(evaluation.options.noise))"
    }
    return title
  }

  private func text(
    _ score: Score, of asked: EvaluatedAgents, _ evaluation: Evaluation
  ) -> String {
    var text = score.text(title: title(asked, evaluation), width: Terminal.output.width)
    text += asked.usage(score).text
    if solving.votesVerify {
      text += "The task's rules chose among the votes: compare this only with its like.\n"
    }
    if let note = asked.split.variantNote {
      text += "\(note), and the table counts each as a\npuzzle of its own"
      text += score.whole == nil ? ".\n" : "; scores by task let them vote.\n"
    }
    if asked.task is LabelEquality {
      text +=
        "Scored by equality with the labels, since nothing says which task this is; --task NAME "
        + "judges by rules.\n"
    }
    if asked.ignoresDemonstrations {
      text +=
        "The puzzles have demonstrations, which the process does not use: see version 2 of the\n"
        + "protocol in Examples/README.md.\n"
    }
    return text
  }

  /// The JSON members that describe the evaluation, whether or not it was completed.
  private func members(_ asked: EvaluatedAgents, _ evaluation: Evaluation) -> JSONObject {
    let first = asked.agents[0]
    return [
      "agent": .string(first.id.description),
      "step": first.trained.map { JSON($0.checkpoint.step) } ?? .null,
      "agents": asked.json,
      "uses-rules": .bool(solving.votesVerify || asked.agents.contains(where: \.usesRules)),
      "task": .string(asked.task.id.description),
      "without-demonstrations": .bool(asked.ignoresDemonstrations),
      "data": .string(asked.data.url.path), "split": .string(asking.split),
      "evaluation": evaluation.json,
    ]
  }

  private func report(_ score: Score, of asked: EvaluatedAgents, _ evaluation: Evaluation) -> JSON {
    var report = members(asked, evaluation)
    report["interrupted"] = false
    report["score"] = score.json
    report["ledger"] = asked.usage(score).json
    return .object(report)
  }
}
