import Foundation
import Gym
import GymDatasets
import GymJSON
import GymRandomness
import GymTestSupport
import Testing

@Suite struct NamedPuzzleTests {
  @Test("Demonstrations become training examples, and names become identifiers")
  func demonstrationsAreTrainedOnAndNamesNumbered() throws {
    let scratch = try TemporaryFolder()
    let train = try scratch.file("train.csv", "alpha 2 1\nbeta 3 0\n")
    let test = try scratch.file("test.csv", "gamma 3 2\nalpha 0 1\n")
    var builder = DatasetBuilder([
      .init(split: "train", PuzzleSource(train)), .init(split: "test", PuzzleSource(test)),
    ])
    builder.augmentations = 2
    let task = Named(settings: Settings([]))
    _ = try builder.build(task, to: scratch["d"], control: .workers(2))

    let folder = try Dataset(scratch["d"])
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

  @Test("Test files alone give a training split from their demonstrations")
  func testFilesAloneStillGiveTraining() throws {
    let scratch = try TemporaryFolder()
    let test = try scratch.file("test.csv", "gamma 3 2\n")
    let builder = DatasetBuilder([.init(split: "test", PuzzleSource(test))])
    _ = try builder.build(
      Named(settings: Settings([])), to: scratch["d"], control: .workers(2))
    let folder = try Dataset(scratch["d"])
    #expect(folder.splits.map(\.name) == ["train", "test"])
    #expect(folder.splits.map(\.count) == [3, 2])
  }

  @Test("Questions keep their order")
  func questionsKeepTheirPlaces() throws {
    let scratch = try TemporaryFolder()
    let train = try scratch.file("train.csv", "alpha 2 1\n")
    let test = try scratch.file("test.csv", "gamma 3 2\n")
    let builder = DatasetBuilder([
      .init(split: "train", PuzzleSource(train)), .init(split: "test", PuzzleSource(test)),
    ])
    _ = try builder.build(
      Named(settings: Settings([])), to: scratch["d"], control: .workers(1))
    let folder = try Dataset(scratch["d"])
    let places = try ["train", "test"].map { name in
      let split = try folder.split(name)
      return (0..<split.count).map { split.questionPlace(of: $0)?.position }
    }
    #expect(places == [[nil, nil, 0, nil, nil, nil], [0, 1]])
    #expect(folder.identifierNames == ["<blank>", "alpha", "gamma"])
  }

  @Test("Demonstrations stay with their questions")
  func demonstrationsGoWithTheirQuestions() throws {
    let scratch = try TemporaryFolder()
    let train = try scratch.file("train.csv", "alpha 2 1\nbeta 1 0\n")
    let test = try scratch.file("test.csv", "gamma 3 2\nalpha 0 1\n")
    let builder = DatasetBuilder([
      .init(split: "train", PuzzleSource(train)), .init(split: "test", PuzzleSource(test)),
    ])
    _ = try builder.build(
      Named(settings: Settings([])), to: scratch["d"], control: .workers(1))
    let folder = try Dataset(scratch["d"])
    let shown = try ["train", "test"].map { name in
      let split = try folder.split(name)
      let demonstrations = PuzzleDemonstrations(
        folder, for: split, of: Named(settings: Settings([])))
      #expect(!demonstrations.isEmpty)
      return try (0..<split.count).map {
        try demonstrations.demonstrations(for: $0).map(\.answer[0])
      }
    }
    // Never the question itself, if it is also a demonstration.
    #expect(shown[0] == [[2], [1], [1, 2], [], [2, 3], [1, 3], [1, 2]])
    #expect(shown[1] == [[1, 2, 3], [1, 2, 3], [1, 2]])
  }

  @Test("Only a test split may have questions whose answers nobody knows")
  func questionsWithoutAnswers() throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.file("gamma.csv", "gamma 3 2 ?\n")
    let task = Named(settings: Settings([]))
    let error = failure {
      _ = try DatasetBuilder([.init(split: "train", PuzzleSource(file))])
        .build(task, to: scratch["d"], control: .workers(1))
    }
    #expect(error.contains("gamma.csv: gamma: there is no answer, and named has no solver"))
    #expect(error.contains("Add the answers"))
    #expect(try scratch.names == ["gamma.csv"])

    _ = try DatasetBuilder([.init(split: "test", PuzzleSource(file))])
      .build(task, to: scratch["d"], control: .workers(1))
    let built = try Dataset(scratch["d"]).split("test").example(0)
    #expect(try task.hasUnknownAnswer(built))
  }

