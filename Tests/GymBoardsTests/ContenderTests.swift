import Foundation
import Gym
import GymBoards
import GymEvaluation
import GymJSON
import Testing

@Suite struct ContenderTests {
  private static let count = 200

  private func ranking(_ entries: [Entry]) throws -> Ranking {
    Ranking(entries, on: try benchmark())
  }

  private func benchmark() throws -> Benchmark {
    try Benchmark(
      name: "b", task: Successor.id, settings: [:], split: "test",
      dataHash: String(repeating: "a", count: 64), count: Self.count, answers: .open, levels: [],
      created: Date(timeIntervalSince1970: 0), origin: "a collection")
  }

  private func entry(
    _ agent: String, solves: Int, seed: UInt64? = nil, usesRules: Bool = false,
    training: Double? = nil, flops: Double? = nil, command: String? = nil, day: Double = 0,
    answers: Character = "0", ignoresDemonstrations: Bool = false
  ) throws -> Entry {
    var usage = UsageReport(.measured)
    (usage.trainingFlops, usage.flops, usage.parameters) = (training, flops, 1000)
    let solved = BitSet((0..<Self.count).map { $0 < solves })
    return try Entry(
      benchmark: benchmark().id,
      participant: Participant(
        agent: agent, seed: seed, usesRules: usesRules,
        ignoresDemonstrations: ignoresDemonstrations, usage: usage, command: command),
      predictionsHash: String(repeating: answers, count: 64),
      submitted: Date(timeIntervalSince1970: day * 86_400),
      results: Results(
        solved: solved, answered: solved, findings: [],
        wrongCells: Array(repeating: 0, count: Self.count), cellAccuracy: 0, meanSegments: 0))
  }

  private func mixed() throws -> Ranking {
    try ranking([
      entry("net", solves: 150, seed: 1, training: 3e12, flops: 1e9),
      entry("net", solves: 130, seed: 2, training: 4e12, flops: 1e9),
      entry("other", solves: 60, training: 1e12, flops: 1e9),
      entry("solver", solves: 200, usesRules: true),
      entry("counter", solves: 1, training: 0, flops: 0),
    ])
  }

  @Test("Seeds of one agent are folded, with the interval that compare uses")
  func seedsAreFoldedWithTheIntervalOfAComparison() throws {
    let ranking = try mixed()
    #expect(ranking.contenders.map(\.agent) == ["solver", "net", "other", "counter"])
    #expect(ranking.contenders.map(\.kind) == [.rules, .learner, .learner, .guesser])
    let net = ranking.contenders[1]
    #expect(net.seeds == 2 && abs(net.accuracy.mean - 0.7) < 1e-12 && net.trainingFlops == 3.5e12)
    #expect(net.interval == Sample([0.75, 0.65]).shareInterval(trials: Self.count))
    // A single entry has Wilson's interval.
    #expect(ranking.contenders[2].interval == Proportion(60, of: Self.count).interval())
    #expect(ranking.bestLearner == net)
    let family = try #require(ranking.json["families"]?.array?.first)
    #expect(family["interval"]?[0]?.number == net.interval.lowerBound)
  }

  @Test("Only entries that differ in the seed alone are folded")
  func onlySeedsAreFolded() throws {
    func asked(_ options: String) -> String {
      "reasongym train net --data DATA --seed 7 --out run && reasongym evaluate run --data DATA"
        + options
    }
    func net(
      _ solves: Int, seed: UInt64, training: Double = 1e12, usesRules: Bool = false,
      command: String? = nil, day: Double = 0
    ) throws -> Entry {
      try entry(
        "net", solves: solves, seed: seed, usesRules: usesRules, training: training, flops: 1e9,
        command: command, day: day)
    }
    let ranking = try ranking([
      net(100, seed: 1), net(90, seed: 2, command: asked("")),
      // The same seed, later.
      net(150, seed: 1, day: 1),
      // Votes, the task's rules, and another budget.
      net(120, seed: 3, command: asked(" --votes 8")), net(199, seed: 4, usesRules: true),
      net(170, seed: 5, training: 2e12), net(160, seed: 6, training: 2.5e12),
    ])
    let folded = ranking.families.map { family in
      family.members.map { ranking.standings[$0].entry.results.solvedCount }.sorted()
    }
    #expect(folded == [[160, 170], [90, 100]])
    #expect(ranking.contenders.count == 5)
  }

