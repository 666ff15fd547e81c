import Gym
import MazeHard
import Testing

@Suite struct SamplingTests {
  /// The properties that are compared between two samples of mazes.
  private struct Bins {
    var walls: [Int] = []
    var lengths: [Int] = []
    var starts: [Int] = []
    var goalWalls: [Int] = []

    mutating func add(_ isOpen: [Bool], _ start: Int, _ goal: Int, _ length: Int, size: Int) {
      walls.append(isOpen.count { !$0 } / max(1, size * size / 60))
      lengths.append(length)
      starts.append(start / size / 3 * 10 + start % size / 3)
      goalWalls.append(
        [goal - size, goal + size, goal - 1, goal + 1].count {
          isOpen.indices.contains($0) && isOpen[$0]
        })
    }

    /// The largest deviation, with the property's name.
    func deviation(from other: Bins) -> (Double, String) {
      [
        (chiSquareDeviation(walls, other.walls), "walls"),
        (chiSquareDeviation(lengths, other.lengths), "lengths"),
        (chiSquareDeviation(starts, other.starts), "starts"),
        (chiSquareDeviation(goalWalls, other.goalWalls), "goals"),
      ].max { $0.0 < $1.0 } ?? (0, "")
    }
  }

  private func sample(
    _ count: Int, _ seed: UInt64, size: Int, _ draw: (inout RandomStream) throws -> Maze
  ) throws -> Bins {
    var bins = Bins()
    for index in 0..<count {
      var random = RandomStream(key: RandomKey(seed: seed, "sampling"), stream: UInt64(index))
      let maze = try draw(&random)
      let length = maze.distances(from: maze.start)[maze.goal]
      bins.add(maze.isOpen, maze.start, maze.goal, length, size: size)
    }
    return bins
  }

  /// The recipe reimplemented cell by cell: shuffled walls, pairs of cells, a queue.
  private func plain(
    size: Int, lengths: ClosedRange<Int>, pairs: Int, using random: inout RandomStream
  ) -> Maze {
    let cells = size * size
    while true {
      let count = random.integer(in: cells * 3 / 10...cells / 2)
      let order = random.shuffled(Array(0..<cells))
      var isOpen = [Bool](repeating: true, count: cells)
      for wall in order.prefix(count) { isOpen[wall] = false }
      let free = Array(order.dropFirst(count))
      for _ in 0..<pairs {
        let ends = random.shuffled(free)
        let maze = Maze(size: size, isOpen: isOpen, start: ends[0], goal: ends[1])
        if lengths.contains(maze.distances(from: ends[0])[ends[1]]) { return maze }
      }
    }
  }

  /// Small grids are compared with the plain recipe, whose long paths are rare enough to test.
  @Test(
    "The fast sampler has the distribution of the plain recipe on small grids",
    arguments: [(8, 12, 30, 5), (8, 12, 30, 1), (9, 10, 12, 40), (11, 22, 121, 20)])
  func theFastSamplerHasTheDistributionOfTheRecipe(
    _ size: Int, _ least: Int, _ most: Int, _ pairs: Int
  ) throws {
    let lengths = least...most
    let fast = PercolationSampler(size: size, lengths: lengths, pairs: pairs)
    let recipe = try sample(1500, 11, size: size) {
      plain(size: size, lengths: lengths, pairs: pairs, using: &$0)
    }
    let counted = try sample(6000, 12, size: size) { try fast.sampleByCounting(using: &$0) }
    let tried = try sample(3000, 13, size: size) { try fast.sampleByTrial(using: &$0) }
    for (name, bins) in [("counting", counted), ("trial", tried)] {
      let (deviation, property) = recipe.deviation(from: bins)
      print("size \(size), \(pairs) pairs, by \(name): at most \(deviation) sd, in \(property)")
      #expect(deviation < 4.5, "\(property) by \(name), seeds 11 to 13")
    }
  }

  /// The fast sampler against trials at full size, by the histograms that characterise the recipe.
  @Test(
    "At full size the fast sampler's histograms agree with those of plain trials",
    arguments: [30, 33])
  func atFullSizeTheHistogramsAgree(_ size: Int) throws {
    // Paths over 70 are frequent enough for plain trials in a test.
    let sampler = PercolationSampler(size: size, lengths: 71...1089, pairs: 20)
    let counted = try sample(900, 21, size: size) { try sampler.sampleByCounting(using: &$0) }
    let tried = try sample(300, 22, size: size) { try sampler.sampleByTrial(using: &$0) }
    let (deviation, property) = tried.deviation(from: counted)
    print("size \(size), paths over 70: at most \(deviation) sd, in \(property)")
    #expect(deviation < 4.5, "\(property), seeds 21 and 22")
  }