  @Test("A folder of puzzle files is replaced only with --force")
  func foldersOfFilesAreReplacedWhereAllowed() throws {
    let scratch = try TemporaryFolder()
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

  /// Two files in different folders that use the same name for different puzzles.
  private func clashing(_ scratch: TemporaryFolder) throws -> (easy: URL, hard: URL) {
    for folder in ["easy", "hard"] {
      try FileManager.default.createDirectory(
        at: scratch[folder], withIntermediateDirectories: true)
    }
    return (
      try scratch.file("easy/p.csv", "alpha 2 1\nbeta 1 1\n"),
      try scratch.file("hard/p.csv", "alpha 3 1\nbeta 1 1\n")
    )
  }

  @Test(
    "Different puzzles with the same name are kept apart",
    arguments: [("train", "train"), ("train", "test"), ("test", "train")])
  func puzzlesOfOneNameAreKeptApart(splits: (String, String)) throws {
    let scratch = try TemporaryFolder()
    let (easy, hard) = try clashing(scratch)
    var builder = DatasetBuilder([
      .init(split: splits.0, PuzzleSource(easy)), .init(split: splits.1, PuzzleSource(hard)),
    ])
    var notes: [String] = []
    builder.note = { notes.append($0) }
    builder.augmentations = 1
    let task = Named(settings: Settings([]))
    _ = try builder.build(task, to: scratch["d"], control: .workers(2))
    let data = try Dataset(scratch["d"])
    let names = Set(data.identifiers.dropFirst().filter { !$0.hasSuffix("_0") })
    #expect(names == ["easy/p/alpha", "hard/p/alpha", "beta"])
    #expect(notes.count == (splits.0 == splits.1 ? 2 : 1), "\(notes)")
    #expect(notes.first?.contains("\"alpha\", now") == true)

    // Each has its own demonstrations, however it is written.
    let converter = try DatasetConverter(data, task: task)
    var found: [String: Int] = [:]
    for split in data.splits {
      let file = scratch["\(split.name).jsonl"]
      _ = try converter.writeFile(
        split, to: file, as: .jsonLines, onlyOriginals: true, control: .workers(1))
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let json = try JSON(parsing: String(line))
        if json["demonstration"]?.bool == true {
          found[json["puzzle"]?.string ?? "", default: 0] += 1
        }
      }
    }
    #expect(found["easy/p/alpha"] == 2 && found["hard/p/alpha"] == 3)
    #expect(found["beta"] == (splits.0 == splits.1 ? 1 : 2))
  }

  @Test("Equal puzzles with the same name are one puzzle")
  func equalPuzzlesOfOneNameAreOne() throws {
    let scratch = try TemporaryFolder()
    let first = try scratch.file("a.csv", "alpha 2 1 ?\nbeta 1 1\n")
    let second = try scratch.file("b.csv", "beta 1 1\nalpha 2 1\n")
    var builder = DatasetBuilder(
      [first, second].map { .init(split: "train", PuzzleSource($0)) })
    var notes: [String] = []
    builder.note = { notes.append($0) }
    builder.subsample = 2
    _ = try builder.build(Named(settings: Settings([])), to: scratch["d"], control: .workers(1))
    let data = try Dataset(scratch["d"])
    #expect(Set(data.identifiers) == ["<blank>", "alpha", "beta"])
    #expect(try data.split("train").groups.count == 2 && data.split("train").count == 5)
    #expect(notes.count == 1 && notes[0].hasPrefix("2 puzzles stand more than once"), "\(notes)")
  }

