import ARC
import Foundation
import Gym
import GymTestSupport
import Testing

@Suite struct RealDataTests {
  @Test(
    "Every task of the published ARC sets is read", .enabled(if: SharedData.has("arc-agi-2")),
    arguments: [
      ("arc-agi-1/training", 400), ("arc-agi-1/evaluation", 400), ("arc-agi-2/training", 1000),
      ("arc-agi-2/evaluation", 120),
    ])
  func everyTaskIsRead(path: String, count: Int) throws {
    let arc = try makeARC()
    let puzzles = try read(try #require(SharedData.url(path)))
    #expect(puzzles.count == count)
    for puzzle in puzzles {
      #expect(try ARCTask(puzzle).puzzle(source: puzzle.examples[0].source) == puzzle)
      for example in puzzle.examples + puzzle.demonstrations {
        #expect(arc.verify(example.answer, for: example).isSolved)
      }
    }
  }

  /// The released builder's output for the same tasks: names, canvases, placement.
  @Test(
    "Names, canvases and placement agree with the released builder's output",
    .enabled(if: SharedData.has("hrm-format/arc")))
  func releasedBuilderAgrees() throws {
    let names = try #require(SharedData.url("hrm-format/arc/identifiers.json"))
    let identifiers = try JSONDecoder().decode([String].self, from: Data(contentsOf: names))
    let puzzles = try read(try #require(SharedData.url("hrm-format/arc-source")))
    let tasks = try Dictionary(
      uniqueKeysWithValues: puzzles.map { ($0.name ?? "", try ARCTask($0)) })
    #expect(Set(identifiers.dropFirst().map { ARCAugmentation.parse($0).task }) == Set(tasks.keys))

    var compared = 0
    for split in ["train", "test"] {
      let folder = try ReleasedSplit(try #require(SharedData.url("hrm-format/arc/\(split)")))
      for puzzle in folder.puzzles.indices {
        let name = identifiers[folder.identifiers[puzzle]]
        let (base, augmentation) = ARCAugmentation.parse(name)
        let task = try #require(tasks[base])
        let ours = try task.augmented(by: augmentation).puzzle(source: "")
        let isEvaluated = puzzles.first { $0.name == base }?.examples[0].source == "evaluation"
        let expected =
          split == "test"
          ? ours.examples : ours.demonstrations + (isEvaluated ? [] : ours.examples)
        let range = folder.puzzles[puzzle]
        #expect(range.count == expected.count, "\(split), \(name)")
        var unmoved = 0
        for (index, example) in zip(range, expected) {
          let (question, answer) = (folder.inputs[index], folder.labels[index])
          if question == example.question, answer == example.answer { unmoved += 1 }
          #expect(ARCCanvas.placement(in: question)?.grid == ARCCanvas.grid(in: example.question))
          #expect(ARCCanvas.placement(in: answer)?.grid == ARCCanvas.grid(in: example.answer))
          compared += 1
        }
        #expect(split == "test" ? unmoved == range.count : unmoved >= 1, "\(split), \(name)")
      }
    }
    #expect(compared == 156 + 16)
  }
}

/// A split of a folder of the released builder.
private struct ReleasedSplit {
  let inputs: [[UInt8]]
  let labels: [[UInt8]]
  let identifiers: [Int]
  /// The examples of each puzzle.
  let puzzles: [Range<Int>]

  init(_ url: URL) throws {
    func bytes(_ name: String) throws -> [UInt8] {
      let data = [UInt8](try Data(contentsOf: url.appendingPathComponent("all__\(name).npy")))
      // Version 1 of the format: six bytes, two of version, two of the header's length.
      return Array(data[(10 + Int(data[8]) + 256 * Int(data[9]))...])
    }
    func canvases(_ name: String) throws -> [[UInt8]] {
      let all = try bytes(name)
      return stride(from: 0, to: all.count, by: 900).map { Array(all[$0..<$0 + 900]) }
    }
    func integers(_ name: String) throws -> [Int] {
      let all = try bytes(name)
      return stride(from: 0, to: all.count, by: 4).map { Int(all[$0]) + 256 * Int(all[$0 + 1]) }
    }
    inputs = try canvases("inputs")
    labels = try canvases("labels")
    identifiers = try integers("puzzle_identifiers")
    let indices = try integers("puzzle_indices")
    puzzles = zip(indices, indices.dropFirst()).map { $0..<$1 }
  }
}
