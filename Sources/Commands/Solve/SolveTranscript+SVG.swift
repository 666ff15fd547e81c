import Foundation
import Gym

extension SolveTranscript {
  /// The seconds that the puzzle, each change and the verdict are shown.
  private static let (question, shortest, longest, verdict) = (1.5, 0.3, 0.9, 4.0)
  /// The seconds that all changes together should take.
  private static let changes = 12.0

  /// Writes the film as an animated SVG.
  ///
  /// - Throws: a `GymError` if the file cannot be written.
  func writeSVG(to file: URL, by agent: String) throws {
    do {
      try Data(svg(by: agent).utf8).write(to: file, options: .atomic)
    } catch {
      throw GymError.unwritten(file.path, error)
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
