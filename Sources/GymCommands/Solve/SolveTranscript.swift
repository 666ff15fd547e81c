import Foundation
import Gym
import GymEvaluation
import GymReports
import GymTraining

/// The answers after each segment, as drawings.
struct SolveTranscript {
  let task: any Task
  let example: Example
  let prediction: Prediction
  let verdict: Verdict
  /// How many copies of the puzzle were solved.
  let attempts: Int
  /// How many there could have been, and when there are no more.
  private let voting: VotingOptions
  let terminal: Terminal

  /// Lets an agent solve a puzzle, with its demonstrations if the agent reads them. If several
  /// copies vote, the thoughts are those of the first vote for the answer that wins.
  ///
  /// - Throws: a `GymError` if the agent cannot do without demonstrations and there are none.
  init(
    of agent: any Agent, solving asked: AskedPuzzle, task: any Task, options: SolveOptions,
    voting: VotingOptions = VotingOptions()
  ) throws {
    let example = asked.example
    guard example.question.count == task.grid.cells else {
      throw GymError(
        "the puzzle has \(example.question.count) cells", expected: "\(task.grid.cells)")
    }
    let isTaught = (agent as? any LearningAgent)?.learnsFromDemonstrations == true
    guard !isTaught || !asked.demonstrations.isEmpty else {
      throw GymError(
        "\(type(of: agent).id) answers by a puzzle's demonstrations, and this one has none",
        remedy: "Give a file that holds them with the question, such as an ARC task's JSON")
    }
    let isShown = agent.readsDemonstrations && !asked.demonstrations.isEmpty
    let ensemble = try Ensemble([agent], of: task, voting: voting)
    let votes = try ensemble.votes(
      on: QuestionBatch(
        cells: task.grid.cells, questions: example.question, identifiers: [0],
        demonstrations: isShown ? [asked.demonstrations] : []),
      [0], options: options)
    guard let prediction = try ensemble.winners(votes).first else {
      throw GymError("the agent gave no prediction")
    }
    attempts = votes.predictions.count
    self.voting = voting
    self.task = task
    self.example = example
    self.prediction = prediction
    verdict = try Judge(task).judgment(of: prediction, to: example).verdict
    terminal = Terminal.output
  }

  /// How many segments the shown answer took; earlier attempts may have taken more.
  var segments: Int {
    prediction.thoughts.isEmpty ? prediction.segments : prediction.thoughts.count
  }

  /// The question, the answer after every segment with its changes, and the verdict.
  var text: String {
    let renderer = TerminalRenderer(usesColor: terminal.usesColor)
    return renderer.text(of: frames, width: terminal.width) + "\n" + ending(renderer)
  }

  /// The question, and the answer after every segment that changed it, with its changes marked.
  var frames: [(title: String, drawing: Drawing)] {
    var frames: [(title: String, drawing: Drawing)] = [
      ("the puzzle", task.draw(example.question, answer: nil))
    ]
    var last = example.question
    for (index, thought) in prediction.thoughts.enumerated() {
      let changed = zip(thought, last).count { $0 != $1 }
      if changed > 0 {
        let drawing = task.draw(example.question, answer: thought)
        let before = task.draw(example.question, answer: index == 0 ? nil : last)
        frames.append(
          ("segment \(index + 1): \(changed) changed", drawing.markingChanges(since: before)))
      }
      last = thought
    }
    if prediction.thoughts.isEmpty, let answer = prediction.answer {
      frames.append(("the answer", task.draw(example.question, answer: answer)))
    }
    return frames
  }

  /// The outcome: what stayed the same, and whether it is solved.
  private func ending(_ renderer: TerminalRenderer) -> String {
    var text = ""
    let thoughts = prediction.thoughts
    if let last = thoughts.last, let settled = thoughts.firstIndex(of: last),
      settled + 1 < thoughts.count, thoughts[settled...].allSatisfy({ $0 == last })
    {
      text += "Nothing changes after segment \(settled + 1) of \(thoughts.count).\n"
    }
    if voting.copies > 1 {
      text +=
        voting.isEnough(prediction)
        ? "This is attempt \(attempts) of at most \(voting.copies): the agent thinks that it is right.\n"
        : "The agent is sure of none of \(attempts) attempts: the answer of most counts.\n"
    }
    if let confidence = prediction.confidence {
      text += "The agent is \(confidence.percent) sure.\n"
    }
    if verdict.isSolved { return text + "Solved: the answer keeps all the rules.\n" }
    if let answer = prediction.answer, !verdict.wrongCells.isEmpty {
      let drawing = task.draw(example.question, answer: answer).markingWrong(verdict.wrongCells)
      text += renderer.text(sideBySide: [("what is wrong", drawing)])
    }
    return text + "Not solved: \(verdict.problem ?? "the answer does not keep the rules").\n"
  }
}

extension TerminalRenderer {
  /// Drawings under their titles, next to each other as far as they fit a width.
  func text(of frames: [(title: String, drawing: Drawing)], width: Int) -> String {
    let widest = frames.map { max(self.width(of: $0.drawing), $0.title.count) }.max() ?? 1
    let perRow = max(1, (width + 3) / (widest + 3))
    return stride(from: 0, to: frames.count, by: perRow).map {
      text(sideBySide: Array(frames[$0..<min($0 + perRow, frames.count)]))
    }.joined(separator: "\n")
  }
}

extension SolveTranscript {
  /// The seconds that the puzzle, each change and the verdict are shown.
  private static let (question, shortest, longest, verdict) = (1.5, 0.3, 0.9, 4.0)
  /// The seconds that all changes together should take.
  private static let changes = 12.0

  /// Writes the transcript as an animated SVG.
  ///
  /// - Throws: a `GymError` if the file cannot be written.
  func writeSVG(to path: String, by agent: String) throws {
    do {
      try Data(svg(by: agent).utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw GymError.unwritten(path, error)
    }
  }

  private func svg(by agent: String) -> String {
    let frames = frames
    let pause = min(Self.longest, max(Self.shortest, Self.changes / Double(frames.count)))
    var film = frames.enumerated().map { index, frame in
      SVGFilm.Frame(
        frame.drawing, caption: frame.title, seconds: index == 0 ? Self.question : pause)
    }
    if let answer = prediction.answer {
      let drawing = task.draw(example.question, answer: answer)
      film.append(
        SVGFilm.Frame(
          self.verdict.isSolved ? drawing : drawing.markingWrong(self.verdict.wrongCells),
          caption: closing, seconds: Self.verdict))
    }
    let side = max(6, min(32, 480 / max(task.grid.rows, task.grid.columns)))
    return SVGFilm(cellSide: side).text(film, title: "\(agent) solves a puzzle of \(task.id.name)")
  }

  private var closing: String {
    let thoughts = prediction.thoughts
    let settled = thoughts.last.flatMap { last in
      thoughts.lastIndex { $0 != last }.map { $0 + 2 } ?? 1
    }
    guard verdict.isSolved else { return "not solved: \(verdict.problem ?? "against the rules")" }
    return settled.map { "solved in segment \($0)" } ?? "solved"
  }
}
