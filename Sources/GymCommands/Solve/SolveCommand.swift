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
        reasongym solve solver puzzles.csv --task sudoku-extreme
        reasongym solve runs/first "$(cat puzzle.txt)"
        reasongym solve runs/first puzzles.csv --film solved.svg
      """))

  @Argument(
    help: ArgumentHelp(
      "A run's folder, an agent that needs no training, or exec:COMMAND.", valueName: "RUN"),
    completion: .agentsAndRuns)
  var name: String

  @Argument(help: "The puzzle's characters, or a file of puzzles.", completion: .file())
  var puzzle: String

  @Option(help: ArgumentHelp("Which puzzle of a file, from 0.", valueName: "I"))
  var index = 0

  @Option(
    help: ArgumentHelp("Number of reasoning segments. (default: as in training)", valueName: "M"))
  var segments: Int?

  @Flag(help: "Let the agent stop as soon as it thinks that it is done.")
  var halt = false

  @Option(
    help: ArgumentHelp(
      "Also write an animated SVG of it, for pages and talks.", valueName: "FILE.svg"),
    completion: .file(extensions: ["svg"]))
  var film: String?

  @Option(help: "The task, if no run names it.", completion: .tasks)
  var task: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard index >= 0 else { throw ValidationError("--index is \(index); expected 0 or more.") }
    try check("--segments", segments, in: 1...100_000)
    if let film, !film.lowercased().hasSuffix(".svg") {
      throw ValidationError(
        "--film is \(film); expected a name that ends in .svg, the one format of films.")
    }
  }

  func run() throws {
    let line = ProgressLine()
    let reference = try AgentSpecifier(name)
    let task = try reference.task(of: nil, named: task)
    let ready = try reference.make(for: task) { line.note("Warning: \($0)") }
    if let cells = ready.trained?.context.grid.cells, cells != task.grid.cells {
      throw GymError(
        "puzzles of \(task.id) have \(task.grid.cells) cells", at: name,
        expected: "\(cells), as the run was trained on")
    }
    let example = try PuzzleArgument.completed(
      PuzzleArgument.read(puzzle, index: index, task: task), task: task)
    let film = try SolveTranscript(
      of: ready.agent, solving: example, task: task,
      options: SolveOptions(segments: segments, halts: halt, keepsThoughts: true))
    if let file = self.film { try film.writeSVG(to: URL(fileURLWithPath: file), by: ready.title) }
    if json {
      print(report(film).text(.pretty))
    } else {
      print(film.text, terminator: "")
    }
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
      "segments": JSON(prediction.segments),
      "thoughts": .array(prediction.thoughts.map { .string(vocabulary.text($0)) }),
    ]
  }
}

extension TrainedAgent {
  /// Solves one puzzle and keeps every thought.
  func solve(_ example: Example, task: any Task) throws -> SolveTranscript {
    try SolveTranscript(
      of: agent, solving: example, task: task, options: SolveOptions(keepsThoughts: true))
  }
}

/// A puzzle in an argument: its characters or a file's name.
enum PuzzleArgument {
  /// Reads the puzzle.
  ///
  /// - Parameter index: which puzzle of a file, from 0.
  static func read(_ text: String, index: Int, task: any Task) throws -> Example {
    if FileManager.default.fileExists(atPath: text) {
      return try example(
        in: PuzzleSource(URL(fileURLWithPath: text)).rereadable(), index: index, task: task)
    }
    // Tasks read files, so a typed puzzle becomes one.
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("puzzle-\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    let blank = task.vocabulary.token(of: " ") == nil ? " " : ""
    let line = text.split(whereSeparator: \.isNewline).joined(separator: blank)
    do {
      try Data((line + "\n").utf8).write(to: file)
    } catch {
      throw GymError.unwritten(file.path, error, "the puzzle cannot be put into a file")
    }
    do {
      return try example(in: PuzzleSource(file, format: .lines), index: 0, task: task)
    } catch let error as GymError {
      throw GymError(
        error.what, at: "the puzzle \"\(line.prefix(20))\(line.count > 20 ? "…" : "")\"",
        expected: error.expected, remedy: error.remedy ?? "Or give the name of a file that exists")
    }
  }

  private static func example(
    in source: PuzzleSource, index: Int, task: any Task
  ) throws -> Example {
    struct Found: Error {}
    var count = 0
    var found: Example?
    do {
      try task.readPuzzles(from: source) { puzzle in
        for example in puzzle.examples {
          if count == index {
            found = example
            throw Found()
          }
          count += 1
        }
      }
    } catch is Found {}
    guard let found else {
      throw GymError(
        "there is no puzzle \(index)", at: source.path,
        expected: count == 0 ? "a file with puzzles" : "0...\(count - 1)")
    }
    return found
  }

  /// The puzzle with an answer from the task's own solver, if it has one.
  ///
  /// - Throws: a `GymError` if there is no answer, or several and the task allows only one.
  static func completed(_ example: Example, task: any Task) throws -> Example {
    var example = example
    switch try task.solve(example.question) {
    case .unique(let answer): example.answer = answer
    case .several(let answer) where task.allowsSeveralAnswers: example.answer = answer
    case .several:
      throw GymError("the puzzle has several solutions", expected: "one with exactly one")
    case .none:
      throw GymError("the puzzle has no solution", expected: "one with a solution")
    case .invalid(let reason):
      throw GymError("this is not a puzzle of \(task.id): \(reason)")
    case .unsupported:
      if example.answer.isEmpty {
        example.answer = Array(repeating: Vocabulary.padding, count: task.grid.cells)
      }
    }
    return example
  }
}
