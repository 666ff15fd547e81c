import Foundation
import Gym
import GymDatasets
import GymJSON
import GymRandomness
import GymTestSupport
import Testing

@Suite struct DatasetBuilderTests {
  /// A CSV file of generated toy puzzles.
  private func csv(
    _ scratch: TemporaryFolder, _ name: String, count: Int, seed: UInt64
  ) throws -> URL {
    let task = try Toy()
    let items = try ItemGenerator(task, seed: seed, split: "file")
    var text = "source,question,answer,rating\n"
    for index in 0..<count {
      let item = try items.item(index).examples[0]
      text += "toys,\(task.vocabulary.text(item.question)),"
      text += "\(task.vocabulary.text(item.answer)),\(index % 7)\n"
    }
    return try scratch.file(name, text)
  }

  private func makeBuilder(_ train: URL, _ test: URL? = nil) -> DatasetBuilder {
    DatasetBuilder(
      [.init(split: "train", PuzzleSource(train))]
        + (test.map { [.init(split: "test", PuzzleSource($0))] } ?? []))
  }

  @Test("Built datasets have the same bytes with any number of workers")
  func bytesDoNotDependOnWorkers() throws {
    let scratch = try TemporaryFolder()
    let train = try csv(scratch, "train.csv", count: 1500, seed: 1)
    let test = try csv(scratch, "test.csv", count: 300, seed: 2)
    var builder = makeBuilder(train, test)
    (builder.subsample, builder.augmentations, builder.seed) = (700, 3, 5)
    var all: [[String: Data]] = []
    for workers in [1, 2, 4] {
      let url = scratch["d\(workers)"]
      let manifest = try builder.build(Toy(), to: url, control: .workers(workers))
      #expect(manifest.split("train")?.groups == 700)
      #expect(manifest.split("train")?.examples == 2800)
      #expect(manifest.split("test")?.examples == 300)
      all.append(try contents(of: url))
    }
    #expect(all[0] == all[1] && all[0] == all[2])
  }

  @Test("Ranks build the dataset that one process builds", arguments: [2, 3, 7])
  func ranksBuildTheWhole(count: Int) throws {
    let scratch = try TemporaryFolder()
    let train = try csv(scratch, "train.csv", count: 1500, seed: 1)
    var rows = Array(repeating: "abcdefabcdef,abcdefabcdef", count: 600)
    rows[400] = "abcdefabcdef,abcdfeabcdfe"
    rows[401] = "aacdefaacdef,"
    let test = try scratch.file("bad.csv", "question,answer\n" + rows.joined(separator: "\n"))
    @Sendable func build(
      _ name: String, skipsInvalid: Bool, ranks: Ranks = .alone
    ) throws -> DatasetManifest {
      var builder = makeBuilder(train, test)
      (builder.subsample, builder.augmentations, builder.seed) = (1200, 3, 5)
      builder.skipsInvalid = skipsInvalid
      return try builder.build(Toy(), to: scratch[name], control: .workers(1), ranks: ranks)
    }

    // The first fault of the files is told, whichever rank finds it.
    let faults = try Ranks.threads(count) { ranks in
      failure { _ = try build("d", skipsInvalid: false, ranks: ranks) }
    }
    #expect(faults.allSatisfy { $0.contains("bad.csv:402: the answer is wrong") }, "\(faults)")
    #expect(Set(faults).count == 1)
    #expect(try scratch.names == ["bad.csv", "train.csv"])

    let whole = try build("whole", skipsInvalid: true)
    #expect(whole.origin["left-out"]?.array?.count == 2)
    let manifests = try Ranks.threads(count) { try build("ranks", skipsInvalid: true, ranks: $0) }
    #expect(try contents(of: scratch["ranks"]) == contents(of: scratch["whole"]))
    #expect(manifests == Array(repeating: whole, count: count))
  }

