import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymTraining

/// `reasongym solve`: shows how one puzzle is solved.
struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Let an agent solve one puzzle, and watch its answer grow.",
    discussion: Help.flowing(
      """
      Draws the puzzle, the answer after every segment with what changed, and the verdict. The
      exit code is 0 if the puzzle is solved and 1 if it is not.

      Examples:
        reasongym solve runs/first puzzles.csv --index 3 --segments 32 --halt
        reasongym solve solver puzzles.csv --task sudoku-extreme --set size=6
        reasongym solve runs/first "$(cat puzzle.txt)" --halt --attempts 8
        reasongym solve runs/first puzzles.csv --film solved.svg
      """))

  @Argument(
    help: ArgumentHelp(
      "A run's folder, pretrained:NAME, an agent that needs no training, or exec:COMMAND.",
      valueName: "RUN"),
    completion: .agentsAndRuns)
  var name: String

  @Argument(
    help: "The puzzle's characters, or a file of puzzles; - is standard input.",
    completion: .file())
  var puzzle: String

  @Option(help: ArgumentHelp("Which puzzle of a file, from 0.", valueName: "I"))
  var index = 0

  @Option(
    help: ArgumentHelp("Number of reasoning segments. (default: as in training)", valueName: "M"))
  var segments: Int?

  @Flag(help: "Let the agent stop as soon as it thinks that it is done.")
  var halt = false

  @Option(help: CopiesOptions.attemptsHelp)
  var attempts = 1

  @Option(
    help: ArgumentHelp(
      "Also write an animated SVG of it, for pages and talks.", valueName: "FILE.svg"),
    completion: .file(extensions: ["svg"]))
  var film: String?

  @Option(help: "The task, if no run names it.", completion: .tasks)
  var task: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Settings of the task, in place of the run's, such as the size of a puzzle that is larger "
        + "than those of the run's data.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard index >= 0 else { throw ValidationError("--index is \(index); expected 0 or more.") }
    try check("--segments", segments, in: 1...100_000)
    try check("--attempts", attempts, in: 1...VotingOptions.maximum)
    try check("--film", film, endsIn: [".svg"], "an animated SVG")
  }

  func run() throws {
    let line = ProgressLine()
    try OutputFile.check(film, replaces: true)
    let reference = try AgentSpecifier(name)
    let task = try reference.task(of: nil, named: task, settings: values)
    let ready = try reference.make(for: task) { line.note("Warning: \($0)") }
    if let cells = ready.trained?.context.grid.cells, cells != task.grid.cells {
      let given = [self.task == nil ? nil : "--task", values.isEmpty ? nil : "--set"]
        .compactMap { $0 }.joined(separator: " and ")
      throw GymError(
        "puzzles of \(task.id) have \(task.grid.cells) cells", at: name,
        expected: "\(cells), as the run was trained on",
        remedy: given.isEmpty
          ? nil : "Leave \(given) out: the run knows its task and the size")
    }
    let read = try PuzzleArgument.read(puzzle, index: index, task: task)
    let asked = try GymError.located(PuzzleArgument.name(of: puzzle, index: index)) {
      try PuzzleArgument.completed(read, task: task)
    }
    let film = try SolveTranscript(
      of: ready.agent, solving: asked, task: task,
      options: SolveOptions(segments: segments, halts: halt, keepsThoughts: true),
      voting: VotingOptions(copies: attempts, stopsWhenSure: attempts > 1))
    if json {
      print(report(film).text(.pretty))
    } else {
      print(film.text, terminator: "")
    }
    // The solution is printed even if the film cannot be written.
    if let file = self.film { try film.writeSVG(to: file, by: ready.title) }
    if !film.verdict.isSolved { throw ExitCode.failure }
  }

  private func report(_ film: SolveTranscript) -> JSON {
    let vocabulary = film.task.vocabulary
    let prediction = film.prediction
    return [
      "question": .string(vocabulary.text(film.example.question)),
      "answer": prediction.answer.map { .string(vocabulary.text($0)) } ?? .null,
      "solved": .bool(film.verdict.isSolved),
      "problem": film.verdict.problem.map { .string($0) } ?? .null,
      "confidence": prediction.confidence.flatMap { $0.isFinite ? JSON.number($0) : nil } ?? .null,
      "segments": JSON(film.segments), "attempts": JSON(film.attempts),
      "thoughts": .array(prediction.thoughts.map { .string(vocabulary.text($0)) }),
    ]
  }
}

extension TrainedAgent {
  /// Solves one puzzle and keeps every thought.
  func solve(_ example: Example, task: any Task) throws -> SolveTranscript {
    try SolveTranscript(
      of: agent, solving: AskedPuzzle(example: example), task: task,
      options: SolveOptions(keepsThoughts: true))
  }
}
