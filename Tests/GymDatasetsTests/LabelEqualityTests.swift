import Foundation
import Gym
import GymDatasets
import GymJSON
import GymTestSupport
import Testing

/// Folders of no known task, and what their `dataset.json` may say.
@Suite struct LabelEqualityTests {
  private let scratch: TemporaryFolder

  init() throws {
    scratch = try TemporaryFolder()
    let lines = try scratch.file("lines.txt", "abc.efabc.ef\nab.defab.def\n")
    let builder = DatasetBuilder([.init(split: "test", PuzzleSource(lines))])
    _ = try builder.build(Toy(), to: scratch["d"], control: .workers(1))
    try FileManager.default.removeItem(at: scratch["d/manifest.json"])
  }

  /// Changes a member of the split's `dataset.json`.
  private func state(_ name: String, _ value: JSON) throws {
    let url = scratch["d/test/dataset.json"]
    var members = try #require(try JSON(contentsOf: url).object)
    members[name] = value
    try JSON.object(members).write(to: url)
  }

  @Test("Without a task, an answer is right if it equals the label")
  func labelsDecide() throws {
    let data = try Dataset(scratch["d"])
    let task = LabelEquality(data)
    #expect(task.grid.cells == data.cells && task.vocabulary.count == data.vocabularyCount)
    try data.checkFits(task)
    let example = try data.split("test").example(0)
    #expect(task.verify(example.answer, for: example).isSolved)
    var wrong = example.answer
    wrong[3] = 2
    #expect(task.verify(wrong, for: example).wrongCells == [3])
    #expect(!task.verify(Array(wrong.dropLast()), for: example).isSolved)
    // A cell that is not asked may be anything.
    var partly = example
    partly.answer[3] = Vocabulary.padding
    #expect(task.verify(wrong, for: partly).isSolved)
    partly.answer = partly.answer.map { _ in Vocabulary.padding }
    #expect(!task.verify(wrong, for: partly).isSolved)
    #expect(try task.hasUnknownAnswer(partly))
    #expect(throws: GymError.self) { try LabelEquality(settings: Settings([])) }
  }

  @Test("Every token is shown as a character")
  func everyTokenHasACharacter() throws {
    for count in [9, 63, 255] {
      try state("vocab_size", .integer(Int64(count)))
      #expect(LabelEquality(try Dataset(scratch["d"])).vocabulary.count == count)
    }
  }

  /// The loader of the released code reads each set that `dataset.json` names.
  @Test("Several sets of arrays are read one after the other", arguments: [2, 4])
  func severalSetsAreRead(groups: Int64) throws {
    let before = try Dataset(scratch["d"]).split("test")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch["d/test"].path)
    for name in names where name.hasPrefix("all__") {
      let other = scratch["d/test/" + name.replacingOccurrences(of: "all__", with: "hard__")]
      try FileManager.default.copyItem(at: scratch["d/test/\(name)"], to: other)
    }
    try state("sets", ["all", "hard"])
    // The sum of both, or that of one, as another program may state it.
    try state("total_groups", .integer(groups))
    let split = try Dataset(scratch["d"]).split("test")
    #expect(split.count == 4 && split.puzzles.count == 4 && split.groups.count == 4)
    for index in 0..<4 {
      #expect(try split.example(index) == before.example(index % 2))
      #expect(try split.question(index) == before.question(index % 2))
      #expect(try split.label(index) == before.label(index % 2))
      #expect(split.identifier(ofExample: index) == 0 && split.groups[index] == index..<index + 1)
    }
    try split.checkTokens()

    try state("total_groups", 3)
    #expect(failure { _ = try Dataset(scratch["d"]) }.contains("there are 4 groups"))
    for sets in [["all", "all"], [], ["all", "../x"]] as [[String]] {
      try state("sets", .array(sets.map { .string($0) }))
      #expect(
        failure { _ = try Dataset(scratch["d"]) }.contains("different names of letters"))
    }
    try state("sets", ["all", "gone"])
    #expect(failure { _ = try Dataset(scratch["d"]) }.contains("gone__inputs.npy"))
  }

  @Test("A wrong mean number of examples in the header is reported")
  func aWrongMeanIsTold() throws {
    func problems() throws -> [String] {
      try DatasetCheck([Dataset(scratch["d"])], task: nil).run(.workers(1)).splits[0].problems
    }
    #expect(try problems().isEmpty)
    try state("mean_puzzle_examples", 3)
    #expect(
      try problems() == ["mean_puzzle_examples in dataset.json is 3.0, and the arrays have 1.0"])
  }
}
