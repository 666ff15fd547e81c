import Gym
import MazeHard
import Testing

@Suite struct VerdictTests {
  /// 5×5 grids are small enough to try every set of marks.
  @Test("Verdicts agree with brute force over all sets of marks on small grids")
  func verdictsAgreeWithBruteForce() throws {
    let task = try maze(["size": "5"])
    var solved = 0
    for seed in 0..<120 as Range<UInt64> {
      var random = RandomStream(seed: seed, "brute force")
      let cells = random.shuffled(Array(0..<25))
      let free = random.integer(in: 3...9)
      var question = [UInt8](repeating: 1, count: 25)
      for cell in cells.prefix(free) { question[cell] = 2 }
      question[cells[free]] = 3
      question[cells[free + 1]] = 4
      let paths = chordlessPaths(question)
      let shortest = paths.map(\.count).min()
      let shortestPaths = paths.filter { $0.count == shortest }
      let label = shortestPaths.first.map { mark(question, $0) } ?? question
      let example = Example(question: question, answer: label)
      for subset in 0..<(1 << free) {
        let marks = Set((0..<free).filter { subset >> $0 & 1 == 1 }.map { cells[$0] })
        let answer = mark(question, marks)
        let verdict = task.verify(answer, for: example)
        let isValid = paths.contains(marks)
        let isOptimal = isValid && marks.count == shortest
        #expect(
          verdict.findings == [
            .init("valid", isValid), .init("optimal", isOptimal),
            .init("unique", isOptimal && shortestPaths.count == 1),
            .init("label-match", answer == label),
          ], "seed \(seed), \(task.vocabulary.text(answer))")
        #expect(verdict.isSolved == isOptimal)
        if isOptimal { solved += 1 }
      }
      #expect(task.shortestPathCount(of: question) == UInt64(shortestPaths.count), "seed \(seed)")
      #expect(task.rating(of: question) == shortest.map { Double($0 + 1) }, "seed \(seed)")
      switch task.solve(question) {
      case .none: #expect(shortestPaths.isEmpty)
      case .unique(let answer): #expect(shortestPaths.map { mark(question, $0) } == [answer])
      case .several(let answer):
        #expect(shortestPaths.count > 1)
        #expect(shortestPaths.map { mark(question, $0) }.contains(answer))
      case let other: Issue.record("seed \(seed): \(other)")
      }
    }
    #expect(solved > 20)
  }

  private func mark(_ question: [UInt8], _ cells: Set<Int>) -> [UInt8] {
    question.indices.map { cells.contains($0) ? 5 : question[$0] }
  }

  /// The cells between start and goal of every chordless path, by brute force.
  private func chordlessPaths(_ question: [UInt8]) -> [Set<Int>] {
    guard let start = question.firstIndex(of: 3) else { return [] }
    func neighbors(_ cell: Int) -> [Int] {
      (0..<25).filter {
        question[$0] != 1 && abs($0 / 5 - cell / 5) + abs($0 % 5 - cell % 5) == 1
      }
    }
    var result: [Set<Int>] = []
    func extend(_ path: [Int]) {
      let end = path[path.count - 1]
      if question[end] == 4 {
        result.append(Set(path.dropFirst().dropLast()))
        return
      }
      for next in neighbors(end)
      where !path.contains(next) && !path.dropLast().contains(where: neighbors(next).contains) {
        extend(path + [next])
      }
    }
    extend([start])
    return result
  }

  @Test("A detour is a valid path but not a shortest one")
  func aDetourIsValidButNotOptimal() throws {
    let task = try maze(["size": "5"])
    let question = try task.vocabulary.tokens("S   G# # #     #####     ".prefix(25))
    let label = try task.vocabulary.tokens("SoooG# # #     #####     ".prefix(25))
    let example = Example(question: question, answer: label)
    #expect(task.verify(label, for: example).isSolved)
    #expect(task.verify(question, for: example).problem == "the marks break off, fork or touch")
    let beside = try task.vocabulary.tokens("SoooG# # #     #####oo   ".prefix(25))
    #expect(!task.verify(beside, for: example).isSolved)
    let through = try task.vocabulary.tokens("S   G#o# #     #####     ".prefix(25))
    #expect(task.verify(through, for: example).wrongCells.contains(6))
    var wall = label
    wall[5] = 2
    let verdict = task.verify(wall, for: example)
    #expect(verdict.problem == "it changes the maze itself" && verdict.wrongCells == [5])
  }

  @Test("A path with a separate ring of marks is wrong")
  func aRingBesideThePathIsNoAnswer() throws {
    let task = try maze(["size": "5"])
    let question = try task.vocabulary.tokens("SG###########   ## # ##  ".prefix(25))
    #expect(question.count == 25)
    let open = try task.vocabulary.tokens("SG########   ## # ##   ##".prefix(25))
    let ring = try task.vocabulary.tokens("SG########ooo##o#o##ooo##".prefix(25))
    #expect(task.verify(open, for: Example(question: open, answer: open)).isSolved)
    let verdict = task.verify(ring, for: Example(question: open, answer: open))
    #expect(verdict.problem == "there are marks beside the path")
  }

  @Test("The number of shortest paths does not overflow")
  func countsOfPathsDoNotOverflow() throws {
    let task = try maze(["size": "64"])
    var question = [UInt8](repeating: 2, count: 64 * 64)
    (question[0], question[64 * 64 - 1]) = (3, 4)
    // 126 choose 63 is about 6·10³⁶.
    #expect(task.shortestPathCount(of: question) == .max)
    var small = [UInt8](repeating: 2, count: 25)
    (small[0], small[24]) = (3, 4)
    #expect(try maze(["size": "5"]).shortestPathCount(of: small) == 70)
  }
}
