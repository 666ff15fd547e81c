import Foundation
import Gym
import GymDatasets
import GymJSON
import GymTestSupport
import Synchronization
import Testing

@Suite struct DatasetGeneratorTests {
  private func makeGenerator(
    _ counts: [String: Int] = ["train": 200, "test": 50]
  ) -> DatasetGenerator {
    var generator = DatasetGenerator(counts: counts, seed: 7)
    generator.augmentations = 2
    return generator
  }

  @Test("Generated datasets have the same bytes with any number of workers")
  func bytesDoNotDependOnWorkers() throws {
    let scratch = try TemporaryFolder()
    let task = try Toy()
    var all: [[String: Data]] = []
    for workers in [1, 2, 5] {
      let url = scratch["d\(workers)"]
      let manifest = try makeGenerator().generate(task, to: url, control: .workers(workers))
      #expect(manifest.split("train")?.examples == 600)
      #expect(manifest.split("train")?.groups == 200)
      #expect(manifest.split("test")?.examples == 50)
      all.append(try contents(of: url))
    }
    #expect(all[0] == all[1] && all[0] == all[2])
    #expect(try scratch.names == ["d1", "d2", "d5"])
  }

  @Test("Item i depends on task, settings, seed, split and i alone")
  func itemsArePureFunctions() throws {
    let scratch = try TemporaryFolder()
    let task = try Toy()
    _ = try makeGenerator().generate(task, to: scratch["d"], control: .workers(2))
    let test = try Dataset(scratch["d"]).split("test")
    let items = try ItemGenerator(task, seed: 7, split: "test")
    for index in stride(from: 49, to: 0, by: -7) {
      #expect(try items.item(index) == Puzzle(test.example(index)))
    }
    let others = [
      try ItemGenerator(task, seed: 8, split: "test"),
      try ItemGenerator(task, seed: 7, split: "train"),
      try ItemGenerator(Toy(size: 6, blanks: 2), seed: 7, split: "test"),
    ]
    for other in others {
      #expect(try (0..<20).contains { try other.item($0) != Puzzle(test.example($0)) })
    }
  }

  @Test("Merged shards equal the dataset generated at once", arguments: [2, 3, 7])
  func shardsMergeToTheWhole(shards: Int) throws {
    let scratch = try TemporaryFolder()
    let task = try Toy()
    _ = try makeGenerator().generate(task, to: scratch["whole"], control: .workers(2))
    for number in 1...shards {
      var generator = makeGenerator()
      generator.shard = Shard("\(number)/\(shards)")
      _ = try generator.generate(task, to: scratch["part\(number)"], control: .workers(1))
    }
    let parts = try (1...shards).reversed().map { try Dataset(scratch["part\($0)"]) }
    _ = try DatasetMerger(parts).merge(to: scratch["merged"], control: .workers(1))
    #expect(try contents(of: scratch["merged"]) == contents(of: scratch["whole"]))

    let doubled = failure { _ = try DatasetMerger([parts[0], parts[0]]) }
    #expect(doubled.contains("named twice"))
    let missing = failure { _ = try DatasetMerger(Array(parts.dropFirst())) }
    #expect(missing.contains("expected each of 1...\(shards) once"), "\(missing)")
  }

  @Test("Ranks write the dataset that one process writes", arguments: [2, 5])
  func ranksWriteTheWhole(count: Int) throws {
    let scratch = try TemporaryFolder()
    let (url, generator) = (scratch["ranks"], makeGenerator())
    _ = try generator.generate(Toy(), to: scratch["whole"], control: .workers(2))
    let manifests = try Ranks.threads(count) { ranks in
      try generator.generate(Toy(), to: url, control: .workers(1), ranks: ranks)
    }
    #expect(try contents(of: url) == contents(of: scratch["whole"]))
    #expect(try manifests[0] == Dataset(url).manifest)
    #expect(!FileSystem.isOccupied(DatasetGenerator.shards(url)))
    let again = failure {
      _ = try Ranks.threads(1) { ranks in
        try generator.generate(Toy(), to: url, control: .workers(1), ranks: ranks)
      }
    }
    #expect(again.contains("it exists already"), "\(again)")
  }

