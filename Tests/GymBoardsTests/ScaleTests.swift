import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymJSON
import Testing

/// 200 entries × 10 000 puzzles, if REASONGYM_BOARD_SCALE is set:
///
///     REASONGYM_BOARD_SCALE=1 make test FILTER=ScaleTests
///
/// With REASONGYM_BOARD_KEEP=PATH the board is kept there, for `leaderboard show` and `page`.
@Suite struct ScaleTests {
  private static let environment = ProcessInfo.processInfo.environment

  @Test("A big board is ranked in time", .enabled(if: environment["REASONGYM_BOARD_SCALE"] != nil))
  func aBigBoard() throws {
    let (entries, puzzles) = (200, 10_000)
    let bed = try Testbed(count: puzzles)
    let clock = ContinuousClock()
    var texts: [[String]] = []
    for isRight in [false, true] {
      texts.append((0..<puzzles).map { bed.line($0, isRight: isRight).text() + "\n" })
    }
    var state: UInt64 = 1
    var judging = Duration.zero
    for number in 0..<entries {
      let skill = UInt64(20 + 70 * number / entries)
      let lines = (0..<puzzles).map { index -> String in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return texts[state >> 40 % 100 < skill ? 1 : 0][index]
      }.joined()
      judging += try clock.measure { try bed.submit(lines, agent: "agent \(number)") }
    }
    print("submit: \(judging / entries) an entry of \(puzzles) puzzles")
    var ranking: Ranking?
    let opening = try clock.measure {
      let board = try Board(bed.board.url, for: .reading, tasks: Testbed.tasks)
      ranking = try Ranking(
        board.entries(of: bed.benchmark.id), on: bed.benchmark,
        ratings: board.ratings(of: bed.benchmark.id))
    }
    print("open, check, read and rank: \(opening)")
    #expect(ranking?.standings.count == entries)
    if let path = Self.environment["REASONGYM_BOARD_KEEP"] {
      try bed.board.close()
      try FileManager.default.copyItem(at: bed.board.url, to: URL(fileURLWithPath: path))
    }
  }
}
