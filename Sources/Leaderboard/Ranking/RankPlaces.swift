/// The tie groups of entries in order, and the rank of each; see `Ranking`.
struct RankPlaces {
  private(set) var groups: [Int]
  private(set) var ranks: [Int]

  /// - Parameters:
  ///   - ranked: the entries that take ranks, in order; the others get those that they would have.
  ///   - comparison: the comparison of two entries, by their indices.
  init(count: Int, ranked: [Int], comparison: (Int, Int) -> PairedComparison) {
    (groups, ranks) = (Array(repeating: 0, count: count), Array(repeating: 1, count: count))
    var start = 0
    for (place, index) in ranked.enumerated() {
      if (start..<place).contains(where: { comparison(ranked[$0], index).differs }) {
        start = place
      }
      ranks[index] = start + 1
      let before = place == 0 ? 0 : groups[ranked[place - 1]]
      groups[index] = start == place && place > 0 ? before + 1 : before
    }
    for index in Set(0..<count).subtracting(ranked) {
      let better = ranked.count { other in
        let pair = comparison(other, index)
        return pair.differs && pair.wins > pair.losses
      }
      ranks[index] = better + 1
      groups[index] = ranked.last { ranks[$0] <= better + 1 }.map { groups[$0] } ?? 0
    }
  }
}
