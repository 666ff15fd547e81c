extension FarPairs {
  /// An upper bound on the number of ordered pairs in the grid, from one search in the middle of
  /// each large component; once it is above `limit` it may be too low.
  ///
  /// Dead ends are removed a few times first, which eliminates the many small nooks. Each pass
  /// shortens a shortest path by at most one cell at either end, so a component with a path of the
  /// wanted length keeps most of it, and distances within the rest stay the same.
  func ceiling(upTo limit: Double) -> Int {
    let least = lengths.lowerBound
    // A pass removes dead ends twice, and short paths allow fewer passes.
    let passes = min(3, least / 4)
    here.copy(search.open)
    for _ in 0..<passes {
      unsearched.copy(withoutDeadEndsOf: here)
      here.copy(withoutDeadEndsOf: unsearched)
    }
    var pairs = 0
    while Double(pairs) <= limit, here.count > least - 4 * passes, let start = here.central() {
      let levels = search.spread(from: start)
      if 2 * levels >= least { pairs += ceiling(levels: levels) }
      here.formIntersection(search.unvisited)
    }
    return pairs
  }

  /// The ordered pairs of different cells whose levels in the last search add up to at least a
  /// wanted length: the distance of two cells is at most that by way of its start.
  private func ceiling(levels: Int) -> Int {
    let least = lengths.lowerBound
    var (pairs, low) = (0, max(0, least - levels))
    // The cells whose partners may be at the level `low`.
    var partners = 0
    for level in stride(from: levels, to: least - low, by: -1) {
      partners += search.count(ofLevel: level)
    }
    while 2 * low < least {
      partners += search.count(ofLevel: least - low)
      pairs += 2 * search.count(ofLevel: low) * partners
      low += 1
    }
    if 2 * low == least { partners += search.count(ofLevel: low) }
    return pairs + partners * (partners - 1)
  }
}