  @Test("Different puzzles with the same name in one file are rejected")
  func differentPuzzlesOfOneNameInOneFileAreRefused() throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.file("p.csv", "alpha 2 1\nbeta 1 1\nalpha 3 1\n")
    let error = failure {
      _ = try DatasetBuilder([.init(split: "train", PuzzleSource(file))])
        .build(Named(settings: Settings([])), to: scratch["d"], control: .workers(1))
    }
    #expect(error.contains("two different puzzles are called \"alpha\""), "\(error)")
    #expect(error.contains("p.csv"))
    #expect(try scratch.names == ["p.csv"])
    let converted = failure {
      _ = try DatasetConverter.writeFile(
        from: PuzzleSource(file), of: Named(settings: Settings([])), to: scratch["o"],
        as: .jsonLines, control: .workers(1))
    }
    #expect(converted.contains("two different puzzles are called \"alpha\""), "\(converted)")
  }

  /// Rows of two puzzles with one name in sequence are two puzzles, which are reported, not one.
  @Test("Successive rows of two puzzles with the same name are not joined")
  func rowsOfTwoPuzzlesAreNotJoined() throws {
    let scratch = try TemporaryFolder()
    let header = "question,answer,puzzle,demonstration\n"
    let rows = ["..,ab,x,yes", "..,ab,x,"].joined(separator: "\n") + "\n"
    for (text, expected) in [
      (rows + rows, "p.csv:4: the puzzle \"x\" has demonstrations and questions in turn"),
      (rows + "..,ab,y,\n" + "..,aa,x,\n", "two different puzzles are called \"x\""),
    ] {
      let file = try scratch.file("p.csv", header + text.replacingOccurrences(of: "..", with: "ab"))
      let error = failure {
        _ = try DatasetConverter.writeFile(
          from: PuzzleSource(file), of: Plain(), to: scratch["o"], as: .jsonLines,
          control: .workers(1))
      }
      #expect(error.contains(expected), "\(error)")
    }
  }

  @Test("An invalid example leaves out its whole puzzle", arguments: ["p.csv", "p.jsonl"])
  func anInvalidExampleLeavesOutItsPuzzle(name: String) throws {
    let scratch = try TemporaryFolder()
    let rows = [
      ("ab", "x", true), ("cd", "x", false), ("ef", "y", true), ("a", "y", true),
      ("ga", "y", false), ("bc", "z", false), ("abc", "", false), ("dd", "w", false),
    ]
    let isTable = name == "p.csv"
    let lines = rows.map { cells, puzzle, isShown -> String in
      isTable
        ? "\(cells),\(puzzle),\(isShown ? "yes" : "no")"
        : #"{"question":"\#(cells)","puzzle":"\#(puzzle)","demonstration":\#(isShown)}"#
    }
    let header = isTable ? ["question,puzzle,demonstration"] : []
    var source = PuzzleSource(
      try scratch.file(name, (header + lines).joined(separator: "\n") + "\n"))
    source.log = .skippingInvalid(true)
    var puzzles: [Puzzle] = []
    try Plain().readPuzzles(from: source) { puzzles.append($0) }
    #expect(puzzles.map(\.name) == ["x", "z", "w"])
    #expect(puzzles.map(\.demonstrations.count) == [1, 0, 0])
    let leftOut = source.log.leftOut
    #expect(leftOut.count == 2, "\(leftOut)")
    let place = "\(name):\(isTable ? 5 : 4): the puzzle \"y\": the question has 1"
    #expect(leftOut.first?.contains(place) == true, "\(leftOut)")

    source.log = .skippingInvalid(false)
    let refused = failure { try Plain().readPuzzles(from: source) { _ in } }
    #expect(refused.contains(place) && refused.contains("--skip-invalid"), "\(refused)")
  }

  @Test("Merging keeps different puzzles with the same name apart")
  func mergingKeepsPuzzlesOfOneNameApart() throws {
    let scratch = try TemporaryFolder()
    let (easy, hard) = try clashing(scratch)
    let task = Named(settings: Settings([]))
    for (name, file) in [("one", easy), ("two", hard)] {
      var builder = DatasetBuilder([.init(split: "test", PuzzleSource(file))])
      builder.augmentations = 1
      _ = try builder.build(task, to: scratch[name], control: .workers(1))
    }
    let parts = try ["one", "two"].map { try Dataset(scratch[$0]) }
    let merger = try DatasetMerger(parts, task: task)
    _ = try merger.merge(to: scratch["m"], control: .workers(1))
    let merged = try Dataset(scratch["m"])
    #expect(
      Set(merged.identifiers) == [
        "<blank>", "one/alpha", "one/alpha_0", "beta", "beta_0", "two/alpha", "two/alpha_0",
      ])
    let test = try merged.split("test")
    #expect(test.groups.count == 3 && test.count == 6)
    #expect(merger.notes.count == 2, "\(merger.notes)")
    // A dataset merged with itself does not change.
    let twice = try DatasetMerger([parts[0], parts[0]], task: task)
    _ = try twice.merge(to: scratch["t"], control: .workers(1))
    #expect(
      try Dataset(scratch["t"]).manifest?.splits.map(\.contentHash)
        == parts[0].manifest?.splits.map(\.contentHash))
  }

  /// A folder of another program, in which two identifiers have the same name.
  @Test("Two identifiers with the same name stay two puzzles")
  func identifiersOfOneNameStayApart() throws {
    let scratch = try TemporaryFolder()
    let (easy, _) = try clashing(scratch)
    let task = Named(settings: Settings([]))
    _ = try DatasetBuilder([.init(split: "test", PuzzleSource(easy))])
      .build(task, to: scratch["d"], control: .workers(1))
    _ = try scratch.file("d/identifiers.json", "[\"<blank>\", \"x\", \"x\"]")
    let data = try Dataset(scratch["d"])
    let converter = try DatasetConverter(data, task: task)
    _ = try converter.writeFolder(to: scratch["c"], control: .workers(1))
    let copy = try Dataset(scratch["c"])
    #expect(copy.identifiers == ["<blank>", "x", "x"])
    #expect(try copy.split("test").contentHash() == data.split("test").contentHash())
    let error = failure {
      _ = try converter.writeFile(
        data.split("test"), to: scratch["o"], as: .jsonLines, control: .workers(1))
    }
    #expect(error.contains("two different puzzles are called \"x\": puzzles 0 and 1"), "\(error)")
    #expect(failure { _ = try DatasetMerger([data], task: task) }.contains("identifiers 1 and 2"))
  }

  /// Where names decide the identifier, as in the released builder, two puzzles may share one.
  @Test("Demonstrations never come from another puzzle with the same identifier")
  func demonstrationsNeverComeFromAnotherPuzzle() throws {
    let scratch = try TemporaryFolder()
    func demonstrations(_ second: String, of split: String) throws -> [[Example]] {
      let rows = ["ab,ab,x,yes", "cc,cc,x,", "\(second),\(second),y,yes", "dd,dd,y,"]
      let file = try scratch.file(
        "p.csv", "question,answer,puzzle,demonstration\n" + rows.joined(separator: "\n") + "\n")
      let folder = scratch["\(second)-\(split)"]
      _ = try DatasetBuilder([.init(split: split, PuzzleSource(file))])
        .build(Plain(), to: folder, control: .workers(1))
      try FileManager.default.removeItem(at: folder.appendingPathComponent("manifest.json"))
      for split in try Dataset(folder).splits {
        let file = split.url.appendingPathComponent("all__puzzle_identifiers.npy")
        let bytes = try Data(contentsOf: file)
        try (bytes.dropLast(8) + Data([1, 0, 0, 0, 1, 0, 0, 0])).write(to: file)
      }
      let data = try Dataset(folder)
      let report = try DatasetCheck([data], task: Plain()).run(.workers(1))
      let shared =
        second == "ab" ? [] : ["two different puzzles are called \"x\": puzzles 0 and 1"]
      #expect(report.splits[0].problems == shared && report.isFaulty == !shared.isEmpty)
      let asked = try data.split(split)
      let shown = PuzzleDemonstrations(data, for: asked, of: Plain())
      return try (0..<asked.count).map { try shown.demonstrations(for: $0) }
    }
    let error = failure { _ = try demonstrations("ba", of: "test") }
    #expect(error.contains("training puzzles 0 and 1 have the identifier of puzzle 0 of test"))
    // Equal ones are the same puzzle's.
    #expect(try demonstrations("ab", of: "test").map(\.count) == [1, 1])
    // In training, they are those of the puzzle itself.
    let training = try demonstrations("ba", of: "train").map { $0.map(\.question) }
    #expect(training == [[], [[1, 2]], [], [[2, 1]]])
  }

  @Test("A slash in a name makes a folder when puzzles are written to files")
  func foldersInNamesAreFolders() throws {
    let scratch = try TemporaryFolder()
    let task = Named(settings: Settings([]))
    let (easy, hard) = try clashing(scratch)
    _ = try DatasetBuilder(
      [easy, hard].map { .init(split: "train", PuzzleSource($0)) }
    ).build(task, to: scratch["d"], control: .workers(1))
    let data = try Dataset(scratch["d"])
    for _ in 0..<2 {
      _ = try DatasetConverter(data, task: task).writeFile(
        data.split("train"), to: scratch["out"], as: .arcJSON, replaces: true, control: .workers(1))
      #expect(
        try contents(of: scratch["out"]).keys.sorted() == [
          "beta.json", "easy/p/alpha.json", "hard/p/alpha.json",
        ])
    }
    for name in ["../up", "a//b", ".hidden", "a/../b", "/root", String(repeating: "n", count: 251)]
    {
      let file = try scratch.file("in.csv", "\(name) 2 1\n")
      let error = failure {
        _ = try DatasetConverter.writeFile(
          from: PuzzleSource(file), of: task, to: scratch["o"], as: .arcJSON, control: .workers(1))
      }
      #expect(error.contains("a name for its file"), "\(name): \(error)")
    }
    for name in ["Flip!", String(repeating: "n", count: 250)] {
      let file = try scratch.file("in.csv", "\(name) 2 1\n")
      _ = try DatasetConverter.writeFile(
        from: PuzzleSource(file), of: task, to: scratch["named"], as: .arcJSON, replaces: true,
        control: .workers(1))
      #expect(try contents(of: scratch["named"]).keys.sorted() == ["\(name).json"])
    }
  }
}
