import GymTesting
import MazeHard
import Testing

@Suite struct ConformanceTests {
  @Test("Maze-Hard conforms at its full size") func theFullSizeConforms() {
    #expect(Conformance.check(MazeHard.self, effort: .quick).isEmpty)
  }

  @Test("Maze-Hard conforms with every kind and size") func everyKindAndSizeConforms() {
    var variants: [[String: String]] = []
    for size in ["5", "6", "11", "32", "33"] {
      for algorithm in ["wilson", "backtracker"] {
        variants.append(["kind": "unique", "algorithm": algorithm, "size": size])
      }
    }
    for size in ["5", "6", "11", "20"] {
      variants.append(["size": size])
      variants.append(["size": size, "pairs": "1", "min-path": "5", "max-path": "12"])
    }
    #expect(Conformance.check(MazeHard.self, variants: variants, effort: .quick, seed: 3).isEmpty)
  }
}
