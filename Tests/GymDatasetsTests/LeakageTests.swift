import Foundation
import Gym
import GymDatasets
import GymTestSupport
import Testing

@Suite struct LeakageTests {
  /// The leaks of a dataset that is built from rows of puzzles.
  private func leaks(
    _ scratch: TemporaryFolder, train: [String] = [], test: [String], keepsManifest: Bool = true
  ) throws -> [LeakageCheck.Leak] {
    let files = try [("train", train), ("test", test)].filter { !$0.1.isEmpty }.map { split, rows in
      DatasetBuilder.Input(
        split: split,
        PuzzleSource(
          try scratch.file(
            "\(split).csv",
            "question,answer,puzzle,demonstration\n" + rows.joined(separator: "\n") + "\n")))
    }
    let folder = scratch["d"]
    _ = try DatasetBuilder(files).build(Plain(), to: folder, replaces: true, control: .workers(1))
    if !keepsManifest {
      try FileManager.default.removeItem(at: folder.appendingPathComponent("manifest.json"))
    }
    return try LeakageCheck(task: Plain(), control: .workers(1)).leaks(in: Dataset(folder))
  }

  @Test("A question that is trained on under its own puzzle's name is a leak")
  func aQuestionOfItsOwnPuzzleIsALeak() throws {
    let scratch = try TemporaryFolder()
    let shown = ["ab,ab,x,yes", "cd,cd,x,"]
    let found = try leaks(scratch, train: shown, test: shown)
    #expect(found.map(\.count) == [1] && found.first?.trainingExample == 1)
    // Without demonstrations, too: then the folder has no counts of them.
    let bare = ["cd,cd,x,", "ef,ef,y,"]
    #expect(try leaks(scratch, train: bare, test: bare).map(\.count) == [2])
    // Another program's folder, which cannot say what is a demonstration.
    #expect(try leaks(scratch, train: bare, test: bare, keepsManifest: false).isEmpty)
  }

  @Test("A puzzle's own demonstration may equal its question")
  func aDemonstrationMayEqualTheQuestion() throws {
    let scratch = try TemporaryFolder()
    #expect(try leaks(scratch, test: ["ab,ab,x,yes", "ab,ab,x,"]).isEmpty)
    let other = try leaks(scratch, train: ["ab,ab,y,"], test: ["cd,cd,x,yes", "ab,ab,x,"])
    #expect(other.map(\.count) == [1])
  }
}
