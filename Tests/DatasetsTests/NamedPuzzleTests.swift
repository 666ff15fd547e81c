import Datasets
import Foundation
import Gym
import JSON
import Randomness
import Testing

/// A task whose puzzles have names and demonstrations, as ARC's have.
private struct Named: Task {
  static let id = PluginID("named", version: 1)
  static let summary = "Repeat the token."
  let settings = Settings([])
  let vocabulary = Vocabulary("~abcdefg")
  let grid = GridShape(rows: 1, columns: 2)

  init(settings: Settings) {}

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example { example(1) }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    answer == example.question ? .solved() : .failed("not repeated")
  }

  func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    Symmetry(cells: [0, 1], tokens: [0] + random.shuffled([1, 2, 3, 4, 5, 6, 7]))
  }

  func augmentations(of puzzle: Puzzle, count: Int, using random: inout RandomStream) -> [Puzzle] {
    (0..<count).map { number in
      let symmetry = randomSymmetry(using: &random)
      return Puzzle(
        name: puzzle.name.map { "\($0)_\(number)" },
        demonstrations: puzzle.demonstrations.map { transform($0, by: symmetry) },
        examples: puzzle.examples.map { transform($0, by: symmetry) })
    }
  }

  func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? {
    format == .arcJSON ? "[\(puzzle.demonstrations.count), \(puzzle.examples.count)]" : nil
  }

  /// A line is a name, the number of demonstrations and the number of examples, whose answers are
  /// not known where the line ends in a question mark.
  func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    for line in try String(contentsOf: source.url, encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      let counts = parts.dropFirst().compactMap { UInt8($0) }
      let isKnown = parts.last != "?"
      try body(
        Puzzle(
          name: parts[0], demonstrations: (0..<counts[0]).map { example($0 + 1) },
          examples: (0..<counts[1]).map { index in
            var example = example(index + 4)
            if !isKnown { example.answer = [] }
            return example
          }))
    }
  }

  private func example(_ token: UInt8) -> Example {
    Example(question: [token, token], answer: [token, token])
  }
}

@Suite struct NamedPuzzleTests {
  @Test func demonstrationsAreTrainedOnAndNamesNumbered() throws {
    let scratch = try Scratch()
    let train = try scratch.file("train.csv", "alpha 2 1\nbeta 3 0\n")
    let test = try scratch.file("test.csv", "gamma 3 2\nalpha 0 1\n")
    var builder = DatasetBuilder([
      .init(split: "train", PuzzleSource(train)), .init(split: "test", PuzzleSource(test)),
    ])
    builder.augmentations = 2
    let task = Named(settings: Settings([]))
    _ = try builder.build(task, to: scratch["d"], control: .workers(2))

    let folder = try DatasetFolder(scratch["d"])
    #expect(
      folder.identifiers == [
        "<blank>", "alpha", "alpha_0", "alpha_1", "beta", "beta_0", "beta_1", "gamma", "gamma_0",
        "gamma_1",
      ])
    let (training, held) = (try folder.split("train"), try folder.split("test"))
    #expect(training.groups.count == 3 && training.puzzles.count == 9)
    #expect((0..<9).map { training.puzzles[$0].count } == [3, 3, 3, 3, 3, 3, 3, 3, 3])
    #expect((0..<9).map { training.identifier(ofPuzzle: $0) } == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    // gamma's variants are asked as well, since their demonstrations are trained on; alpha, whose
    // demonstrations the file does not give, is asked as it is.
    #expect((0..<held.puzzles.count).map { held.identifier(ofPuzzle: $0) } == [7, 8, 9, 1])
    #expect((0..<held.groups.count).map { held.groups[$0] } == [0..<3, 3..<4])
    #expect((0..<held.puzzles.count).map { held.puzzles[$0].count } == [2, 2, 2, 1])
    #expect(try held.question(0) == [4, 4] && held.identifier(ofExample: 1) == 7)

