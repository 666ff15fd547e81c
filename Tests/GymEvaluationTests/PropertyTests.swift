import GymEvaluation
import Testing

@Suite struct PropertyTests {
  /// Small numbers that are the same in every run.
  private func numbers(_ count: Int, seed: UInt64) -> [Int] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 40)
    }
  }

  @Test("An interval contains its share")
  func anIntervalHoldsItsShare() {
    for count in [1, 2, 7, 100, 12_345] {
      for solved in stride(from: 0, through: count, by: max(1, count / 20)) {
        let proportion = Proportion(solved, of: count)
        let interval = proportion.interval()
        #expect(interval.contains(proportion.share) && 0 <= interval.lowerBound)
        #expect(interval.upperBound <= 1)
        #expect(proportion.interval(confidence: 0.99).lowerBound <= interval.lowerBound)
      }
    }
    #expect(Proportion(0, of: 0).interval() == 0...1)
  }

  @Test("McNemar's test is symmetric")
  func mcNemarsTestHasNoFavourite() {
    let seed: UInt64 = 11
    for pair in numbers(200, seed: seed) {
      let (wins, losses) = (pair % 300, pair / 300 % 300)
      let test = McNemarTest(wins: wins, losses: losses)
      #expect(test.pValue == McNemarTest(wins: losses, losses: wins).pValue, "seed \(seed)")
      #expect((0...1).contains(test.pValue), "\(test)")
    }
  }

  /// The sum itself, term by term with whole numbers.
  @Test("McNemar's exact test is the tail of the binomial distribution")
  func mcNemarsTestIsTheCoinsTail() {
    for count in 0...60 {
      var row: [UInt64] = [1]
      for _ in 0..<count { row = zip([0] + row, row + [0]).map(+) }
      for fewer in 0...count / 2 {
        let tail = row[...fewer].reduce(0.0) { $0 + Double($1) }
        var p = 2 * tail
        for _ in 0..<count { p /= 2 }
        let found = McNemarTest(wins: fewer, losses: count - fewer).pValue
        #expect(agree(found, min(1, p), within: 1e-13), "\(fewer) of \(count): \(found), \(p)")
      }
    }
  }

  @Test("One measurement has no interval")
  func oneMeasurementHasNoSpread() {
    let sample = Sample([0.25])
    #expect(sample.mean == 0.25 && sample.standardDeviation == nil && sample.interval() == nil)
  }

  @Test("The interval of a mean covers the spread of seeds and of puzzles")
  func aMeanOfSharesIsAtLeastAsOpenAsSeedsAndPuzzlesLeaveIt() throws {
    for shares in [[1, 1, 1], [0, 0], [0.5, 0.5, 0.5], [0.2, 0.9], [0.848, 0.77, 0.145]] {
      let sample = Sample(shares)
      let found = sample.shareInterval(trials: 400)
      let puzzles = Proportion(Int((sample.mean * 400).rounded()), of: 400).interval()
      let seeds = try #require(sample.interval())
      #expect(found.lowerBound >= 0 && found.upperBound <= 1 && found.contains(sample.mean))
      #expect(found.lowerBound <= puzzles.lowerBound && found.upperBound >= puzzles.upperBound)
      #expect(found.lowerBound <= max(0, seeds.lowerBound), "\(shares): \(found)")
      #expect(found.upperBound >= min(1, seeds.upperBound), "\(shares): \(found)")
    }
    #expect(Sample([0.25]).shareInterval(trials: 8) == Proportion(2, of: 8).interval())
    #expect(Sample([1, 1]).shareInterval(trials: 400).lowerBound < 0.995)
  }

  @Test("Holm's correction keeps the order and never lowers a p-value")
  func holmKeepsOrderAndNeverHelps() {
    let pValues = numbers(100, seed: 3).map { Double($0 % 1000) / 1000 }
    let adjusted = HolmCorrection.adjusted(pValues)
    for a in pValues.indices {
      #expect(adjusted[a] >= pValues[a] && adjusted[a] <= 1)
      for b in pValues.indices where pValues[a] < pValues[b] { #expect(adjusted[a] <= adjusted[b]) }
    }
    #expect(HolmCorrection.adjusted([]).isEmpty)
  }

  @Test("The Pareto front is the set of undominated points")
  func theFrontIsWhatNothingDominates() {
    for seed in UInt64(1)...50 {
      let points = numbers(40, seed: seed).map {
        CostPoint(cost: Double($0 % 12), value: Double($0 / 12 % 12))
      }
      let front = ParetoFront.indices(points)
      let expected = points.indices.filter { index in
        !points.contains { $0.dominates(points[index]) }
      }
      #expect(Set(front) == Set(expected), "seed \(seed)")
      #expect(front.map { points[$0].cost } == front.map { points[$0].cost }.sorted())
    }
    #expect(ParetoFront.indices([CostPoint(cost: .nan, value: 1)]).isEmpty)
  }
}

extension CostPoint {
  /// Whether this is at least as good as another in both, and better in one.
  fileprivate func dominates(_ other: CostPoint) -> Bool {
    cost <= other.cost && value >= other.value && (cost < other.cost || value > other.value)
  }
}
