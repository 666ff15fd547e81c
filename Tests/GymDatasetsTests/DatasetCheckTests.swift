import Foundation
import Gym
import GymDatasets
import GymRandomness
import GymTestSupport
import Testing

/// A task that knows the classes of some questions alone: of those that begin with the first
/// letter.
private struct PartlySymmetric: Task, SymmetricTask {
  static let id = PluginID("partly", version: 1)
  static let summary = "Repeat the letters."
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("~abcdefg")
  let grid = GridShape(rows: 1, columns: 2)

  init(settings: Settings = Settings([])) {}

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example { throw GymError("nothing is generated") }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }

  func randomSymmetry(using random: inout RandomStream) -> Symmetry { .identity(for: self) }

  func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    question[0] == 1 ? question.sorted() : nil
  }
}

@Suite struct DatasetCheckTests {
  private func dataset(
    _ scratch: TemporaryFolder, _ name: String, train: [String], test: [String]
  ) throws -> Dataset {
    let files = try [("train", train), ("test", test)].filter { !$0.1.isEmpty }.map { split, rows in
      DatasetBuilder.Input(
        split: split,
        PuzzleSource(
          try scratch.file("\(name)-\(split).txt", rows.map { $0 + $0 + "\n" }.joined()),
          format: .lines))
    }
    _ = try DatasetBuilder(files).build(Toy(), to: scratch[name], control: .workers(1))
    return try Dataset(scratch[name])
  }

  @Test("Overlaps between splits are found")
  func overlapsAreFound() throws {
    let scratch = try TemporaryFolder()
    let apart = try dataset(
      scratch, "apart", train: ["abcdef", "abcdef", "bacdef"], test: ["ab.def"])
    let same = try dataset(scratch, "same", train: ["abcdef"], test: ["fe.cba"])
    let report = try DatasetCheck([apart, same], task: Toy()).run(.workers(2))
    #expect(report.splits.map(\.repeatedQuestions) == [1, 0, 0, 0])
    #expect(report.splits.map(\.equivalentGroups) == [2, 0, 0, 0])
    #expect(report.splits.allSatisfy { $0.wrongLabels == 0 && $0.hasStatedHash == true })
    #expect(!report.isFaulty && report.hasLeak)
    let found = report.overlaps.map { [$0.first, $0.second, $0.questions, $0.classes ?? -1] }
    #expect(
      found == [
        [0, 1, 0, 0], [0, 2, 1, 1], [1, 2, 0, 0], [0, 3, 0, 0], [1, 3, 0, 1], [2, 3, 0, 0],
      ])
    #expect(try !DatasetCheck([apart], task: Toy()).run(.workers(1)).hasLeak)
  }

  @Test("Every planted equivalent puzzle is found")
  func everyPlantedEquivalentIsFound() throws {
    let scratch = try TemporaryFolder()
    // Without a task that knows classes, only equal questions count; with one, all of them.
    let words = ["abcdef", "ab.def", "a.cdef", "fedcb."]
    let data = try dataset(scratch, "d", train: words, test: ["fedcba", "bad.ef", "fedcb."])
    let exact = try DatasetCheck([data], task: nil).run(.workers(1))
    #expect(exact.overlaps[0].questions == 1 && exact.overlaps[0].classes == nil)
    #expect(exact.splits[0].wrongLabels == nil)
    let full = try DatasetCheck([data], task: Toy()).run(.workers(1))
    #expect(full.overlaps[0].classes == 2)
  }

  @Test("A question without a canonical form is a class of its own beside those that have one")
  func questionsWithoutAFormAreCompared() throws {
    let scratch = try TemporaryFolder()
    let files = try [("train", "ab,ab\ncd,cd\n"), ("test", "cd,cd\nae,ae\n")].map { split, rows in
      DatasetBuilder.Input(
        split: split,
        PuzzleSource(try scratch.file("\(split).csv", "question,answer\n" + rows)))
    }
    let task = PartlySymmetric()
    _ = try DatasetBuilder(files).build(task, to: scratch["d"], control: .workers(1))
    let report = try DatasetCheck([Dataset(scratch["d"])], task: task).run(.workers(1))
    #expect(report.overlaps.map(\.questions) == [1] && report.overlaps.map(\.classes) == [1])
    #expect(report.splits.map(\.equivalentGroups) == [0, 0] && report.hasLeak)
  }

  @Test("Wrong labels and changed arrays are found")
  func wrongLabelsAndChangedArraysAreFound() throws {
    let scratch = try TemporaryFolder()
    let data = try dataset(scratch, "d", train: ["abcdef", "a.cdef"], test: [])
    let file = data.url.appendingPathComponent("train/all__labels.npy")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count - 1] = 2
    try bytes.write(to: file)
    let report = try DatasetCheck([Dataset(data.url)], task: Toy()).run(.workers(1))
    #expect(report.splits[0].wrongLabels == 1)
    #expect(report.splits[0].problems == ["example 1: the rows differ"])
    #expect(report.splits[0].hasStatedHash == false && report.isFaulty)
  }

  @Test("Damaged files are named")
  func damageIsNamed() throws {
    let scratch = try TemporaryFolder()
    let data = try dataset(scratch, "d", train: ["abcdef", "a.cdef"], test: [])
    let file = data.url.appendingPathComponent("train/all__inputs.npy")
    let whole = try Data(contentsOf: file)
    var wrong = whole
    wrong[128 + 15] = 77
    try wrong.write(to: file)
    let split = try Dataset(data.url).splits[0]
    #expect(try split.question(0).count == 12)
    let value = failure { _ = try split.question(1) }
    #expect(value.contains("all__inputs.npy: row 1, cell 3 holds 77; expected a token in 0..<8"))
    try whole.dropLast(5).write(to: file)
    let cut = failure { _ = try Dataset(data.url) }
    #expect(cut.contains("all__inputs.npy: the file has 147 bytes; expected 152"), "\(cut)")
  }
}
