import Foundation
import Gym
import MazeHard
import Testing

/// Generated Maze-Hard mazes, 30×30 with paths over 110, against trying pair by pair: the
/// histograms that characterise the recipe. `MAZE_HISTOGRAMS` sets how many mazes are drawn by
/// trial, which takes a tenth of a second each.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["MAZE_HISTOGRAMS"] != nil))
struct HistogramTests {
  fileprivate struct Sample {
    /// The path's length in bins of four steps.
    var lengths: [Int] = []
    /// The walls in bins of a hundredth of the cells.
    var walls: [Int] = []
    /// The straight distance from start to goal in bins of four steps.
    var distances: [Int] = []
    var seconds = 0.0

    init(_ count: Int, seed: UInt64, _ draw: (inout RandomStream) throws -> Maze) throws {
      let start = clock()
      for index in 0..<count {
        var random = RandomStream(key: RandomKey(seed: seed, "histograms"), stream: UInt64(index))
        let maze = try draw(&random)
        let length = maze.distances(from: maze.start)[maze.goal]
        lengths.append(length / 4 * 4)
        walls.append(maze.isOpen.count { !$0 } / 9)
        let (across, down) = (maze.start % 30 - maze.goal % 30, maze.start / 30 - maze.goal / 30)
        distances.append((abs(across) + abs(down)) / 4 * 4)
      }
      seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }
  }

  @Test("Sampling by counting gives the histograms of sampling by trial", arguments: [100, 1])
  func theHistogramsAreThoseOfTheRecipe(pairs: Int) throws {
    let wanted = ProcessInfo.processInfo.environment["MAZE_HISTOGRAMS"].flatMap(Int.init) ?? 300
    let count = pairs == 1 ? wanted / 3 : wanted
    let sampler = PercolationSampler(size: 30, lengths: 111...900, pairs: pairs)
    let plain = try Sample(count, seed: 61) { try sampler.sampleByTrial(using: &$0) }
    let fast = try Sample(pairs == 1 ? count : 10 * count, seed: 62) {
      try sampler.sampleByCounting(using: &$0)
    }
    print("\(pairs) pairs a layout: \(plain.rate) by trial, \(fast.rate) by counting")
    for (name, bins) in [
      ("length", \Sample.lengths), ("walls in %", \.walls), ("straight distance", \.distances),
    ] {
      let (tried, counted) = (plain[keyPath: bins], fast[keyPath: bins])
      let deviation = chiSquareDeviation(tried, counted)
      print("\(name): p = \(chance(ofDeviation: deviation)); by trial and by counting, in %:")
      for bin in Set(tried + counted).sorted() {
        func share(_ of: [Int]) -> String {
          String(format: "%6.2f", 100 * Double(of.count { $0 == bin }) / Double(of.count))
        }
        print("  \(bin): \(share(tried)) \(share(counted))")
      }
      #expect(deviation < 4.5, "\(name), \(pairs) pairs, seeds 61 and 62")
    }
  }
}

extension HistogramTests.Sample {
  fileprivate var rate: String {
    String(format: "%d in %.1f s (%.1f/s)", lengths.count, seconds, Double(lengths.count) / seconds)
  }
}
