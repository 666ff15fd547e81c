import GymRandomness
import Testing

@Suite struct RandomStreamTests {
  /// The known answers that the generator's authors publish with Random123 (kat_vectors).
  @Test("Philox gives the known answers of Random123")
  func philoxKnownAnswers() {
    let zero = Philox(key: 0).block(high: 0, low: 0)
    #expect(zero.0 == 0xE169_C58D_6627_E8D5)
    #expect(zero.1 == 0x9B00_DBD8_BC57_AC4C)
    let ones = Philox(key: .max).block(high: .max, low: .max)
    #expect(ones.0 == 0x41C8_3B0E_408F_276D)
    #expect(ones.1 == 0x6D54_51FD_A20B_C7C6)
  }

  @Test("Different streams and keys give different numbers")
  func streamsAndKeysDiffer() {
    var seen = Set<UInt64>()
    for seed in 0..<20 as Range<UInt64> {
      for label in ["", "a", "ab", "b"] {
        for stream in 0..<20 as Range<UInt64> {
          var random = RandomStream(key: RandomKey(seed: seed, label), stream: stream)
          for _ in 0..<4 { #expect(seen.insert(random.next()).inserted) }
        }
      }
    }
    let key = RandomKey(seed: 1)
    #expect(key.deriving("ab").deriving("c") != key.deriving("a").deriving("bc"))
    #expect(key.deriving(1) != key.deriving(2))
  }

  @Test("Integers below a bound are uniform", arguments: [1, 2, 3, 7, 10, 1000])
  func belowIsUniform(bound: Int) {
    var random = RandomStream(seed: 5, "below \(bound)")
    let draws = 200 * bound
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<draws { counts[random.below(bound)] += 1 }
    // A chi-square statistic with k degrees of freedom has mean k and variance 2k.
    let statistic = counts.reduce(0.0) { $0 + ($1 - 200).squared / 200 }
    let freedom = Double(bound - 1)
    #expect(abs(statistic - freedom) <= 5 * (2 * freedom).squareRoot() + 1e-9)
  }

  @Test("Normal and uniform numbers have the right moments")
  func momentsOfNormalAndUnit() {
    var random = RandomStream(seed: 6, "moments")
    let count = 100_000
    let normals = (0..<count).map { _ in random.normal() }
    let mean = normals.reduce(0, +) / Double(count)
    let variance = normals.reduce(0) { $0 + $1 * $1 } / Double(count)
    #expect(abs(mean) < 0.02)
    #expect(abs(variance - 1) < 0.03)
    #expect((0..<count).allSatisfy { _ in (0..<1).contains(random.unit()) })
  }

  @Test("A shuffle keeps the elements")
  func shuffleKeepsTheElements() {
    var random = RandomStream(seed: 7, "shuffle")
    let shuffled = random.shuffled(Array(0..<500))
    #expect(shuffled != Array(0..<500))
    #expect(shuffled.sorted() == Array(0..<500))
  }
}

extension Int {
  fileprivate var squared: Double { Double(self) * Double(self) }
}
