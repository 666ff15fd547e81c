import Foundation
import GymJSON
import Testing

/// Agents side by side, from the command line.
@Suite struct ComparisonTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.makeData()
  }

  private static let hrm = "agents.hidden=16 agents.heads=2 agents.expansion=1 agents.batch=8"

  @Test("A comparison prints one table, and an interrupted one resumes")
  func aComparisonIsOneTableAndGoesOn() throws {
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
    // Nothing is repeated, and the result is the same.
    let again = try program.succeed(line + " --resume")
    #expect(try JSON(parsing: again.output) == summary)
    #expect(try program.run(line).code == 1, "a comparison is not replaced unasked")
    let shown = try JSON(parsing: program.succeed("leaderboard show board.db --json").output)
    #expect(shown["standings"]?.array?.count == 5)
  }

  @Test("The table says how many answers each puzzle had, and whether the rules chose")
  func votesAreTold() throws {
    for (options, words) in [
      ("--attempts 2", "Each puzzle had up to 2 attempts.\n"),
      ("--votes 2 --votes-verify", "Each puzzle had 2 votes.\n"), ("", ""),
    ] {
      let output = try program.succeed(
        "compare solver --data data --steps 1 \(options) --out compared --force"
      ).output
      #expect(output.contains("Each puzzle") == !words.isEmpty, "\(output)")
      #expect(words.isEmpty || output.contains(words), "\(output)")
      #expect(output.contains("chose among its votes") == options.contains("verify"), "\(output)")
      let file = try String(contentsOf: program.url("compared/summary.txt"), encoding: .utf8)
      #expect(output.contains(file), "\(file)")
    }
  }

  @Test("Training puzzles among the test puzzles are noticed")
  func nobodyTrainsOnWhatIsAskedUnnoticed() throws {
    try program.succeed("dataset convert data --split train --to csv --out train.csv")
    try program.succeed(
      "dataset build sudoku-extreme --set size=4 --train train.csv --test train.csv --out leaky")
    let learning = "--data leaky --steps 1 --set"
    for line in [
      "train transformer \(learning) hidden=16 heads=2 batch=8 --out run",
      "compare transformer solver \(learning) \(Self.hrm) --seeds 1 --out compared",
      "compare transformer \(learning) \(Self.hrm) --seeds 1 --resume --out begun",
    ] {
      let refused = try program.run(line)
      #expect(refused.code == 1 && refused.errors.contains("also trained on"), "\(refused)")
      #expect(refused.errors.contains("--allow-leakage"))
      try program.succeed(line + " --allow-leakage")
    }
    try program.succeed("compare solver --data leaky --steps 1 --out rules")
  }

  /// The run has its training and its step, and another checkpoint is another comparison.
  @Test("A trained run takes part in a comparison")
  func aTrainedRunTakesPart() throws {
    try program.succeed("train hrm --data data --steps 3 --out first \(Program.tiny)")
    try program.succeed("train hrm --data data --steps 4 --out second \(Program.tiny)")
    func line(_ run: String) -> String {
      "compare trained=\(run) solver --data data --steps 1 --out compared --json"
    }
    let summary = try JSON(parsing: program.succeed(line("first")).output)
    let row = try #require(summary["contestants"]?[0])
    #expect(row["training-flops"]?.number ?? 0 > 0 && row["runs"]?[0]?["steps"]?.integer == 3)
    let other = try program.run(line("second") + " --resume")
    #expect(other.code == 1 && other.errors.contains("other participants"), "\(other)")
    // hrm with seed 1 would be kept in the folder of the run with that name.
    let shared = try program.run(
      "compare hrm hrm-1=first --data data --preset tiny --steps 1 --out both")
    #expect(shared.code == 1 && shared.errors.contains("hrm-1 and hrm-1"), "\(shared)")
  }

  @Test("`scale` prints a curve over segments and votes")
  func scaleIsACurve() throws {
    try program.succeed("train hrm --data data --steps 3 --out run \(Program.tiny)")
    let result = try program.succeed(
      "scale run --data data --segments 1,2 --votes 1,3 --json --svg curve.svg")
    let points = try #require(JSON(parsing: result.output)["points"]?.array)
    #expect(points.count == 4)
    let svg = try String(contentsOf: program.url("curve.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg"))
  }

  @Test("An external agent that knows the rules solves every puzzle")
  func aProcessWithTheRulesSolvesAll() throws {
    let agent = Program.root.appendingPathComponent("Examples/agent_sudoku.py").path
    let result = try program.shell(
      "$REASONGYM evaluate \"exec:python3 '\(agent)'\" --data data --json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(try JSON(parsing: result.output)["score"]?["exact"]?["accuracy"]?.number == 1)
  }
}