  @Test("Runs with and without demonstrations are not folded")
  func demonstrationsAreFoldedApart() throws {
    let ranking = try ranking([
      entry("net", solves: 100, seed: 1),
      entry("net", solves: 90, seed: 2, ignoresDemonstrations: true),
    ])
    #expect(ranking.families.isEmpty && ranking.contenders.count == 2)
  }

  @Test("Which of two entries of one seed and second is folded does not depend on what they solve")
  func oneOfASeedIsChosenBlindly() throws {
    let chosen = try [(100, 150), (150, 100)].map { first, second in
      let ranking = try ranking([
        entry("net", solves: first, seed: 1, answers: "1"),
        entry("net", solves: second, seed: 1, answers: "2"), entry("net", solves: 90, seed: 2),
      ])
      let family = try #require(ranking.families.first)
      return Set(family.members.map { ranking.standings[$0].entry.predictionsHash })
    }
    #expect(chosen[0] == chosen[1] && chosen[0].count == 2)
  }

  @Test("The same seeds under two budgets are two agents with several seeds")
  func budgetsAreFoldedApart() throws {
    let short = try [90, 100, 110].enumerated().map { seed, solves in
      try entry("net", solves: solves, seed: UInt64(seed), training: 1e12, flops: 1e9)
    }
    let long = try [150, 160, 170].enumerated().map { seed, solves in
      try entry("net", solves: solves, seed: UInt64(seed), training: 6e12, flops: 1e9, day: 1)
    }
    let ranking = try ranking(short + long)
    #expect(ranking.families.map(\.members.count) == [3, 3])
    #expect(zip(ranking.families, [0.8, 0.5]).allSatisfy { abs($0.accuracy.mean - $1) < 1e-12 })
    #expect(ranking.contenders.map(\.trainingFlops) == [6e12, 1e12])
  }

  @Test("What a process does not tell is not known, and what it tells is a claim")
  func processesClaim() throws {
    var cost = AgentUsage(parameters: 0, training: nil, solving: ResourceUsage(), puzzles: 3)
    cost.solving.seconds = 2
    let silent = UsageReport(ofProcess: cost)
    #expect(silent.provenance == .claimed && silent.parameters == nil && silent.flops == nil)
    #expect(silent.trainingFlops == nil && silent.seconds == 2)
    #expect(try Participant(agent: "llm", usage: silent).kind == .learner)
    let told = UsageReport(
      ofProcess: AgentUsage(
        parameters: 7, training: nil, solving: ResourceUsage(), puzzles: 3))
    #expect(told.parameters == 7)
  }

