import Gym

/// Counts the pairs of cells whose distance is in a range, and draws one of them.
///
/// A search from one cell tells much about its neighbors: if the farthest cell is e steps away, a
/// cell r steps aside has none farther than e + r. Most grids are therefore finished after one
/// search from the middle, and further searches start only from cells that may have a far partner.
package struct FarPairs<Word: FixedWidthInteger & UnsignedInteger & SIMDScalar> {
  let search: Wavefront<Word>
  let lengths: ClosedRange<Int>
  /// The cells that may have partners and have not been searched from.
  private let pending: CellSet<Word>
  /// The cells of components that no search has entered.
  let unsearched: CellSet<Word>
  /// `pending` within the component that is being searched.
  let here: CellSet<Word>
  /// The cells found to have partners, with the number of partners.
  private var found: [(cell: Int, partners: Int)] = []
  private var pairs = 0

  package init(in search: Wavefront<Word>, lengths: ClosedRange<Int>) {
    self.search = search
    self.lengths = lengths
    pending = CellSet(size: search.size)
    unsearched = CellSet(size: search.size)
    here = CellSet(size: search.size)
  }

  /// Whether the grid has more ordered pairs than `limit`; if so, all of them have been found.
  package mutating func areMore(than limit: Double) -> Bool {
    guard Double(ceiling(upTo: limit)) > limit else { return false }
    found.removeAll(keepingCapacity: true)
    pairs = 0
    pending.copy(search.open)
    unsearched.copy(search.open)
    while let start = unsearched.central() {
      let levels = examine(start)
      unsearched.formIntersection(search.unvisited)
      if 2 * levels >= lengths.lowerBound {
        examineComponent(levels: levels, limit)
      } else if levels < 8 {
        // There are many small nooks, and bounding what they leave costs more than the next search.
        continue
      }
      // The rest is too small for such a long path, or for enough pairs.
      if unsearched.count <= lengths.lowerBound || !mayBeMore(than: limit) { break }
    }
    return Double(pairs) > limit
  }

  /// Searches from all cells of the last search's component that may have partners.
  private mutating func examineComponent(levels: Int, _ limit: Double) {
    let farthest = search.cell(at: 0, ofLevel: levels)
    guard mayBeMore(than: limit), pending.contains(farthest) else { return }
    let middle = search.middle(ofLevel: examine(farthest))
    if pending.contains(middle) { _ = examine(middle) }
    while mayBeMore(than: limit) {
      here.copy(pending)
      here.subtract(UnsafePointer(unsearched.words))
      guard let next = here.central() else { return }
      _ = examine(next)
    }
  }

  /// A uniformly random pair.
  func draw(using random: inout RandomStream) -> (start: Int, goal: Int) {
    var index = random.below(pairs)
    for (cell, partners) in found {
      if index >= partners {
        index -= partners
        continue
      }
      let levels = search.spread(from: cell)
      for level in lengths.lowerBound...min(levels, lengths.upperBound) {
        let count = search.count(ofLevel: level)
        if index < count { return (cell, search.cell(at: index, ofLevel: level)) }
        index -= count
      }
    }
    preconditionFailure("there are fewer pairs than counted")
  }

  /// Whether the remaining cells can raise the number of pairs above a limit. A cell's partners
  /// have partners themselves, so they are pending or found.
  private func mayBeMore(than limit: Double) -> Bool {
    let left = pending.count
    return Double(pairs + left * (left + found.count)) > limit
  }

  /// Searches from a cell, and removes the cells from `pending` that this settles.
  ///
  /// - Returns: the number of steps to the farthest cell.
  private mutating func examine(_ cell: Int) -> Int {
    let levels = search.spread(from: cell)
    let radius = lengths.lowerBound - 1 - levels
    if radius >= levels {
      // The whole component; cells of others are unvisited or were removed before.
      pending.formIntersection(search.unvisited)
    } else if radius >= 0 {
      for level in 0...radius { pending.subtract(search.rows(ofLevel: level)) }
    } else {
      pending.remove(cell)
      let partners = (lengths.lowerBound...min(levels, lengths.upperBound))
        .reduce(0) { $0 + search.count(ofLevel: $1) }
      if partners > 0 {
        found.append((cell, partners))
        pairs += partners
      }
    }
    return levels
  }
}

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
