import Gym
import GymRandomness
import Testing

@Suite struct SymmetryTests {
  private func symmetry(_ random: inout RandomStream, cells: Int, tokens: Int) -> Symmetry {
    Symmetry(
      cells: random.shuffled((0..<cells).map { UInt16($0) }),
      tokens: [0] + random.shuffled((1..<tokens).map { UInt8($0) }))
  }

  @Test("Symmetries compose and invert as a group action")
  func symmetriesAreAGroupThatActs() {
    for seed in 0..<200 as Range<UInt64> {
      var random = RandomStream(seed: seed, "symmetry")
      let (cells, tokens) = (random.integer(in: 1...40), random.integer(in: 2...20))
      let a = symmetry(&random, cells: cells, tokens: tokens)
      let b = symmetry(&random, cells: cells, tokens: tokens)
      let c = symmetry(&random, cells: cells, tokens: tokens)
      let identity = a.then(a.inverse)
      let grid = (0..<cells).map { _ in UInt8(random.below(256)) }
      #expect(identity.applied(to: grid) == grid, "seed \(seed)")
      #expect(a.inverse.inverse == a && a.inverse.then(a) == identity, "seed \(seed)")
      #expect(a.then(identity) == a && identity.then(a) == a, "seed \(seed)")
      #expect(a.then(b).then(c) == a.then(b.then(c)), "seed \(seed)")
      #expect(a.then(b).inverse == b.inverse.then(a.inverse), "seed \(seed)")
      #expect(b.applied(to: a.applied(to: grid)) == a.then(b).applied(to: grid), "seed \(seed)")
    }
  }

  @Test("A symmetry moves cells and renames tokens")
  func cellsMoveAndTokensAreRenamed() {
    let symmetry = Symmetry(cells: [2, 0, 1], tokens: [0, 2, 1])
    // Cell 0 of the result comes from cell 2; padding and unknown tokens stay.
    #expect(symmetry.applied(to: [1, 2, 0]) == [0, 2, 1])
    #expect(symmetry.applied(to: [9, 1, 2]) == [1, 9, 2])
  }
}
