import Foundation
import Gym
import GymDatasets
import GymTestSupport
import Testing

@Suite struct ConversionTests {
  private func example(_ scratch: TemporaryFolder) throws -> Dataset {
    var generator = DatasetGenerator(counts: ["train": 20, "test": 5], seed: 3)
    generator.augmentations = 2
    _ = try generator.generate(Toy(), to: scratch["d"], control: .workers(1))
    return try Dataset(scratch["d"])
  }

  @Test(
    "Converted files are read back as the same puzzles", arguments: [SourceFormat.csv, .jsonLines])
  func filesReadBack(format: SourceFormat) throws {
    let scratch = try TemporaryFolder()
    let (data, task) = (try example(scratch), try Toy())
    let converter = try DatasetConverter(data, task: task)
    let split = try data.split("train")
    let file = scratch["out.\(format.rawValue)"]
    #expect(try converter.writeFile(split, to: file, as: format, control: .workers(1)) == 60)
    var index = 0
    try task.readPuzzles(from: PuzzleSource(file)) { puzzle in
      let example = try split.example(index)
      #expect(puzzle.examples == [example])
      index += 1
    }
    #expect(index == 60)
    let refused = failure {
      _ = try converter.writeFile(split, to: file, as: format, control: .workers(1))
    }
    #expect(refused.contains("--force"))
    let originals = try converter.writeFile(
      split, to: file, as: format, onlyOriginals: true, replaces: true, control: .workers(1))
    #expect(originals == 20)
    #expect(try scratch.names == ["d", "out.\(format.rawValue)"])
  }

  @Test("Variants that are written as puzzles of their own are noted, once a split")
  func variantsAreNoted() throws {
    let scratch = try TemporaryFolder()
    let data = try example(scratch)
    var converter = try DatasetConverter(data, task: Toy())
    var notes: [String] = []
    converter.note = { notes.append($0) }
    for onlyOriginals in [true, false] {
      _ = try converter.writeFile(
        data.split("train"), to: scratch["out.csv"], as: .csv,
        onlyOriginals: onlyOriginals, replaces: true, control: .workers(1))
      _ = try converter.writeHub(
        to: scratch["hub"], onlyOriginals: onlyOriginals, replaces: true, control: .workers(1))
      #expect(notes.count == (onlyOriginals ? 0 : 2), "\(notes)")
    }
    #expect(notes.allSatisfy { $0.hasPrefix("train has variants of puzzles") }, "\(notes)")
  }

  @Test("Only files are replaced, not folders or devices")
  func onlyFilesAreReplaced() throws {
    let scratch = try TemporaryFolder()
    let data = try example(scratch)
    let converter = try DatasetConverter(data, task: Toy())
    // A pipe stands for what is in /dev, which a test must not put at risk.
    #expect(mkfifo(scratch["pipe"].path, 0o600) == 0)
    try FileManager.default.createDirectory(
      at: scratch["folder"], withIntermediateDirectories: false)
    for name in ["pipe", "folder"] {
      let refused = failure {
        _ = try converter.writeFile(
          data.split("test"), to: scratch[name], as: .csv, replaces: true,
          control: .workers(1))
      }
      #expect(refused.contains("\(name): this is not a file, so it is not replaced"), "\(refused)")
    }
    #expect(try scratch.names == ["d", "folder", "pipe"])
  }

  @Test("A table keeps the names of its puzzles")
  func tablesKeepNames() throws {
    let scratch = try TemporaryFolder()
    let rows = "question,answer,puzzle,demonstration\nab,ab,x,yes\ncd,cd,x,\nef,ef,y,\n"
    let source = PuzzleSource(try scratch.file("in.csv", rows))
    _ = try DatasetConverter.writeFile(
      from: source, of: Plain(), to: scratch["out.csv"], as: .csv, control: .workers(1))
    func puzzles(_ source: PuzzleSource) throws -> [Puzzle] {
      var puzzles: [Puzzle] = []
      try Plain().readPuzzles(from: source) { puzzles.append($0) }
      return puzzles
    }
    #expect(try puzzles(PuzzleSource(scratch["out.csv"])) == puzzles(source))
  }

  @Test("Converting a folder to a folder copies it byte for byte")
  func foldersAreCopiedToTheByte() throws {
    let scratch = try TemporaryFolder()
    let data = try example(scratch)
    _ = try DatasetConverter(data, task: Toy()).writeFolder(
      to: scratch["copy"], control: .workers(1))
    #expect(try contents(of: scratch["copy"]) == contents(of: scratch["d"]))
  }

  @Test("Converting with a task of another shape is rejected")
  func anotherTaskIsRefused() throws {
    let scratch = try TemporaryFolder()
    let error = failure { _ = try DatasetConverter(example(scratch), task: Toy(size: 5)) }
    #expect(error.contains("12 cells and 8 tokens; expected 10 and 7"), "\(error)")
  }
}