  @Test("A split that was begun after the last record does not stop a resumed generation")
  func unrecordedSplitsAreBegunAnew() throws {
    let scratch = try TemporaryFolder()
    let task = try Toy()
    var generator = makeGenerator(["test": 200])
    _ = try generator.generate(task, to: scratch["whole"], control: .workers(1))
    generator.recordInterval = 0
    let stop = StopRequest()
    let control = WorkControl(
      workers: 1, stop: stop, report: { if $0.puzzles >= 64 { stop.request() } })
    #expect(throws: CancellationError.self) {
      try generator.generate(task, to: scratch["d"], control: control)
    }
    let begun = scratch["d.partial/train"]
    try FileManager.default.createDirectory(at: begun, withIntermediateDirectories: false)
    try Data("x".utf8).write(to: begun.appendingPathComponent("all__inputs.npy"))
    _ = try generator.generate(task, to: scratch["d"], resumes: true, control: .workers(1))
    #expect(try contents(of: scratch["d"]) == contents(of: scratch["whole"]))
  }

  @Test("An interrupted generation resumes to the same bytes")
  func interruptedGenerationGoesOn() throws {
    let scratch = try TemporaryFolder()
    let task = try Toy()
    _ = try makeGenerator().generate(task, to: scratch["whole"], control: .workers(2))

    let stopAt = Mutex(64)
    for _ in 0..<3 {
      let stop = StopRequest()
      var generator = makeGenerator()
      generator.recordInterval = 0.02
      let control = WorkControl(
        workers: 2, stop: stop,
        report: { if $0.puzzles >= stopAt.withLock({ $0 }) { stop.request() } })
      let resumes = FileManager.default.fileExists(atPath: scratch["d.partial"].path)
      #expect(throws: CancellationError.self) {
        try generator.generate(task, to: scratch["d"], resumes: resumes, control: control)
      }
      stopAt.withLock { $0 += 64 }
    }
    #expect(try scratch.names == ["d.partial", "whole"])
    let again = failure {
      _ = try makeGenerator().generate(task, to: scratch["d"], control: .workers(2))
    }
    #expect(again.contains("--resume"), "\(again)")
    var other = makeGenerator()
    other.seed = 8
    let wrong = failure {
      _ = try other.generate(task, to: scratch["d"], resumes: true, control: .workers(2))
    }
    #expect(wrong.contains("begun with"), "\(wrong)")

    _ = try makeGenerator().generate(task, to: scratch["d"], resumes: true, control: .workers(2))
    #expect(try contents(of: scratch["d"]) == contents(of: scratch["whole"]))
    #expect(try scratch.names == ["d", "whole"])
  }

  @Test("A generation is continued only with the task and the settings that it was begun with")
  func onlyTheSameTaskGoesOn() throws {
    let scratch = try TemporaryFolder()
    let stop = StopRequest()
    let control = WorkControl(
      workers: 1, stop: stop, report: { if $0.puzzles >= 100 { stop.request() } })
    _ = failure { _ = try makeGenerator().generate(Toy(), to: scratch["d"], control: control) }
    for (size, blanks) in [(6, 2), (5, 1)] {
      let wrong = failure {
        _ = try makeGenerator().generate(
          Toy(size: size, blanks: blanks), to: scratch["d"], resumes: true, control: .workers(1))
      }
      #expect(wrong.contains("begun with the task"), "\(wrong)")
    }
    // A record of before does not say which task it was.
    let url = scratch["d.partial/progress.json"]
    var members = try #require(JSON(contentsOf: url).object)
    members["subject"] = nil
    try JSON.object(members).write(to: url)
    _ = try makeGenerator().generate(Toy(), to: scratch["d"], resumes: true, control: .workers(1))
    _ = try makeGenerator().generate(Toy(), to: scratch["whole"], control: .workers(1))
    #expect(try contents(of: scratch["d"]) == contents(of: scratch["whole"]))
  }

  @Test("The progress record survives a kill")
  func recordsSurviveAKill() throws {
    let scratch = try TemporaryFolder()
    let task = try Toy()
    _ = try makeGenerator().generate(task, to: scratch["whole"], control: .workers(2))
    // A killed process leaves a record that is older than its files.
    let stop = StopRequest()
    let control = WorkControl(
      workers: 1, stop: stop, report: { if $0.puzzles >= 100 { stop.request() } })
    _ = failure { _ = try makeGenerator().generate(task, to: scratch["d"], control: control) }
    for (path, bytes) in try contents(of: scratch["d.partial"]) where path.hasSuffix(".npy") {
      let file = scratch["d.partial"].appendingPathComponent(path)
      try (bytes + Data(repeating: 9, count: 1000)).write(to: file)
    }
    _ = try makeGenerator().generate(task, to: scratch["d"], resumes: true, control: .workers(2))
    #expect(try contents(of: scratch["d"]) == contents(of: scratch["whole"]))
  }

  @Test("An unfinished dataset that is being written is neither continued nor dropped by another")
  func onlyOneWritesAtATime() throws {
    let scratch = try TemporaryFolder()
    _ = try makeGenerator().generate(Toy(), to: scratch["whole"], control: .workers(1))
    let refusals = Mutex<[String]>([])
    let control = WorkControl(
      workers: 1,
      report: { _ in
        guard refusals.withLock({ $0.isEmpty }) else { return }
        let found = [(true, false), (false, true), (false, false)].map { resumes, replaces in
          failure {
            _ = try makeGenerator().generate(
              Toy(), to: scratch["d"], replaces: replaces, resumes: resumes, control: .workers(1))
          }
        }
        refusals.withLock { $0 = found }
      })
    _ = try makeGenerator().generate(Toy(), to: scratch["d"], control: control)
    let found = refusals.withLock { $0 }
    #expect(found.count == 3)
    #expect(found.allSatisfy { $0.contains("another process is writing this dataset") }, "\(found)")
    #expect(try contents(of: scratch["d"]) == contents(of: scratch["whole"]))
    #expect(try scratch.names == ["d", "whole"])
    let inside = try FileManager.default.contentsOfDirectory(atPath: scratch["d"].path)
    #expect(!inside.contains(".lock"))
  }

  @Test("A dataset whose last step failed, when all arrays were finished, can be continued")
  func theLastStepMayFail() throws {
    let scratch = try TemporaryFolder()
    let task = try Toy()
    _ = try makeGenerator().generate(task, to: scratch["whole"], control: .workers(1))
    let url = scratch["d"]
    // Something else takes the dataset's place meanwhile, so that it cannot be put there.
    let file = url.appendingPathComponent("file")
    let control = WorkControl(
      workers: 1,
      report: { _ in
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try? Data("x".utf8).write(to: file)
      })
    let failed = failure { _ = try makeGenerator().generate(task, to: url, control: control) }
    #expect(failed.contains("exists already"), "\(failed)")
    try FileManager.default.removeItem(at: url)
    _ = try makeGenerator().generate(task, to: url, resumes: true, control: .workers(1))
    #expect(try contents(of: url) == contents(of: scratch["whole"]))
    #expect(try scratch.names == ["d", "whole"])
  }

  @Test("Disjoint splits share no equivalence class")
  func disjointSplitsShareNoClass() throws {
    let scratch = try TemporaryFolder()
    // Nine classes: one for each number of blanks.
    let task = try Toy(size: 9, blanks: 9)
    var first = DatasetGenerator(counts: ["train": 100], seed: 1)
    first.isDisjoint = true
    _ = try first.generate(task, to: scratch["a"], control: .workers(2))
    for (split, seed) in [("test", 1), ("validation", 2)] as [(String, UInt64)] {
      var second = DatasetGenerator(counts: [split: 20], seed: seed)
      second.isDisjoint = true
      do {
        _ = try second.generate(task, to: scratch[split], control: .workers(2))
      } catch let error as GymError {
        // With nine classes a share may be empty, which must be an error, not an endless search.
        #expect(error.what.contains("belongs to the split"))
        continue
      }
      let report = try DatasetCheck(
        [Dataset(scratch["a"]), Dataset(scratch[split])], task: task
      ).run(.workers(2))
      #expect(!report.hasLeak)
    }
    var third = DatasetGenerator(counts: ["extra": 3], seed: 1)
    third.isDisjoint = true
    let wrong = failure { _ = try third.generate(task, to: scratch["c"], control: .workers(1)) }
    #expect(wrong.contains("expected train, validation or test"), "\(wrong)")
  }

  @Test("An existing folder is not overwritten")
  func nothingIsOverwritten() throws {
    let scratch = try TemporaryFolder()
    let task = try Toy()
    let url = scratch["d"]
    _ = try makeGenerator().generate(task, to: url, control: .workers(1))
    let before = try contents(of: url)
    let refused = failure {
      _ = try makeGenerator(["train": 3]).generate(task, to: url, control: .workers(1))
    }
    #expect(refused.contains("--force"), "\(refused)")
    #expect(try contents(of: url) == before)
    _ = try makeGenerator(["train": 3]).generate(
      task, to: url, replaces: true, control: .workers(1))
    #expect(try Dataset(url).splits.map(\.count) == [9])

    let other = scratch["mine"]
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    _ = try scratch.file("mine/letter.txt", "dear")
    let kept = failure {
      _ = try makeGenerator(["train": 3]).generate(
        task, to: other, replaces: true, control: .workers(1))
    }
    #expect(kept.contains("not a dataset"), "\(kept)")
    #expect(try scratch.names == ["d", "mine"])
  }
}
