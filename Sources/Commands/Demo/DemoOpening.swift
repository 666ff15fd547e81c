import Foundation
import Gym
import GymReports
import Runner

/// What the demo begins with: a trained model that comes with the gym solves a puzzle that it never
/// saw, before anything is trained.
enum DemoOpening {
  private static let model = ModelLibrary.prefix + "sudoku-extreme"
  /// A generated one, rated 12; not in the training data, nor equivalent to a puzzle there.
  private static let puzzle =
    "..4.....2...8.9........4.1...9...8..6.7....435....8..7..521.9.4.92.5..7..7......."

  /// Solves the puzzle and draws what changes from segment to segment.
  static func show(_ line: ProgressLine) throws {
    guard ModelLibrary.names.contains(String(model.dropFirst(ModelLibrary.prefix.count))) else {
      print("No trained model is installed beside the program, so the demo begins with training.")
      return
    }
    let reference = try AgentSpecifier(model)
    let task = try reference.task(of: nil, named: nil)
    let ready = try reference.make(for: task) { line.note("Warning: \($0)") }
    let example = try PuzzleArgument.completed(
      PuzzleArgument.read(puzzle, index: 0, task: task), task: task)
    let start = ContinuousClock.now
    let film = try SolveTranscript(
      of: ready.agent, solving: example, task: task,
      options: SolveOptions(halts: true, keepsThoughts: true))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print("\(model), trained on other puzzles and told no rules, solves one it never saw:\n")
    print(film.text, terminator: "")
    print(
      "That took \(Figures.fixed(2, of: seconds)) s. Solve your own: reasongym solve \(model) PUZZLE\n"
    )
  }
}
