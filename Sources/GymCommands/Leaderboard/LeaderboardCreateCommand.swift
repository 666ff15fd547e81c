import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymDatasets
import GymJSON

/// `reasongym leaderboard create`: creates a board, or another benchmark on it.
struct LeaderboardCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make a benchmark of a dataset's split, or a sealed one of new puzzles.",
    discussion: Help.flowing(
      """
      The board is made if there is none. It keeps the puzzles with their answers; with
      --held-back it gives out the questions only (see `leaderboard questions`): keep the dataset's
      folder to yourself in this case.

      With --generate the benchmark is sealed: its puzzles are made from a secret seed, and the
      board keeps their questions alone, so that the board's file may go anywhere. The seed lies in
      the file of --secret-seed, which is created if it does not exist; whoever has it judges
      submissions (`leaderboard submit --secret-seed FILE`) and can make every answer.

      Examples:
        reasongym leaderboard create board.db --data data/sudoku
        reasongym leaderboard create board.db --data data/maze --split validation \\
          --name maze-dev
        reasongym leaderboard create board.db --data secret --held-back
        reasongym leaderboard create board.db --task maze-hard --set size=15 \\
          --generate 1000 --secret-seed seed.json
      """))

  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"), completion: .file())
  var board: String

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "DIR"), completion: .directory)
  var data: String?

  @Option(help: "The split.")
  var split = "test"

  @Option(help: "What the benchmark is called. (default: by task, difficulty and split)")
  var name: String?

  @Flag(help: "Give out the questions only.")
  var heldBack = false

  @Option(help: ArgumentHelp("Make N new puzzles and seal their answers.", valueName: "N"))
  var generate: Int?

  @OptionGroup var secret: SecretSeedOption

  @Option(
    help: "The task: of new puzzles, or if the dataset does not name it.", completion: .tasks)
  var task: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of the task of new puzzles.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (data == nil) != (generate == nil) else {
      throw ValidationError("Say which puzzles: --data DIR, or --generate N.")
    }
    if generate == nil {
      guard secret.file == nil, values.isEmpty else {
        throw ValidationError("--secret-seed and --set go with --generate.")
      }
    } else {
      guard task != nil, secret.file != nil else {
        throw ValidationError("--generate needs --task TASK and --secret-seed FILE.")
      }
      guard !heldBack else {
        throw ValidationError("--generate keeps no answers that could be held back.")
      }
    }
  }

  func run() throws {
    let draft = try draft()
    let board = try Board.openOrCreate(path: board)
    try board.add(draft)
    if let note = draft.note { ProgressLine().note("Note: \(note).") }
    let benchmark = draft.benchmark
    if json {
      print(benchmark.json.text(.pretty))
    } else {
      print(
        "The benchmark \(benchmark.name): \(benchmark.count.counted("puzzle")) of \(benchmark.task), "
          + "answers \(benchmark.answers.rawValue), in \(board.url.path)")
      let puzzles = PuzzleSummary(
        settings: benchmark.settings, levels: benchmark.levels,
        ratings: try board.ratings(of: benchmark.id))
      if !puzzles.text.isEmpty { print(puzzles.text) }
      print("data \(benchmark.dataHash)")
    }
  }

  private func draft() throws -> BenchmarkDraft {
    if let generate, let file = secret.file {
      let task = try Catalogue.current.option(task ?? "", settings: values)
      let url = URL(fileURLWithPath: file)
      let isThere = FileManager.default.fileExists(atPath: url.path)
      let seed = isThere ? try SecretSeed(contentsOf: url) : SecretSeed()
      let draft = try BenchmarkDraft(
        name: name, sealing: task, count: generate, split: split,
        seed: seed)
      if !isThere { try seed.write(to: url) }
      return draft
    }
    let data = try Dataset(URL(fileURLWithPath: data ?? ""))
    let task = try Catalogue.current.knownTask(of: data, named: task)
    try data.split(split).checkAnswersAreKnown(task)
    let chosen = try data.split(split)
    return try BenchmarkDraft(
      name: name, task: task, split: chosen,
      demonstrations: PuzzleDemonstrations(data, for: chosen, of: task), isHeldBack: heldBack)
  }
}
