import ArgumentParser
import Datasets
import Foundation
import Gym
import JSON
import Leaderboard
import LeaderboardStore

/// `reasongym leaderboard create`: a board, or one more benchmark on it.
struct LeaderboardCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make a benchmark of a dataset's split, and the board where there is none.",
    discussion: """
      The board keeps the puzzles with their answers. With --held-back it gives out the questions
      only (see `leaderboard questions`); keep the dataset's folder to yourself then.

      Examples:
        reasongym leaderboard create board.db --data data/sudoku
        reasongym leaderboard create board.db --data data/maze --split validation --name maze-dev
        reasongym leaderboard create board.db --data secret --held-back
      """)

  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"))
  var board: String

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "DIR"))
  var data: String

  @Option(help: "The split.")
  var split = "test"

  @Option(help: "What the benchmark is called. (default: the task's name and the split's)")
  var name: String?

  @Flag(help: "Give out the questions only.")
  var heldBack = false

  @Option(help: "The task, where the dataset does not name it.")
  var task: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let data = try DatasetFolder(URL(fileURLWithPath: data))
    guard let task = try Catalogue.current.task(of: data, named: task) else {
      throw GymError(
        "the dataset does not say which task it is of", at: data.url.path,
        remedy: "Name it by --task")
    }
    let draft = try BenchmarkDraft(
      name: name ?? "\(task.id.name)-\(split)", task: task,
      split: data.split(split), isHeldBack: heldBack)
    let board = try Board.openOrCreate(path: board)
    try board.add(draft)
    let benchmark = draft.benchmark
    if json {
      print(benchmark.json.text(.pretty))
    } else {
      print(
        "The benchmark \(benchmark.name): \(benchmark.count) puzzles of \(benchmark.task), "
          + (heldBack ? "answers held back" : "answers open") + ", in \(board.url.path)")
      print("data \(benchmark.dataHash)")
    }
  }
}
