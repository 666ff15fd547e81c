import Gym
import MazeHard
import Testing

@Suite struct PerfectMazeTests {
  @Test(
    "The corridors of a perfect maze form a tree", arguments: [5, 6, 17, 30, 64],
    MazeAlgorithm.allCases)
  func corridorsAreATree(_ size: Int, _ algorithm: MazeAlgorithm) {
    for seed in 0..<10 as Range<UInt64> {
      var random = RandomStream(seed: seed, "tree")
      let perfect = PerfectMaze(size: size, algorithm: algorithm, using: &random)
      let open = perfect.isOpen.indices.filter { perfect.isOpen[$0] }
      let maze = Maze(size: size, isOpen: perfect.isOpen, start: open[0], goal: open[1])
      #expect(!open.contains { maze.distances(from: open[0])[$0] < 0 }, "seed \(seed)")
      let steps =
        open.count { $0 % size + 1 < size && perfect.isOpen[$0 + 1] }
        + open.count { $0 + size < size * size && perfect.isOpen[$0 + size] }
      #expect(steps == open.count - 1, "seed \(seed): a loop")
      #expect(open.count == 2 * perfect.rooms * perfect.rooms - 1)
    }
  }

  /// 3 × 3 rooms have 192 spanning trees.
  @Test("Wilson's algorithm draws all spanning trees with equal probability")
  func wilsonsTreesAreEquallyLikely() {
    var counts: [[Bool]: Int] = [:]
    var random = RandomStream(seed: 5, "wilson")
    for _ in 0..<192 * 100 {
      let maze = PerfectMaze(size: 5, algorithm: .wilson, using: &random)
      counts[maze.isOpen, default: 0] += 1
    }
    #expect(counts.count == 192)
    let statistic = counts.values.reduce(0.0) { $0 + Double(($1 - 100) * ($1 - 100)) / 100 }
    // 191 degrees of freedom: mean 191, standard deviation 19.5.
    #expect((110...280).contains(statistic), "chi-square \(statistic), seed 5")
  }

  @Test("Depth-first corridors have longer paths than Wilson's")
  func depthFirstCorridorsAreLonger() throws {
    func meanLength(_ algorithm: String) throws -> Double {
      let task = try maze(["kind": "unique", "algorithm": algorithm])
      var sum = 0.0
      for index in 0..<200 as Range<UInt64> {
        var random = RandomStream(key: RandomKey(seed: 6), stream: index)
        sum += try task.generate(GenerationRequest(), using: &random).rating ?? 0
      }
      return sum / 200
    }
    #expect(try meanLength("backtracker") > meanLength("wilson") + 3)
  }
}
