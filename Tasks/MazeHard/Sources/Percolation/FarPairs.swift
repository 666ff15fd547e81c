import Randomness

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
