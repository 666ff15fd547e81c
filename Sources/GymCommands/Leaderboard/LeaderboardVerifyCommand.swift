import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymJSON

/// `reasongym leaderboard verify`: judges a board's answers again.
struct LeaderboardVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Judge every answer of a board again, and list what does not hold.",
    discussion: Help.flowing(
      """
      For boards that somebody else kept. The rules check the puzzles' labels, the hash of each
      entry's answers is computed anew, and each verdict is compared with the judge's. All
      benchmarks are verified unless --benchmark chooses one. The exit code is 1 if something does
      not hold, or cannot be judged, such as a sealed benchmark without its secret seed. Names,
      settings, costs and dates are an author's own words: nothing can verify them.

      Examples:
        reasongym leaderboard verify board.db
        reasongym leaderboard verify board.db --benchmark sealed \\
          --secret-seed seed.json
      """))

  @OptionGroup var options: BoardOptions

  @OptionGroup var secret: SecretSeedOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let board = try options.open(for: .reading, secretSeed: secret.read())
    let benchmarks =
      try options.benchmark == nil ? board.benchmarks() : [options.choose(on: board)]
    let line = ProgressLine()
    let reports = try benchmarks.map { benchmark in
      let entries = try board.entryCount(of: benchmark.id)
      let faults = try board.verify(benchmark) { done in
        line.update { "\(benchmark.name): \(done) of \(entries) entries" }
      }
      return Report(benchmark: benchmark, entries: entries, faults: faults)
    }
    line.clear()
    let holds = reports.allSatisfy(\.faults.isEmpty)
    if json {
      let list = JSON.array(reports.map(\.json))
      print((["holds": .bool(holds), "benchmarks": list] as JSON).text(.pretty))
    } else {
      print(reports.isEmpty ? "No benchmark yet." : reports.map(\.text).joined(separator: "\n"))
    }
    if !holds { throw ExitCode.failure }
  }

  private struct Report {
    let benchmark: Benchmark
    let entries: Int
    let faults: [BoardFault]

    var text: String {
      let head =
        "\(benchmark.name): \(benchmark.count.counted("puzzle")), "
        + "\(entries) \(entries == 1 ? "entry" : "entries")"
      guard !faults.isEmpty else { return head + "; all of it holds." }
      return faults.reduce(head + "; this does not hold:") { text, fault in
        text + "\n  \(fault.entry.map { "entry \($0.prefix(8)): " } ?? "")\(fault.text)"
      }
    }

    var json: JSON {
      [
        "benchmark": .string(benchmark.name), "puzzles": JSON(benchmark.count),
        "entries": JSON(entries),
        "faults": .array(
          faults.map {
            ["entry": $0.entry.map { .string($0) } ?? .null, "fault": .string($0.text)]
          }),
      ]
    }
  }
}