  @Test("Ranks that are stopped stop together, and ranks with other files say so")
  func ranksAgree() throws {
    let scratch = try TemporaryFolder()
    let train = try csv(scratch, "train.csv", count: 1500, seed: 1)
    let other = try csv(scratch, "other.csv", count: 1500, seed: 2)
    let stopped = try Ranks.threads(3) { ranks in
      let stop = StopRequest()
      return failure {
        _ = try makeBuilder(train).build(
          Toy(), to: scratch["d"],
          control: WorkControl(
            workers: 1, stop: stop, report: { _ in if ranks.rank == 1 { stop.request() } }),
          ranks: ranks)
      }
    }
    #expect(stopped == Array(repeating: "\(CancellationError())", count: 3))
    let different = try Ranks.threads(3) { ranks in
      failure {
        _ = try makeBuilder(ranks.rank == 2 ? other : train).build(
          Toy(), to: scratch["d"], control: .workers(1), ranks: ranks)
      }
    }
    #expect(different.allSatisfy { $0.contains("rank 2") && $0.contains("files") })
    #expect(try scratch.names == ["other.csv", "train.csv"])
  }

  @Test("Puzzles are read from a built dataset unchanged")
  func puzzlesComeBackAsTheyWere() throws {
    let scratch = try TemporaryFolder()
    let train = try csv(scratch, "train.csv", count: 40, seed: 1)
    let task = try Toy()
    var builder = makeBuilder(train)
    builder.augmentations = 4
    _ = try builder.build(task, to: scratch["d"], control: .workers(2))
    let split = try Dataset(scratch["d"]).split("train")
    var index = 0
    try task.readPuzzles(from: PuzzleSource(train)) { puzzle in
      let family = split.groups[index]
      #expect(family.count == 5)
      #expect(try split.example(split.puzzles[family.lowerBound].lowerBound) == puzzle.examples[0])
      for member in family {
        let example = try split.example(member)
        #expect(task.verify(example.answer, for: example).isSolved)
        #expect(split.rating(member) == Double(index % 7) && split.source(member) == "toys")
        #expect(split.puzzles.owner(of: member) == member)
        #expect(split.groups.owner(of: member) == index)
        #expect(
          task.canonicalForm(of: example.question)
            == task.canonicalForm(of: puzzle.examples[0].question))
      }
      index += 1
    }
    #expect(index == 40)
    let batch = try split.batch([7, 3, 7])
    #expect(batch.count == 3 && batch.questions.identifiers == [0, 0, 0])
    #expect(try Array(batch.questions.question(1)) == split.question(3))
    #expect(try Array(batch.labels.suffix(12)) == split.label(7))
  }

  @Test("A smaller subsample is part of a larger one with the same seed")
  func smallerSubsamplesArePartsOfLargerOnes() throws {
    let scratch = try TemporaryFolder()
    let train = try csv(scratch, "train.csv", count: 500, seed: 1)
    func chosen(_ count: Int, seed: UInt64) throws -> Set<[UInt8]> {
      var builder = makeBuilder(train)
      (builder.subsample, builder.seed) = (count, seed)
      let url = scratch["d\(count)-\(seed)"]
      _ = try builder.build(Toy(), to: url, control: .workers(2))
      let split = try Dataset(url).split("train")
      return Set(try (0..<split.count).map { try split.question($0) + split.label($0) })
    }
    let (few, many) = (try chosen(50, seed: 3), try chosen(200, seed: 3))
    #expect(few.isSubset(of: many))
    #expect(try chosen(50, seed: 4) != few)
    var builder = makeBuilder(train)
    builder.subsample = 501
    let error = failure {
      _ = try builder.build(Toy(), to: scratch["x"], control: .workers(1))
    }
    #expect(error.contains("there are 500 training puzzles"), "\(error)")
  }

  @Test("A subsample with invalid puzzles says how many are written")
  func whatASubsampleLacksIsTold() throws {
    let scratch = try TemporaryFolder()
    let rows = ["abcdefabcdef,abcdefabcdef", "abcdefabcdef,abcdfeabcdfe", "aacdefaacdef,"]
    let file = try scratch.file("p.csv", "question,answer\n" + rows.joined(separator: "\n"))
    var builder = makeBuilder(file)
    var notes: [String] = []
    builder.note = { notes.append($0) }
    (builder.subsample, builder.skipsInvalid) = (3, true)
    let manifest = try builder.build(Toy(), to: scratch["d"], control: .workers(1))
    #expect(manifest.split("train")?.groups == 1)
    #expect(notes.contains { $0.hasPrefix("1 of the 3 chosen training puzzles is written") })
  }

  @Test("Every puzzle is equally likely to be in a subsample")
  func subsamplesAreUniform() throws {
    let scratch = try TemporaryFolder()
    let train = try csv(scratch, "train.csv", count: 600, seed: 1)
    var counts = [Int](repeating: 0, count: 7)
    for seed in 0..<6 as Range<UInt64> {
      var builder = makeBuilder(train)
      (builder.subsample, builder.seed) = (140, seed)
      _ = try builder.build(Toy(), to: scratch["d\(seed)"], control: .workers(1))
      let split = try Dataset(scratch["d\(seed)"]).split("train")
      for index in 0..<split.count { counts[Int(try #require(split.rating(index)))] += 1 }
    }
    // 840 draws; ratings 0...4 stand 86 times in the file, 5 and 6 85 times.
    let expected = counts.indices.map { 840.0 * ($0 < 5 ? 86 : 85) / 600 }
    let statistic = zip(counts, expected).reduce(0.0) {
      $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) / $1.1
    }
    #expect(statistic < 25, "\(counts)")
  }

  @Test("Puzzles without answers are solved and rated")
  func missingAnswersAreSolvedAndRated() throws {
    let scratch = try TemporaryFolder()
    let lines = try scratch.file("hard.txt", "abc.ef" + "abc.ef\n" + "abcdefabcdef\n")
    let builder = DatasetBuilder([.init(split: "test", PuzzleSource(lines))])
    _ = try builder.build(Toy(), to: scratch["d"], control: .workers(1))
    let split = try Dataset(scratch["d"]).split("test")
    #expect(try split.label(0) == [2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6, 7])
    #expect((0..<2).map { split.rating($0) } == [1, 0])
  }

  @Test(
    "A faulty puzzle is refused with its line and reason",
    arguments: [
      ("abcdefabcdef,abcdefabcdef\nab..efab..ef,\n", ":3: the puzzle has several solutions"),
      ("abcdefabcdef,abcdefabcdef\naacdefaacdef,\n", ":3: the puzzle has no solution"),
      ("abcdefabcdef,abcdefabcdef\nabcdefabcde.,\n", ":3: the puzzle is not one of toy"),
      ("abcdefabcdef,abcdfeabcdfe\n", ":2: the answer is wrong: a given letter was changed"),
      ("ab..efab..ef,abcdefabcdef\n", ":2: the puzzle has several solutions"),
    ])
  func faultyPuzzlesAreRefused(rows: String, message: String) throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.file("bad.csv", "question,answer\n" + rows)
    for workers in [1, 3] {
      let error = failure {
        _ = try makeBuilder(file).build(Toy(), to: scratch["d"], control: .workers(workers))
      }
      #expect(error.contains("bad.csv" + message), "\(error)")
      #expect(try scratch.names == ["bad.csv"])
    }
  }

  @Test("The first error in file order is reported, with any number of workers")
  func theFirstErrorIsToldWhateverTheWorkers() throws {
    let scratch = try TemporaryFolder()
    var rows = Array(repeating: "abcdefabcdef,abcdefabcdef", count: 4000)
    rows[700] = "abcdefabcdef,abcdfeabcdfe"
    rows[701] = "aacdefaacdef,"
    rows[3990] = "what,is,this"
    let file = try scratch.file("bad.csv", "question,answer\n" + rows.joined(separator: "\n"))
    for workers in [1, 2, 6] {
      let error = failure {
        _ = try makeBuilder(file).build(Toy(), to: scratch["d"], control: .workers(workers))
      }
      #expect(error.contains("bad.csv:702: the answer is wrong"), "\(error)")
    }
  }

  @Test("The manifest records the files, their hashes and the options")
  func originIsRecorded() throws {
    let scratch = try TemporaryFolder()
    let train = try csv(scratch, "train.csv", count: 30, seed: 1)
    var builder = makeBuilder(train)
    (builder.subsample, builder.seed) = (20, .max)
    let written = try builder.build(Toy(), to: scratch["d"], control: .workers(1))
    let read = try #require(try Dataset(scratch["d"]).manifest)
    #expect(read == written)
    #expect(read.task == Toy.id && read.settings["size"] == 6)
    #expect(read.origin["subsample"] == 20 && read.origin["seed"]?.unsigned == .max)
    #expect(read.origin["files"]?[0]?["name"] == "train.csv")
    #expect(read.origin["files"]?[0]?["sha256"]?.string?.count == 64)
    let split = try Dataset(scratch["d"]).split("train")
    #expect(try read.split("train")?.contentHash == split.contentHash())
  }
}