  /// Counting is bounded, pruned and stopped early; the plain search visits every pair.
  @Test(
    "Pairs of cells at a given distance are counted exactly",
    arguments: [(6, 1...9), (9, 12...81), (13, 20...24), (30, 40...900), (35, 60...70)])
  func pairsAreCountedExactly(_ size: Int, _ lengths: ClosedRange<Int>) {
    var random = RandomStream(seed: 71, "pairs of size \(size)")
    var isMore = [false: 0, true: 0]
    for grid in 0..<(size < 20 ? 60 : 8) {
      let walls = random.integer(in: size * size / 5...size * size / 2)
      let isOpen = random.shuffled((0..<size * size).map { $0 >= walls })
      let pairs = plainPairs(isOpen, size, lengths)
      for limit in [Double(pairs) - 0.5, Double(pairs), Double(pairs) * random.unit()] {
        let found =
          size <= 32
          ? areMore(UInt32.self, isOpen, size, lengths, limit)
          : areMore(UInt64.self, isOpen, size, lengths, limit)
        #expect(
          found == (Double(pairs) > limit),
          "size \(size), seed 71, grid \(grid): \(pairs) pairs, limit \(limit)")
        isMore[found, default: 0] += 1
      }
    }
    #expect(isMore.values.allSatisfy { $0 > 0 }, "both answers occur")
  }

  private func plainPairs(_ isOpen: [Bool], _ size: Int, _ lengths: ClosedRange<Int>) -> Int {
    let open = isOpen.indices.filter { isOpen[$0] }
    return open.reduce(0) { sum, start in
      let goal = open[start == open[0] ? 1 : 0]
      let maze = Maze(size: size, isOpen: isOpen, start: start, goal: goal)
      return sum + maze.distances(from: start).count { lengths.contains($0) }
    }
  }

  private func areMore<Word: FixedWidthInteger & UnsignedInteger & SIMDScalar>(
    _: Word.Type, _ isOpen: [Bool], _ size: Int, _ lengths: ClosedRange<Int>, _ limit: Double
  ) -> Bool {
    let search = Wavefront<Word>(size: size)
    for cell in isOpen.indices where isOpen[cell] { search.open.insert(cell) }
    var pairs = FarPairs(in: search, lengths: lengths)
    return pairs.areMore(than: limit)
  }

  /// More tries per layout favour layouts with few long paths: the tests above detect that.
  @Test("The tests above detect a sampler with a slightly different distribution")
  func anotherDistributionIsFoundOut() throws {
    let bins = try [(1, 31), (60, 32)].map { pairs, seed in
      let sampler = PercolationSampler(size: 8, lengths: 12...30, pairs: pairs)
      return try sample(3000, UInt64(seed), size: 8) { try sampler.sampleByTrial(using: &$0) }
    }
    #expect(bins[0].deviation(from: bins[1]).0 > 6)
  }

  @Test("Every cell is a wall with the same probability")
  func wallsAreUniform() throws {
    var counts = [Int](repeating: 0, count: 25)
    var random = RandomStream(seed: 41, "walls")
    let sampler = PercolationSampler(size: 5, lengths: 1...25, pairs: 1000)
    for _ in 0..<20_000 {
      let maze = try sampler.sample(using: &random)
      for cell in 0..<25 where !maze.isOpen[cell] { counts[cell] += 1 }
    }
    // Every maze with an open pair is kept, so that only isolated grids are missing.
    let mean = Double(counts.reduce(0, +)) / 25
    for (cell, count) in counts.enumerated() {
      #expect(abs(Double(count) - mean) < 0.03 * mean, "cell \(cell): \(count) of \(mean)")
    }
  }

  @Test("Paths have the requested length")
  func pathsAreOfTheWantedLength() throws {
    for (values, range) in [
      ([:], 111...900), (["kind": "unique"], 100...140),
      (["kind": "unique", "algorithm": "backtracker"], 100...140),
      (["size": "12", "min-path": "20", "max-path": "25"], 21...25),
    ] as [([String: String], ClosedRange<Int>)] {
      let task = try maze(values)
      for index in 0..<20 as Range<UInt64> {
        var random = RandomStream(key: RandomKey(seed: 51), stream: index)
        let example = try task.generate(GenerationRequest(), using: &random)
        let walls = example.question.count { $0 == 1 }
        let rating = try #require(example.rating)
        #expect(range.contains(Int(rating)), "\(values), stream \(index)")
        #expect(example.answer.count { $0 == 5 } == Int(rating) - 1)
        if values.isEmpty { #expect((270...450).contains(walls)) }
        if values["kind"] == "unique" { #expect(task.shortestPathCount(of: example.question) == 1) }
      }
    }
  }
}
