import Foundation
import Gym
import GymBoards
import GymEvaluation
import Testing

@Suite struct RankingTests {
  private static let count = 1000

  private func benchmark(
    levels: [DifficultyLevel] = Successor().levels
  ) throws -> Benchmark {
    try Benchmark(
      name: "b", task: Successor.id, settings: [:], split: "test",
      dataHash: String(repeating: "a", count: 64), count: Self.count, answers: .open,
      levels: levels, created: Date(timeIntervalSince1970: 0))
  }

  private func entry(
    _ agent: String, seed: UInt64? = nil, at second: Int = 0, usage: UsageReport = UsageReport(),
    solves: (Int) -> Bool
  ) throws -> Entry {
    let solved = BitSet((0..<Self.count).map(solves))
    return try Entry(
      benchmark: benchmark().id, participant: Participant(agent: agent, seed: seed, usage: usage),
      predictionsHash: String(repeating: "0", count: 64),
      submitted: Date(timeIntervalSince1970: Double(second)),
      results: Results(
        solved: solved, answered: solved, findings: [],
        wrongCells: Array(repeating: 0, count: Self.count), cellAccuracy: 0, meanSegments: 0))
  }

  @Test("Entries that do not differ significantly share a rank")
  func entriesThatDoNotDifferShareARank() throws {
    let ranking = Ranking(
      [
        try entry("poor") { $0 < 300 }, try entry("good") { $0 < 802 },
        try entry("good too") { $0 < 800 }, try entry("middle") { $0 < 500 },
        try entry("middle too") { $0 < 498 }, try entry("twin", at: 9) { $0 < 802 },
      ], on: try benchmark())
    #expect(
      ranking.standings.map(\.entry.participant.agent)
        == ["good", "twin", "good too", "middle", "middle too", "poor"])
    #expect(ranking.standings.map(\.rank) == [1, 1, 1, 4, 4, 6])
    #expect(ranking.standings.map(\.group) == [0, 0, 0, 1, 1, 2])
    #expect(ranking.standings.map(\.rankRange) == [1...3, 1...3, 1...3, 4...5, 4...5, 6...6])
    let pair = ranking.comparison(0, 3)
    #expect(pair.wins == 302 && pair.losses == 0 && pair.differs)
    #expect(ranking.comparison(3, 0) == pair.reversed)
    #expect(ranking.comparison(0, 1).pValue == 1 && !ranking.comparison(0, 1).differs)
  }

  /// Entries with the same rank do not differ, ranks follow the metric, and corrected p are Holm's.
  @Test("Ranks follow the metric, and p-values are corrected by Holm's method")
  func ranksMeanWhatTheySay() throws {
    var state: UInt64 = 77
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    let entries = try (0..<24).map { index in
      let skill = 0.3 + 0.4 * random()
      return try entry("agent \(index)") { _ in random() < skill }
    }
    let ranking = Ranking(entries, on: try benchmark())
    var pValues: [Double] = []
    var found: [PairedComparison] = []
    for (a, first) in ranking.standings.enumerated() {
      for (b, second) in ranking.standings.enumerated() where a < b {
        let pair = ranking.comparison(a, b)
        let bits = (0..<Self.count).map {
          (first.entry.results.solved[$0], second.entry.results.solved[$0])
        }
        #expect(pair.wins == bits.count { $0 && !$1 } && pair.losses == bits.count { !$0 && $1 })
        #expect(first.solved.successes >= second.solved.successes && first.rank <= second.rank)
        if first.rank == second.rank { #expect(!pair.differs) }
        pValues.append(McNemarTest(wins: pair.wins, losses: pair.losses).pValue)
        found.append(pair)
      }
    }
    #expect(found.map(\.adjustedPValue) == HolmCorrection.adjusted(pValues))
    for standing in ranking.standings { #expect(standing.rankRange.contains(standing.rank)) }
    #expect(Set(ranking.standings.map(\.rank)).count > 2)
    #expect(ranking.standings[0].solved.interval().contains(ranking.standings[0].solved.share))
  }

  @Test("Entries of one agent with different seeds form a family")
  func seedsOfOneAgentAreAFamily() throws {
    let ranking = Ranking(
      [
        try entry("a", seed: 1) { $0 < 500 }, try entry("a", seed: 2) { $0 < 510 },
        try entry("a", seed: 3) { $0 < 520 }, try entry("b", seed: 1) { $0 < 700 },
      ], on: try benchmark())
    #expect(ranking.families.map(\.agent) == ["a"])
    #expect(ranking.families[0].members == [1, 2, 3])
    #expect(abs(ranking.families[0].accuracy.mean - 0.51) < 1e-12)
    #expect(abs((ranking.families[0].accuracy.standardDeviation ?? 0) - 0.01) < 1e-12)
  }

  @Test("Results are split by difficulty")
  func partsByRating() throws {
    let ratings = (0..<Self.count).map { index -> Double? in
      index % 10 == 9 ? nil : Double(index % 3)
    }
    let ranking = Ranking([try entry("a") { $0 % 3 == 2 }], on: try benchmark(), ratings: ratings)
    let parts = ranking.standings[0].byRating
    #expect(parts.map(\.name) == ["easy", "hard", "no level"])
    #expect(parts[0].solved.successes == 0 && parts[1].solved.share == 1)
    #expect(parts.map(\.solved.count).reduce(0, +) == Self.count)
  }

  @Test("Levels of one name are one part, as in an evaluation")
  func levelsOfOneNameAreOnePart() throws {
    let levels = [
      DifficultyLevel("same", rating: 0...1), DifficultyLevel("other", rating: 2...2),
      DifficultyLevel("same", rating: 3...4),
    ]
    let ranking = Ranking(
      [try entry("a") { $0 % 5 != 3 }], on: try benchmark(levels: levels),
      ratings: (0..<Self.count).map { Double($0 % 5) })
    let parts = ranking.standings[0].byRating
    #expect(parts.map(\.name) == ["same", "other"])
    #expect(parts.map(\.solved) == [Proportion(600, of: 800), Proportion(200, of: 200)])
    #expect(ranking.json["standings"]?[0]?["by-rating"]?["same"]?["count"]?.integer == 800)
    #expect(ranking.puzzles.levels.map(\.count) == [800, 200])
  }

  @Test("Ratings that are too close together to be divided have no histogram")
  func ratingsWithoutAHistogram() {
    for ratings in [[0, .leastNonzeroMagnitude], [-1e308, 1e308], [3, 3], []] as [[Double]] {
      #expect(PuzzleSummary(settings: [:], levels: [], ratings: ratings).histogram.isEmpty)
    }
  }

  @Test("Shares in CSV have a digit for every puzzle of the largest board")
  func sharesHaveSixDigits() throws {
    let csv = RankingTable(Ranking([try entry("a") { $0 > 0 }], on: try benchmark())).csv
    #expect(csv.contains(",999,1000,0.999000,0.994357,0.999823,"))
  }

  @Test("The Pareto front omits dominated entries and unknown costs")
  func theFrontLeavesOutWhatIsBeatenOrUnknown() throws {
    func usage(_ flops: Double?) -> UsageReport {
      var usage = UsageReport()
      usage.flops = flops
      return usage
    }
    let ranking = Ranking(
      [
        try entry("dear", usage: usage(1e12)) { $0 < 900 },
        try entry("cheap", usage: usage(1e9)) { $0 < 400 },
        try entry("beaten", usage: usage(1e12)) { $0 < 800 },
        try entry("unknown", usage: usage(nil)) { $0 < 999 },
        try entry("counts nothing", usage: usage(0)) { _ in true },
      ], on: try benchmark())
    let front = ranking.paretoFront(.flops).map { ranking.standings[$0].entry.participant.agent }
    #expect(front == ["cheap", "dear"])
    #expect(ranking.paretoFront(.parameters).isEmpty)
    #expect(ranking.json["pareto"]?["flops"]?.array?.count == 2)
  }

  @Test("A board without entries has an empty ranking")
  func aBoardWithoutEntries() throws {
    let ranking = Ranking([], on: try benchmark())
    #expect(ranking.standings.isEmpty && ranking.json["standings"] == [])
    #expect(RankingTable(ranking).csv.split(separator: "\r\n").count == 1)
  }

  @Test("Bit sets count their members")
  func bitSetsCount() {
    for count in [0, 1, 63, 64, 65, 200] {
      var (a, b) = (BitSet(count: count), BitSet(count: count))
      for index in 0..<count {
        if index % 2 == 0 { a.insert(index) }
        if index % 3 == 0 { b.insert(index) }
      }
      #expect(a.trueCount == (0..<count).count { $0 % 2 == 0 })
      #expect(a.trueCount(and: b) == (0..<count).count { $0 % 6 == 0 })
      #expect(a.trueCount(without: b) == (0..<count).count { $0 % 2 == 0 && $0 % 3 != 0 })
      #expect(BitSet(bytes: a.bytes, count: count) == a)
      #expect(BitSet(bytes: a.bytes + [0], count: count) == nil)
    }
    #expect(BitSet(bytes: [2, 0, 0, 0, 0, 0, 0, 0], count: 1) == nil)
  }
}
