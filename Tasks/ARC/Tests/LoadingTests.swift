import ARC
import Foundation
import Gym
import GymTestSupport
import Testing

@Suite struct LoadingTests {
  private let task = #"""
    {"train":[{"input":[[1,2]],"output":[[3]]}],"test":[{"input":[[4]],"output":[[5],[6]]}]}
    """#

  @Test("A task file is read, and written with the same content")
  func taskFilesAreReadAndWritten() throws {
    try withTemporaryFolder { folder in
      let arc = try makeARC()
      var random = RandomStream(seed: 1, "files")
      var written: [ARCTask] = []
      for _ in 0..<20 {
        let puzzle = try arc.generatePuzzle(GenerationRequest(), using: &random)
        written.append(try ARCTask(puzzle))
        let url = try written[written.count - 1].write(into: folder)
        #expect(
          try arc.fileText(of: puzzle, as: .arcJSON)
            == String(contentsOf: url, encoding: .utf8).trimmingCharacters(in: .newlines))
      }
      #expect(try arc.fileText(of: Puzzle(name: "x", examples: []), as: .csv) == nil)
      let puzzles = try read(folder)
      #expect(try puzzles.map(ARCTask.init) == written.sorted { $0.name < $1.name })
      #expect(puzzles.allSatisfy { $0.examples[0].source == folder.lastPathComponent })
    }
  }

  @Test("Nested folders are read in a fixed order")
  func foldersOfFoldersAreReadInOrder() throws {
    try withTemporaryFolder { folder in
      for name in [
        "Copy/Copy2.json", "Copy/Copy1.json", "Center/Center1.json", ".x/y.json", "a.txt",
      ] {
        try write(task, to: folder.appendingPathComponent(name))
      }
      let puzzles = try read(folder)
      #expect(puzzles.map(\.name) == ["Center1", "Copy1", "Copy2"])
      #expect(puzzles.map(\.examples[0].source) == ["Center", "Copy", "Copy"])
      #expect(puzzles[0].demonstrations.count == 1)
    }
  }

  @Test("What is passed over beside challenges files is said")
  func whatIsBesideChallengesIsTold() throws {
    try withTemporaryFolder { folder in
      let task = #"{"train":[{"input":[[1]],"output":[[2]]}],"test":[{"input":[[3]]}]}"#
      try write("{\"b\":\(task)}", to: folder.appendingPathComponent("x_challenges.json"))
      for name in ["x_solutions.json", "sample_submission.json"] {
        try write("{\"b\":[[[1]]]}", to: folder.appendingPathComponent(name))
      }
      let source = PuzzleSource(folder)
      try makeARC().readPuzzles(from: source) { _ in }
      #expect(source.log.notes == [])
      try write(task, to: folder.appendingPathComponent("corpus/Copy1.json"))
      try write(task, to: folder.appendingPathComponent("other.json"))
      try makeARC().readPuzzles(from: source) { _ in }
      #expect(
        source.log.notes == [
          "beside the challenges files of \(folder.path), the rest is passed over: corpus and 1 more"
        ])
    }
  }

  @Test("Kaggle's pair of challenges and solutions is read as one set")
  func kagglePairIsRead() throws {
    try withTemporaryFolder { folder in
      let challenges = folder.appendingPathComponent("arc_training_challenges.json")
      let pairs =
        #""train":[{"input":[[1]],"output":[[2]]}],"test":[{"input":[[3]]},{"input":[[4]]}]"#
      try write("{\"b\":{\(pairs)}}", to: challenges)
      for url in [folder, challenges] {
        let puzzle = try #require(try read(url).first)
        #expect(puzzle.name == "b" && puzzle.examples.count == 2)
        #expect(puzzle.examples.allSatisfy { $0.answer.isEmpty && $0.source == "arc_training" })
      }
      let solutions = folder.appendingPathComponent("arc_training_solutions.json")
      try write(#"{"b":[[[5,5]],[[6]]],"c":[]}"#, to: solutions)
      let task = try ARCTask(try #require(try read(folder).first))
      #expect(task.tests[0].answer == (try ARCGrid([[5, 5]])))
      #expect(task.tests[1].answer == (try ARCGrid([[6]])))

      #expect(throws: GymError.self) { try read(solutions) }
      for broken in ["{}", #"{"b":[[[5]]]}"#, #"{"b":3}"#, "[]", #"{"b":[[[5]],[[77]]]}"#] {
        try write(broken, to: solutions)
        let error = #expect(throws: GymError.self) { try read(folder) }
        #expect(error?.location?.contains("arc_training_solutions.json") == true)
      }
    }
  }

  @Test("Challenges and solutions with a hyphen in their names are a pair as well")
  func namesWithHyphens() throws {
    try withTemporaryFolder { folder in
      let pairs = #""train":[{"input":[[1]],"output":[[2]]}],"test":[{"input":[[3]]}]"#
      try write(
        "{\"b\":{\(pairs)}}", to: folder.appendingPathComponent("arc-agi_test-challenges.json"))
      try write(
        #"{"b":[[[5,5]]]}"#, to: folder.appendingPathComponent("arc-agi_test-solutions.json"))
      let puzzle = try #require(try read(folder).first)
      #expect(puzzle.examples[0].source == "arc-agi_test")
      #expect(try ARCTask(puzzle).tests[0].answer == (try ARCGrid([[5, 5]])))
    }
  }

  @Test("Packed files and names in capitals are task files of a folder as well")
  func namesOfTaskFiles() throws {
    try withTemporaryFolder { folder in
      let packed = try #require(
        Data(
          base64Encoded: "H4sIAAAAAAAC/6tWKilKzMxTsoquVsrMKygtAbKiDWNjdZTyS0ugXKPY2FqgQElqcQmqOmNU"
            + "dSYgdbUAzM++8VIAAAA="))
      try packed.write(to: folder.appendingPathComponent("b.json.gz"))
      let task = #"{"train":[{"input":[[1]],"output":[[2]]}],"test":[{"input":[[3]]}]}"#
      try write(task, to: folder.appendingPathComponent("A.JSON"))
      #expect(try read(folder).map(\.name) == ["A", "b"])
    }
  }

  @Test("An answer of null is one that is withheld")
  func nullIsAWithheldAnswer() throws {
    try withTemporaryFolder { folder in
      try write(
        #"{"train":[{"input":[[1]],"output":[[2]]}],"test":[{"input":[[3]],"output":null}]}"#,
        to: folder.appendingPathComponent("t.json"))
      let puzzle = try #require(try read(folder).first)
      #expect(puzzle.examples.map(\.answer) == [[]])
      #expect(try ARCTask(puzzle).tests[0].answer == nil)
    }
  }

  @Test(
    "A broken file is refused with the place of its fault",
    arguments: [
      (
        #"{"train":[{"input":[[1,2],[3]],"output":[[1]]}],"test":[{"input":[[1]]}]}"#,
        "train pair 1, input, row 2", "the row has 1 cells"
      ),
      (
        #"{"train":[{"input":[[1]],"output":[[1,2],[3,10]]}],"test":[{"input":[[1]]}]}"#,
        "train pair 1, output, row 2", "column 2 is 10"
      ),
      (
        #"{"train":[{"input":[[1]],"output":[[1.5]]}],"test":[{"input":[[1]]}]}"#,
        "train pair 1, output, row 1", "column 1 is a number"
      ),
      (#"{"train":[{"input":[[1]]}],"test":[{"input":[[1]]}]}"#, "train pair 1", "no \"output\""),
      (
        #"{"train":[{"input":[[1]],"output":[[1]]}],"test":[{"input":[[1]]},{"input":[]}]}"#,
        "test pair 2, input", "0 rows"
      ),
      (
        #"{"train":[{"input":[[]],"output":[[1]]}],"test":[{"input":[[1]]}]}"#,
        "train pair 1, input, row 1", "0 cells"
      ),
      (
        #"{"train":[{"input":"x","output":[[1]]}],"test":[{"input":[[1]]}]}"#,
        "train pair 1, input", "a string"
      ),
      (#"{"train":[],"test":[{"input":[[1]]}]}"#, "t.json", "no pairs under \"train\""),
      (#"{"train":[{"input":[[1]],"output":[[1]]}]}"#, "t.json", "no pairs under \"test\""),
      ("[]", "t.json", "no pairs"), ("", "t.json:1:1", "ends"),
      ("{\"train\":\n[}", "t.json:2:2", "}"),
      (#"{"a":{"train":5}}"#, "task a", "no pairs"),
    ])
  func brokenFilesAreRefused(text: String, place: String, message: String) throws {
    try withTemporaryFolder { folder in
      try write(text, to: folder.appendingPathComponent("t.json"))
      let error = #expect(throws: GymError.self) { try read(folder) }
      #expect(error?.location?.contains("t.json") == true)
      #expect(error?.location?.hasSuffix(place) == true, "\(error.map { "\($0)" } ?? "")")
      #expect(error?.what.contains(message) == true, "\(error.map { "\($0)" } ?? "")")
    }
  }

  @Test("A folder without readable tasks, a missing file and an unfit name are errors")
  func nothingIsRefused() throws {
    try withTemporaryFolder { folder in
      #expect(throws: GymError.self) { try read(folder) }
      #expect(throws: GymError.self) { try read(folder.appendingPathComponent("absent")) }
      let rows = [String](repeating: "[0]", count: 31).joined(separator: ",")
      try write(
        #"{"train":[{"input":[\#(rows)],"output":[[1]]}],"test":[{"input":[[1]]}]}"#,
        to: folder.appendingPathComponent("t.json"))
      #expect(throws: GymError.self) { try read(folder) }
      let task = ARCTask(name: "../x", demonstrations: [], tests: [])
      #expect(throws: GymError.self) { try task.write(into: folder) }
      let source = PuzzleSource(folder, format: .csv)
      #expect(throws: GymError.self) { try makeARC().readPuzzles(from: source) { _ in } }
    }
  }

  /// Damaged files are read or refused with a `GymError`. `ARC_FUZZ` sets how many.
  @Test("Damaged task files are read or rejected with an error, never a trap")
  func damagedFilesDoNotTrap() throws {
    let count = ProcessInfo.processInfo.environment["ARC_FUZZ"].flatMap(Int.init) ?? 500
    let challenges = "{\"a\":\(task),\"b\":\(task)}"
    let solutions = #"{"a":[[[1,2],[3,4]]],"b":[[[5]]]}"#
    let submission = #"{"a":[{"attempt_1":[[1,2]],"attempt_2":[[3],[4]]}],"b":[]}"#
    try withTemporaryFolder { folder in
      var refused = 0
      for index in 0..<count {
        var random = RandomStream(key: RandomKey(seed: 5, "damage"), stream: UInt64(index))
        // New names each time: overwriting a file makes some file systems wait for the disk.
        let names = ["\(index).json", "\(index)_challenges.json", "\(index)_solutions.json"]
        let urls = names.map(folder.appendingPathComponent)
        let kind = random.below(4)
        var texts = [kind == 3 ? submission : task, challenges, solutions].map { Array($0.utf8) }
        texts[kind % 3] = damaged(texts[kind % 3], using: &random)
        for place in kind % 3 == 0 ? 0...0 : 1...2 {
          try Data(texts[place]).write(to: urls[place])
        }
        do {
          if kind == 3 {
            _ = try ARCSubmission(contentsOf: urls[0])
          } else {
            for puzzle in try read(urls[min(kind, 1)]) { _ = try ARCTask(puzzle) }
          }
        } catch is GymError {
          refused += 1
        }
        for place in kind % 3 == 0 ? 0...0 : 1...2 {
          try FileManager.default.removeItem(at: urls[place])
        }
      }
      #expect(refused > count / 4)
      print("\(refused) of \(count) damaged files refused")
    }
  }

  private func damaged(_ bytes: [UInt8], using random: inout RandomStream) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(4) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(5) {
      case 0: bytes[place] = UInt8(random.below(256))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
      case 3: bytes[place] = random.element(of: Array("[]{},:\"0159-.e ".utf8)) ?? 0
      default: bytes.removeSubrange(place..<min(bytes.count, place + random.below(20)))
      }
    }
    return bytes
  }
}
