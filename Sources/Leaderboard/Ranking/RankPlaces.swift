/// The tie groups of entries in order, and the rank of each; see `Ranking`.
struct RankPlaces {
  private(set) var groups: [Int] = []
  private(set) var ranks: [Int] = []

  /// - Parameter differs: whether two entries differ, by their indices.
  init(count: Int, differs: (Int, Int) -> Bool) {
    var start = 0
    for index in 0..<count {
      if (start..<index).contains(where: { differs($0, index) }) { start = index }
      ranks.append(start + 1)
      groups.append(start == index && index > 0 ? groups[index - 1] + 1 : groups.last ?? 0)
    }
  }
}
