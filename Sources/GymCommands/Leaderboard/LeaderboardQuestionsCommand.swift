import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymJSON

/// `reasongym leaderboard questions`: writes the questions without the answers.
struct LeaderboardQuestionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions",
    abstract: "Give out a benchmark's questions, without answers.",
    discussion: Help.flowing(
      """
      One JSON object per line: id, question, and the rating if it is known. An agent adds its
      answer to each id; `leaderboard submit` takes the lines.

      Examples:
        reasongym leaderboard questions board.db --out questions.jsonl
      """))

  @OptionGroup var options: BoardOptions

  @Option(help: ArgumentHelp("The new JSON lines file.", valueName: "FILE"), completion: .file())
  var out: String

  @Flag(help: "Replace the file that is there.")
  var force = false

  func run() throws {
    let board = try options.open(for: .reading)
    let benchmark = try options.choose(on: board)
    let vocabulary = try board.task(of: benchmark).vocabulary
    let file = try AtomicLines(out, replaces: force)
    for start in stride(from: 0, to: benchmark.count, by: 1024) {
      let range = start..<min(start + 1024, benchmark.count)
      for (index, example) in zip(range, try board.puzzles(of: benchmark.id, in: range)) {
        var line: JSONObject = [
          "id": .string(benchmark.puzzleID(index)),
          "question": .string(vocabulary.text(example.question)),
        ]
        line["rating"] = example.rating.map { .number($0) }
        file.add(.object(line))
      }
    }
    try file.finish()
    print("Wrote \(benchmark.count.counted("question")) of \(benchmark.name) to \(out)")
  }
}
