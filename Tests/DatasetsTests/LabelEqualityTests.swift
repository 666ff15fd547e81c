import Datasets
import Foundation
import Gym
import JSON
import Testing

/// Folders of no known task, and what their `dataset.json` may say.
@Suite struct LabelEqualityTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
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

  @Test("Folders with several sets of arrays are rejected, and the sets are named")
  func severalSetsAreNamed() throws {
    try state("sets", ["all", "hard"])
    let error = failure { _ = try Dataset(scratch["d"]) }
    #expect(error.contains("several sets are not read: all, hard"), "\(error)")
    #expect(error.contains("a split of its own"), "\(error)")
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
