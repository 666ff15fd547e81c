import ArgumentParser
import Foundation
import Gym
import JSON
import Runner

/// `reasongym solve`: one puzzle, watched.
struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Let a run's agent solve one puzzle, and watch its answer grow.",
    discussion: """
      Draws the puzzle, the answer after every segment with what changed, and the verdict. The
      exit code is 0 where the puzzle is solved and 1 where it is not.

      Examples:
        reasongym solve runs/first \\
          4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......
        reasongym solve runs/first puzzles.csv --index 3
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "RUN"))
  var folder: String

  @Argument(help: "The puzzle's characters, or a file of puzzles.")
  var puzzle: String

  @Option(help: ArgumentHelp("Which puzzle of a file, from 0.", valueName: "I"))
  var index = 0

  @Option(help: ArgumentHelp("Segments to think. (default: as in training)", valueName: "M"))
  var segments: Int?

  @Option(help: "The task, where the run does not name it.")
  var task: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard index >= 0 else { throw ValidationError("--index is \(index); expected 0 or more.") }
    if let segments, !(1...100_000).contains(segments) {
      throw ValidationError("--segments is \(segments); expected 1...100000.")
    }
  }

  func run() throws {
    let line = ProgressLine()
    let trained = try TrainedAgent(run: URL(fileURLWithPath: folder)) {
      line.note("Warning: \($0)")
    }
    let task = try task(of: trained.configuration)
    let example = try PuzzleArgument.completed(
      PuzzleArgument.read(puzzle, index: index, task: task), task: task)
    let film = try trained.solve(example, task: task, segments: segments)
    if json {
      print(report(film).text(.pretty))
    } else {
      print(film.text, terminator: "")
    }
    if !film.verdict.isSolved { throw ExitCode.failure }
  }

  private func task(of configuration: RunConfiguration) throws -> any Task {
    if let reference = configuration.task { return try Catalogue.current.task(reference) }
    guard let task else {
      throw GymError(
        "the run does not say which task it was trained on", at: folder,
        remedy: "Name it by --task")
    }
    let type = try Catalogue.current.task(named: task)
    return try type.init(settings: Settings(type.settings))
  }

  private func report(_ film: ThoughtFilm) -> JSON {
    let vocabulary = film.task.vocabulary
    let prediction = film.prediction
    return [
      "question": .string(vocabulary.text(film.example.question)),
      "answer": prediction.answer.map { .string(vocabulary.text($0)) } ?? .null,
      "solved": .bool(film.verdict.isSolved),
      "problem": film.verdict.problem.map { .string($0) } ?? .null,
      "confidence": prediction.confidence.flatMap { $0.isFinite ? JSON.number($0) : nil } ?? .null,
      "segments": .integer(Int64(prediction.segments)),
      "thoughts": .array(prediction.thoughts.map { .string(vocabulary.text($0)) }),
    ]
  }
}

extension TrainedAgent {
  /// Solves one puzzle and keeps every thought.
  func solve(_ example: Example, task: any Task, segments: Int? = nil) throws -> ThoughtFilm {
    let cells = configuration.context.grid.cells
    guard task.grid.cells == cells, example.question.count == cells else {
      throw GymError(
        "the puzzle has \(example.question.count) cells",
        expected: "\(cells), as the run was trained on")
    }
    let predictions = try agent.solve(
      QuestionBatch(cells: cells, questions: example.question, identifiers: [0]),
      options: SolveOptions(segments: segments, keepsThoughts: true))
    guard let prediction = predictions.first else {
      throw GymError("the agent gave no prediction")
    }
    let verdict =
      prediction.answer.map { task.verify($0, for: example) }
      ?? .failed(prediction.failure ?? "there is no answer")
    return ThoughtFilm(
      task: task, example: example, prediction: prediction, verdict: verdict,
      terminal: Terminal.output)
  }
}
