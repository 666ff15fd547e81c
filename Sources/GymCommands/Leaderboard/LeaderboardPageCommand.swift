import ArgumentParser
import Foundation
import Gym
import GymBoardPages
import GymBoardStore
import GymBoards
import GymJSON
import GymReports

/// `reasongym leaderboard page`: writes a static site.
struct LeaderboardPageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page",
    abstract: "Write a static site: ranking, charts, and every puzzle with every answer.",
    discussion: Help.flowing(
      """
      The site needs no server and asks nothing of the network: open its index.html, or copy the
      folder anywhere.

      Examples:
        reasongym leaderboard page board.db --out site
        reasongym leaderboard page board.db --out site \\
          --task "exec:python3 task.py"
      """))

  @OptionGroup var options: BoardOptions

  @Option(help: ArgumentHelp("The site's folder.", valueName: "DIR"), completion: .directory)
  var out: String

  @Option(help: "The heading of the list, if the board has several benchmarks.")
  var title = "Leaderboard"

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let board = try options.open(for: .reading)
    let chosen = try options.benchmark == nil ? nil : [options.choose(on: board)]
    let start = Date()
    let report = try LeaderboardSite(board: board, title: title)
      .write(to: URL(fileURLWithPath: out), benchmarks: chosen)
    let seconds = Date().timeIntervalSince(start)
    if json {
      let value: JSON = [
        "index": .string(report.index.path), "files": JSON(report.files),
        "bytes": JSON(report.bytes), "largest": .string(report.largestFile),
        "largest-bytes": JSON(report.largestBytes), "seconds": .number(seconds),
        "left-out": .array(report.leftOut.map { .string($0.description) }),
      ]
      print(value.text(.pretty))
    } else {
      print(
        "Wrote \(report.files) files, \(Double(report.bytes).compact)B, "
          + "in \(Figures.fixed(1, of: seconds)) s; the largest is \(report.largestFile), "
          + "\(Double(report.largestBytes).compact)B.")
      for benchmark in report.leftOut { print("Left out: \(benchmark)") }
      print("Open \(report.index.path)")
    }
  }
}
