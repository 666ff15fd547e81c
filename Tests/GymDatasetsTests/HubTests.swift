import Foundation
import Gym
import GymDatasets
import GymJSON
import GymTestSupport
import Testing

/// Folders for the Hugging Face hub, written and built from.
@Suite struct HubTests {
  private func example(_ scratch: TemporaryFolder) throws -> DatasetConverter {
    var generator = DatasetGenerator(counts: ["train": 20, "test": 5], seed: 3)
    generator.augmentations = 2
    _ = try generator.generate(Toy(), to: scratch["d"], control: .workers(1))
    return try DatasetConverter(Dataset(scratch["d"]), task: Toy())
  }

  @Test("Rows for the Hugging Face hub have text and tokens")
  func rowsHoldTextAndTokens() throws {
    let scratch = try TemporaryFolder()
    let converter = try example(scratch)
    let hub = scratch["hub"]
    #expect(try converter.writeHub(to: hub, license: "cc0-1.0", control: .workers(1)) == 65)
    let test = try Dataset(scratch["d"]).split("test")
    let lines = try JSONLinesReader(
      contentsOf: hub.appendingPathComponent("data/test/00000.jsonl"))
    var index = 0
    while let row = try lines.next() {
      let (example, task) = (try test.example(index), try Toy())
      #expect(row["question"]?.string == task.vocabulary.text(example.question))
      #expect(row["answer"]?.string == task.vocabulary.text(example.answer))
      #expect(row["rating"]?.number == example.rating)
      #expect(
        row["answer_tokens"]?.array?.compactMap(\.integer) == example.answer.map { Int($0) })
      #expect(row["group"]?.integer == index && row["demonstration"] == false)
      index += 1
    }
    #expect(index == 5)
    let card = try String(contentsOf: hub.appendingPathComponent("README.md"), encoding: .utf8)
    for text in [
      "license: \"cc0-1.0\"", "path: \"data/train/*.jsonl\"", "num_examples: 60",
      "  - name: answer\n    dtype: string", "task: \"toy@1\"",
      "reasongym dataset generate toy --set size=6 blanks=1 --count train=20,test=5 --seed 3",
    ] {
      #expect(card.contains(text), "\(text) is not in\n\(card)")
    }
  }

  @Test("The card of a shard says which shard it is")
  func theCardOfAShardSaysSo() throws {
    let scratch = try TemporaryFolder()
    var generator = DatasetGenerator(counts: ["train": 20], seed: 3)
    generator.shard = Shard("1/2")
    _ = try generator.generate(Toy(), to: scratch["d"], control: .workers(1))
    let converter = try DatasetConverter(Dataset(scratch["d"]), task: Toy())
    _ = try converter.writeHub(to: scratch["hub"], control: .workers(1))
    let card = try String(contentsOf: scratch["hub/README.md"], encoding: .utf8)
    #expect(card.contains("--count train=20 --seed 3 --shard 1/2 --out"), "\(card)")
  }

  @Test("Building a dataset from a hub folder gives back the puzzles")
  func buildingBringsThePuzzlesBack() throws {
    let scratch = try TemporaryFolder()
    let converter = try example(scratch)
    let hub = scratch["hub"]
    _ = try converter.writeHub(to: hub, onlyOriginals: true, control: .workers(1))
    let files = try HubFolder(hub).files
    #expect(files.map(\.split) == ["test", "train"])
    #expect(try HubFolder(hub).variantNote == nil)
    let builder = DatasetBuilder(
      files.map { .init(split: $0.split, PuzzleSource($0.url)) })
    _ = try builder.build(Toy(), to: scratch["back"], control: .workers(1))
    let (old, new) = (try Dataset(scratch["d"]), try Dataset(scratch["back"]))
    for index in 0..<5 {
      #expect(try old.split("test").example(index) == new.split("test").example(index))
    }
    let train = try old.split("train")
    for group in 0..<20 {
      let original = try train.example(train.groups[group].lowerBound)
      #expect(try original == new.split("train").example(group))
    }
  }

  @Test("A hub folder with variants is told of, since a dataset built of it keeps no groups")
  func variantsAreTold() throws {
    let scratch = try TemporaryFolder()
    _ = try example(scratch).writeHub(to: scratch["hub"], control: .workers(1))
    let note = try #require(HubFolder(scratch["hub"]).variantNote)
    #expect(note.hasPrefix("train has variants") && note.contains("--originals"), "\(note)")
    // The rows of one named puzzle are no variants; those of two names are.
    func file(_ names: [String]) throws -> String? {
      let rows = names.map { "{\"puzzle\":\"\($0)\",\"group\":0}\n" }.joined()
      let url = scratch["own/data/train/00000.jsonl"]
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(rows.utf8).write(to: url)
      return try HubFolder(scratch["own"]).variantNote
    }
    #expect(try file(["a", "a", "a"]) == nil)
    #expect(try file(["a", "a", "b"]) != nil)
  }

  @Test("Only a hub folder is replaced or read as one")
  func onlySuchAFolderIsReplacedOrRead() throws {
    let scratch = try TemporaryFolder()
    let converter = try example(scratch)
    let hub = scratch["hub"]
    _ = try converter.writeHub(to: hub, control: .workers(1))
    #expect(
      failure { _ = try converter.writeHub(to: hub, control: .workers(1)) }.contains("--force"))
    _ = try converter.writeHub(to: hub, replaces: true, control: .workers(1))
    let other = failure {
      _ = try converter.writeHub(to: scratch["d"], replaces: true, control: .workers(1))
    }
    #expect(other.contains("not a folder for the Hugging Face hub"))
    #expect(failure { _ = try HubFolder(scratch["d"]) }.contains("--to hub"))
    #expect(try scratch.names == ["d", "hub"])
  }
}
