import Foundation
import JSON
import Testing

/// Agents side by side, from the command line.
@Suite struct ComparisonTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.makeData()
  }

  private static let hrm = "agents.hidden=16 agents.heads=2 agents.expansion=1 agents.batch=8"

  @Test func aComparisonIsOneTableAndGoesOn() throws {
    let line =
      "compare hrm transformer solver --data data --preset tiny --set \(Self.hrm) --steps 3 "
      + "--seeds 1,2 --out compared --json"
    let summary = try JSON(parsing: program.succeed(line + " --submit board.db").output)
    let rows = try #require(summary["contestants"]?.array)
    #expect(rows.map { $0["label"]?.string } == ["hrm", "transformer", "solver"])
    #expect(rows[2]["uses-rules"] == true)
    #expect(rows[2]["accuracy"]?["mean"]?.number == 1)
    #expect(rows[0]["runs"]?.array?.count == 2)
    #expect(rows[2]["runs"]?.array?.count == 1)
    // Nothing is done twice, and what comes out is the same.
    let again = try program.succeed(line + " --resume")
    #expect(try JSON(parsing: again.output) == summary)
    #expect(try program.run(line).code == 1, "a comparison is not replaced unasked")
    let shown = try JSON(parsing: program.succeed("leaderboard show board.db --json").output)
    #expect(shown["standings"]?.array?.count == 5)
  }

  @Test func scaleIsACurve() throws {
    try program.succeed("train hrm --data data --steps 3 --out run \(Program.tiny)")
    let result = try program.succeed(
      "scale run --data data --segments 1,2 --votes 1,3 --json --svg curve.svg")
    let points = try #require(JSON(parsing: result.output)["points"]?.array)
    #expect(points.count == 4)
    let svg = try String(contentsOf: program.url("curve.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg"))
  }

  @Test func aProcessWithTheRulesSolvesAll() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let agent = root.appendingPathComponent("Examples/agent_sudoku.py").path
    let result = try program.shell(
      "$REASONGYM evaluate \"exec:python3 '\(agent)'\" --data data --json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(try JSON(parsing: result.output)["score"]?["exact"]?["accuracy"]?.number == 1)
  }
}