    // A variant of a held-out puzzle is the same variant in training and when it is asked.
    let merged = try DatasetMerger([folder]).merge(to: scratch["m"], control: .workers(1))
    #expect(merged.splits.map(\.contentHash) == folder.manifest?.splits.map(\.contentHash))
  }

  @Test func testFilesAloneStillGiveTraining() throws {
    let scratch = try Scratch()
    let test = try scratch.file("test.csv", "gamma 3 2\n")
    let builder = DatasetBuilder([.init(split: "test", PuzzleSource(test))])
    _ = try builder.build(
      Named(settings: Settings([])), to: scratch["d"], control: .workers(2))
    let folder = try DatasetFolder(scratch["d"])
    #expect(folder.splits.map(\.name) == ["train", "test"])
    #expect(folder.splits.map(\.count) == [3, 2])
  }

  @Test func questionsKeepTheirPlaces() throws {
    let scratch = try Scratch()
    let train = try scratch.file("train.csv", "alpha 2 1\n")
    let test = try scratch.file("test.csv", "gamma 3 2\n")
    let builder = DatasetBuilder([
      .init(split: "train", PuzzleSource(train)), .init(split: "test", PuzzleSource(test)),
    ])
    _ = try builder.build(
      Named(settings: Settings([])), to: scratch["d"], control: .workers(1))
    let folder = try DatasetFolder(scratch["d"])
    let places = try ["train", "test"].map { name in
      let split = try folder.split(name)
      return (0..<split.count).map { split.questionPlace(of: $0)?.position }
    }
    #expect(places == [[nil, nil, 0, nil, nil, nil], [0, 1]])
    #expect(folder.identifierNames == ["<blank>", "alpha", "gamma"])
  }

  @Test func demonstrationsGoWithTheirQuestions() throws {
    let scratch = try Scratch()
    let train = try scratch.file("train.csv", "alpha 2 1\nbeta 1 0\n")
    let test = try scratch.file("test.csv", "gamma 3 2\nalpha 0 1\n")
    let builder = DatasetBuilder([
      .init(split: "train", PuzzleSource(train)), .init(split: "test", PuzzleSource(test)),
    ])
    _ = try builder.build(
      Named(settings: Settings([])), to: scratch["d"], control: .workers(1))
    let folder = try DatasetFolder(scratch["d"])
    let shown = try ["train", "test"].map { name in
      let split = try folder.split(name)
      let demonstrations = PuzzleDemonstrations(folder, for: split)
      #expect(!demonstrations.isEmpty)
      return try (0..<split.count).map {
        try demonstrations.demonstrations(for: $0).map(\.answer[0])
      }
    }
    // Never the example that is asked, where that is a demonstration itself.
    #expect(shown[0] == [[2], [1], [1, 2], [], [2, 3], [1, 3], [1, 2]])
    #expect(shown[1] == [[1, 2, 3], [1, 2, 3], [1, 2]])
  }

  @Test func questionsWithoutAnswersAreRefused() throws {
    let scratch = try Scratch()
    let test = try scratch.file("test.csv", "gamma 3 2 ?\n")
    let builder = DatasetBuilder([.init(split: "test", PuzzleSource(test))])
    let error = failure {
      _ = try builder.build(Named(settings: Settings([])), to: scratch["d"], control: .workers(1))
    }
    #expect(error.contains("test.csv: gamma: there is no answer, and named has no solver"))
    #expect(error.contains("Add the answers"))
    #expect(try scratch.names == ["test.csv"])
  }

  @Test func foldersOfFilesAreReplacedWhereAllowed() throws {
    let scratch = try Scratch()
    let task = Named(settings: Settings([]))
    func write(_ lines: String, replaces: Bool) throws {
      _ = try DatasetConverter.writeFile(
        from: PuzzleSource(try scratch.file("in.csv", lines), format: .csv), of: task,
        to: scratch["out"], as: .arcJSON, replaces: replaces, control: .workers(1))
    }
    try write("alpha 2 1\nbeta 1 1\n", replaces: false)
    #expect(failure { try write("gamma 1 2\n", replaces: false) }.contains("--force"))
    try write("gamma 1 2\n", replaces: true)
    #expect(try contents(of: scratch["out"]) == ["gamma.json": Data("[1, 2]".utf8)])
    #expect(try scratch.names == ["in.csv", "out"])

    _ = try scratch.file("out/notes.txt", "mine")
    let refused = failure { try write("gamma 1 2\n", replaces: true) }
    #expect(refused.contains("so it is not replaced"), "\(refused)")
    #expect(try scratch.names == ["in.csv", "out"])
  }
}
