import Foundation
import Gym

/// Draws mazes of randomly placed walls with paths of a wanted length: an adaptation of
/// Searchformer's recipe.
///
/// The number of walls is uniform in 30-50 % of the cells, their positions are uniform, and up to
/// `pairs` random pairs of start and goal are tried. The first pair with the wanted length is kept;
/// if there is none, the walls are redrawn.
///
/// The code released with Lehnert et al., "Beyond A*: Better Planning with Transformers via Search
/// Dynamics Bootstrapping" (arXiv 2402.14083), `MazeTraceDataset.generate` in
/// `searchformer/maze.py`, also tries 100 pairs per layout, but keeps every suitable one, and
/// filters long paths afterwards. Here a layout gives at most one maze, so no two mazes share their
/// walls. With one pair per layout the two are the same: each maze is an independent draw of walls,
/// start and goal, given its length.
package struct PercolationSampler {
  private let size: Int
  private let lengths: ClosedRange<Int>
  private let pairs: Int
  private let patience: Int

  /// - Parameters:
  ///   - lengths: the wanted numbers of steps from start to goal.
  ///   - pairs: the number of pairs of start and goal that are tried for each layout of walls.
  ///   - patience: the number of layouts after which the search is given up.
  package init(size: Int, lengths: ClosedRange<Int>, pairs: Int, patience: Int = 1 << 21) {
    self.size = size
    self.lengths = lengths
    self.pairs = pairs
    self.patience = patience
  }

  private var walls: ClosedRange<Int> { size * size * 3 / 10...size * size / 2 }

  /// A maze, drawn by the faster of the two methods.
  package func sample(using random: inout RandomStream) throws -> Maze {
    try pairs == 1 ? sampleByTrial(using: &random) : sampleByCounting(using: &random)
  }

  /// A maze, drawn by trying pairs.
  package func sampleByTrial(using random: inout RandomStream) throws -> Maze {
    // Short rows use short words, which halves the work.
    try size <= 32
      ? sampleByTrial(in: Wavefront<UInt32>(size: size), using: &random)
      : sampleByTrial(in: Wavefront<UInt64>(size: size), using: &random)
  }

  /// A maze from the same distribution, with less work.
  ///
  /// Of a layout's n(n - 1) ordered pairs, f have the wanted length. A number of tries finds such a
  /// pair with probability 1 - (1 - f/n(n-1))^tries, and then each is equally likely. A uniform
  /// random number therefore decides how many such pairs a layout must have to be kept, and for
  /// most layouts it is soon clear that they have fewer.
  package func sampleByCounting(using random: inout RandomStream) throws -> Maze {
    try size <= 32
      ? sampleByCounting(in: Wavefront<UInt32>(size: size), using: &random)
      : sampleByCounting(in: Wavefront<UInt64>(size: size), using: &random)
  }

  private func sampleByTrial<Word>(
    in search: Wavefront<Word>, using random: inout RandomStream
  ) throws -> Maze {
    for _ in 0..<patience {
      search.open.drawAll(butWalls: random.integer(in: walls), using: &random)
      for _ in 0..<pairs {
        let (start, goal) = pair(in: search.open, using: &random)
        if let length = search.distance(from: start, to: goal), lengths.contains(length) {
          return maze(in: search.open, start, goal)
        }
      }
    }
    throw surrender
  }

  private func sampleByCounting<Word>(
    in search: Wavefront<Word>, using random: inout RandomStream
  ) throws -> Maze {
    var far = FarPairs(in: search, lengths: lengths)
    for _ in 0..<patience {
      let count = random.integer(in: walls)
      search.open.drawAll(butWalls: count, using: &random)
      let n = size * size - count
      let luck = -expm1(log1p(-random.unit()) / Double(pairs))
      if far.areMore(than: luck * Double(n * (n - 1))) {
        let (start, goal) = far.draw(using: &random)
        return maze(in: search.open, start, goal)
      }
    }
    throw surrender
  }

  /// A uniformly random pair of different open cells.
  private func pair<Word>(
    in open: CellSet<Word>, using random: inout RandomStream
  ) -> (start: Int, goal: Int) {
    while true {
      let (start, goal) = (random.below(size * size), random.below(size * size))
      if start != goal, open.contains(start), open.contains(goal) { return (start, goal) }
    }
  }

  private func maze<Word>(in open: CellSet<Word>, _ start: Int, _ goal: Int) -> Maze {
    Maze(size: size, isOpen: (0..<size * size).map(open.contains), start: start, goal: goal)
  }

  private var surrender: GymError {
    GymError(
      "no maze of size \(size) with a path of \(lengths.lowerBound) to \(lengths.upperBound) "
        + "steps was found among \(patience) layouts",
      remedy: "Ask for shorter paths, or for kind=unique.")
  }
}