  @Test("Solvers and baselines are references without a rank of their own")
  func referencesTakeNoRank() throws {
    let ranking = try mixed()
    #expect(
      ranking.standings.map(\.entry.participant.agent) == [
        "solver", "net", "net", "other", "counter",
      ])
    // The solver would be first, too; the counter would come after all three.
    #expect(ranking.standings.map(\.rank) == [1, 1, 2, 3, 4])
    #expect(ranking.standings[1].rankRange == 1...1 && ranking.standings[4].rankRange == 4...4)
    #expect(
      ranking.paretoFront(.flops).map { ranking.standings[$0].entry.participant.agent } == ["net"])
    #expect(ranking.paretoFront(.trainingFlops).count == 2)
    #expect(try self.ranking([entry("solver", solves: 9, usesRules: true)]).bestLearner == nil)
  }

  @Test("Tables for papers have intervals, and names are escaped")
  func tablesForPapersHaveIntervalsAndNoMarkup() throws {
    let table = PaperTable(
      try ranking([
        entry("a_b & {c}\\|x", solves: 100, training: 2e12, flops: 2e9),
        entry("solver", solves: 200, usesRules: true),
      ]))
    let rows = table.markdown.split(separator: "\n")
    #expect(rows.count == 5 && rows[2].contains("50.0 % | 43.1 to 56.9 %"))
    #expect(rows[2].contains("| 10 M | 2 T |"))
    #expect(rows[3].contains("solver (reference)"))
    for row in rows.prefix(4) { #expect(row.count { $0 == "|" } == 8, "\(row)") }
    let latex = table.latex
    #expect(
      latex.contains("a\\_b \\& \\{c\\}\\textbackslash{}\\textbar{}x & 1 & 50.0 & 43.1--56.9"))
    #expect(latex.contains("\\toprule") && latex.contains("\\midrule\nsolver (reference)"))
    let body = latex.split(separator: "\n").filter { $0.hasSuffix("\\\\") }
    #expect(body.count >= 2)
    for line in body { #expect(line.replacing("\\&", with: "").count { $0 == "&" } == 6) }
  }

  @Test("A scaling curve is read back unchanged")
  func scalingComesBackWhole() throws {
    let study: JSON = [
      "points": [
        [
          "segments": 4, "votes": 8, "exact": ["solved": 3, "count": 10],
          "flops-per-puzzle": 1.5e9, "seconds-per-puzzle": 0.25,
        ]
      ]
    ]
    let curve = try ScalingCurve(study: study)
    #expect(
      curve.points == [
        .init(segments: 4, votes: 8, chains: 1, solved: 3, count: 10, flops: 1.5e9, seconds: 0.25)
      ])
    #expect(try ScalingCurve(curve.json) == curve)
    let participant = try Participant(
      agent: "a", scaling: curve, command: "reasongym train a --data DATA", machine: "one, 8 cores")
    #expect(
      try Participant(participant.json) == participant
        && (try participant.claimed().scaling) == curve)
  }

  static let study = """
    {"probe": {"puzzles": 4, "states": [{"name": "z_H", "width": 8, "participation-ratio": 2.5}],
      "steps": [
        {"segment": 1, "step": 1, "ends-segment": false, "residuals": {"z_H": 3}},
        {"segment": 1, "step": 2, "ends-segment": true, "residuals": {}, "cell-accuracy": 0.5,
         "exact": {"solved": 1, "count": 4}},
        {"segment": 2, "step": 2, "ends-segment": true, "residuals": {"z_H": 1},
         "cell-accuracy": 0.75, "exact": {"solved": 3, "count": 4}}],
      "changes": [{"segment": 2, "fixed": 5, "broken": 1}],
      "halts": [{"segment": 1, "puzzles": 1, "solved": 1}, {"segment": 2, "puzzles": 3, "solved": 2}],
      "fixed-points": {"distinct": [3, 1]}}}
    """

  @Test("What a probe saw is read, and read back unchanged")
  func probesComeBackWhole() throws {
    let findings = try ProbeFindings(study: JSON(parsing: Self.study))
    #expect(findings.segments.map(\.solved) == [1, 3] && findings.distinct == [3, 1])
    #expect(findings.segments.map { $0.residuals["z_H"] } == [3, 1])
    #expect(findings.segments[1].fixed == 5 && findings.segments[1].broken == 1)
    #expect(findings.segments.map(\.stopped) == [1, 3])
    #expect(findings.segments.map(\.stoppedSolved) == [1, 2])
    #expect(findings.states.map(\.name) == ["z_H"] && findings.states.map(\.width) == [8])
    #expect(findings.states.map(\.participation) == [2.5])
    #expect(try ProbeFindings(findings.json) == findings)
    let participant = try Participant(agent: "a", probe: findings)
    #expect(
      try Participant(participant.json) == participant && participant.claimed().probe == findings)
    let bare = try Participant(agent: "a", command: "run-it").measured(
      scaling: nil, probe: findings)
    #expect(bare.probe == findings && bare.command == "run-it")
    // When something was attached is the board's word, not a submitter's.
    #expect(bare.attached != nil)
    #expect(try bare.claimed().attached == nil)
    #expect(try Participant(bare.json) == bare)
    let late = try Participant(["agent": "a", "attached": JSON(1 << 40)])
    let later = try late.measured(scaling: nil, probe: findings)
    #expect(try Participant(later.json) == later)
  }

  @Test(
    "Hostile probes are rejected",
    arguments: [
      ("\"solved\": 3, \"count\": 4}}]", "\"solved\": 5, \"count\": 4}}]"),
      ("\"width\": 8", "\"width\": 0"),
      ("z_H\", \"width", "z\\u202e\", \"width"), ("[3, 1]", "[3, -1]"), ("0.75", "7.5"),
      ("\"puzzles\": 4", "\"puzzles\": 0"), ("\"z_H\": 1}", "\"z_H\": \"x\"}"),
      ("\"fixed\": 5", "\"fixed\": -5"), ("\"steps\"", "\"paces\""),
      // More puzzles than it looked at, all segments or all numbers of answers together.
      ("{\"segment\": 1, \"puzzles\": 1,", "{\"segment\": 1, \"puzzles\": 2,"),
      ("[3, 1]", "[3, 2]"),
      // More puzzles solved where the agent stopped than it stopped on.
      ("\"puzzles\": 1, \"solved\": 1}", "\"puzzles\": 1, \"solved\": 2}"),
    ])
  func hostileProbesAreRefused(old: String, new: String) throws {
    let text = Self.study.replacing(old, with: new)
    #expect(text != Self.study)
    #expect(throws: GymError.self) { try ProbeFindings(study: JSON(parsing: text)) }
  }

  @Test("Hostile scaling curves are rejected")
  func hostileScalingIsRefused() throws {
    let point =
      "{\"segments\":1,\"votes\":1,\"chains\":1,\"solved\":5,\"count\":4,\"flops\":1,\"seconds\":1}"
    let good = point.replacing("5,", with: "3,")
    func array(_ count: Int) -> String {
      "[" + Array(repeating: good, count: count).joined(separator: ",") + "]"
    }
    #expect(try ScalingCurve(JSON(parsing: array(200))).points.count == 200)
    for text in [
      "3", "[3]", "[\(point)]", "[{}]", "[\(point.replacing("5,", with: "-1,"))]",
      "[\(point.replacing("\"solved\":5", with: "\"score\":1"))]",
      array(201),
    ] {
      #expect(throws: GymError.self, "\(text.prefix(90))") {
        try ScalingCurve(JSON(parsing: text))
      }
    }
    for text in [
      "[{\"segments\":1,\"votes\":1,\"exact\":{\"solved\":2,\"count\":-1}}]", "{}", "[1]",
      "[{\"segments\":1,\"votes\":1,\"exact\":{\"solved\":0,\"count\":-1}}]",
      "[{\"segments\":-1,\"votes\":1,\"exact\":{\"solved\":0,\"count\":1}}]",
      "[{\"segments\":1,\"votes\":1,\"exact\":{\"solved\":0,\"count\":1},\"flops-per-puzzle\":1e31}]",
    ] {
      #expect(throws: GymError.self, "\(text)") { try ScalingCurve(study: JSON(parsing: text)) }
    }
    #expect(throws: GymError.self) { try Participant(agent: "a", command: "rm -rf /\n:") }
    #expect(throws: GymError.self) { try Participant(agent: "a", machine: "\u{202E}x") }
  }
}
