import Foundation
import GymJSON
import GymTestSupport
import Testing

@Suite struct DatasetTests {
  private let program: Program

  init() throws {
    program = try Program()
  }

  /// The lines of a file in the program's folder.
  private func lines(_ name: String) throws -> [Substring] {
    try String(contentsOf: program.url(name), encoding: .utf8).split(separator: "\n")
  }

  /// The bytes of a dataset's arrays.
  private func arrays(_ folder: String) throws -> [String: Data] {
    let paths = try #require(FileManager.default.subpaths(atPath: program.url(folder).path))
    return try Dictionary(
      uniqueKeysWithValues: paths.filter { $0.hasSuffix(".npy") }.map {
        ($0, try Data(contentsOf: program.url(folder).appendingPathComponent($0)))
      })
  }

  @Test(
    "`dataset check` finds every planted copy", arguments: ["sudoku-extreme", "maze-hard", "arc"])
  func everyPlantedCopyIsFound(task: String) throws {
    try program.succeed("dataset generate \(task) --count 100 --augment 1 --seed 3 --out data")
    try program.succeed("dataset convert data --to jsonl --out all.jsonl")
    // A task's variants have their own names, or each follows its original.
    let rows = try lines("all.jsonl").enumerated().filter { index, row in
      task == "arc" ? row.contains("_t") : index % 2 == 1
    }
    try Data(rows.map { $0.element + "\n" }.joined().utf8).write(to: program.url("copies.jsonl"))
    try program.succeed("dataset build \(task) --test copies.jsonl --out copies")
    let result = try program.run("dataset check data copies --json")
    #expect(result.code == 1)
    let report = try JSON(parsing: result.output)
    let splits = report["splits"]?.array ?? []
    let last = splits.count - 1
    #expect(splits[last]["split"] == "test" && splits[last]["groups"] == 100)
    let overlap = report["overlaps"]?.array?.first {
      $0["first"] == 0 && $0["second"]?.integer == last
    }
    #expect(overlap?["classes"] == 100)
    try program.succeed("dataset check data copies --allow")
  }

  @Test("Training on test puzzles is refused")
  func trainingOnWhatIsAskedIsRefused() throws {
    try program.succeed(
      "dataset generate sudoku-extreme --set size=6 --count 9 --augment 1 --seed 1 --out data")
    try program.succeed("dataset convert data --to csv --out all.csv")
    let rows = try lines("all.csv")
    let (header, puzzles) = (rows[0], rows.dropFirst().enumerated())
    for (name, parity) in [("train", 0), ("test", 1)] {
      let text = [header] + puzzles.filter { $0.offset % 2 == parity }.map(\.element)
      try Data(text.joined(separator: "\n").utf8).write(to: program.url("\(name).csv"))
    }
    try program.succeed(
      "dataset build sudoku-extreme --set size=6 --train train.csv --test test.csv --out leaky")
    let train = "train hrm --data leaky --steps 1 --out run \(Program.tiny)"
    let refused = try program.run(train)
    #expect(refused.code == 1 && refused.errors.contains("--allow-leakage"))
    #expect(refused.errors.contains("9 examples of the split test"))
    #expect(!FileManager.default.fileExists(atPath: program.url("run").path))
    try program.succeed(train + " --allow-leakage")
    try program.succeed("train hrm --out run --resume --steps 2")
  }

  @Test(
    "ARC tasks keep their content through every format", arguments: ["arc-json", "csv", "jsonl"])
  func tasksOfARCGoThroughEveryForm(form: String) throws {
    try program.succeed(
      "dataset generate arc --count train=6,test=4 --augment 1 --seed 2 --out data")
    let end = form == "arc-json" ? "" : ".\(form)"
    for split in ["train", "test"] {
      try program.succeed(
        "dataset convert data --split \(split) --originals --to \(form) --out \(split)\(end)")
    }
    try program.succeed("dataset build arc --train train\(end) --test test\(end) --out once")
    for split in ["train", "test"] {
      try program.succeed(
        "dataset convert \(split)\(end) --task arc --to arc-json --out again-\(split)")
    }
    try program.succeed("dataset build arc --train again-train --test again-test --out twice")
    let report = try JSON(
      parsing: program.run("dataset check data once --json --allow").output)
    #expect(report["faulty"] == false)
    let overlaps = report["overlaps"]?.array ?? []
    for (first, second) in [(0, 2), (1, 3)] {
      let shared = overlaps.first {
        $0["first"]?.integer == first && $0["second"]?.integer == second
      }
      #expect((shared?["classes"]?.integer ?? 0) >= 4)
    }
    let counts = report["splits"]?.array?.map { $0["groups"]?.integer ?? 0 }
    #expect(counts == [10, 4, 10, 4])
    if form == "arc-json" {
      // The files' order is that of their names both times.
      let once = try arrays("once")
      #expect(!once.isEmpty)
      #expect(try once == arrays("twice"))
    }
  }

  @Test("Options of `dataset convert` that would do nothing are refused")
  func optionsWithoutUseAreRefused() throws {
    try program.makeData()
    try program.succeed("dataset convert data --to csv --out data.csv")
    let file = "data.csv --task sudoku-extreme --to jsonl"
    for (line, option) in [
      ("data --to folder --split test", "--split"), ("data --to folder --originals", "--originals"),
      ("data --to hub --split test", "--split"), ("data --to csv --license x", "--license"),
      ("data --to csv --columns question=q", "--columns"), ("\(file) --license x", "--license"),
      ("\(file) --split test", "--split"), ("\(file) --originals", "--originals"),
    ] {
      let refused = try program.run("dataset convert \(line) --out o")
      #expect(refused.code == 64 && refused.errors.contains("\(option) "), "\(refused.errors)")
    }
    let set = try program.run("dataset convert data --to csv --out o --set size=4")
    #expect(set.code == 64 && set.errors.contains("--set is for files"), "\(set.errors)")
  }

  @Test("Few classes in a disjoint test split are noted")
  func fewClassesAreNoted() throws {
    let made = try program.succeed(
      "dataset generate sudoku-extreme --set size=4 --count train=10,test=20 --disjoint --seed 1 "
        + "--out d")
    #expect(made.errors.contains("Note: test: 20 puzzles are of 1 class"), "\(made.errors)")
  }

  @Test("Shards of named puzzles merge to the whole")
  func shardsOfNamedPuzzlesMergeToTheWhole() throws {
    let command = "dataset generate arc --count train=7,test=5 --augment 2 --seed 4"
    try program.succeed("\(command) --workers 1 --out whole")
    for shard in 1...3 {
      try program.succeed("\(command) --workers 2 --shard \(shard)/3 --out part-\(shard)")
    }
    try program.succeed("dataset merge part-3 part-1 part-2 --out merged")
    #expect(try program.shell("diff -r whole merged").code == 0)
  }

  @Test(
    "ARC datasets agree with those of the released builder",
    .enabled(if: SharedData.has("hrm-format")), arguments: [0, 3])
  func whatTheReleasedBuilderMakesOfARC(augment: Int) throws {
    let released = try #require(SharedData.url("hrm-format"))
    let source = released.appendingPathComponent("arc-source").path
    try program.succeed(
      "dataset build arc --train \(source)/training --test \(source)/evaluation "
        + "--augment \(augment) --out arc")
    let ours = try ReleasedLayout(program.url("arc"))
    let theirs = try ReleasedLayout(released.appendingPathComponent("arc"))
    let originals = Set(theirs.names.dropFirst().filter { !$0.contains("_t") })
    #expect(Set(ours.names.dropFirst().filter { !$0.contains("_t") }) == originals)
    #expect(ours.names.count == 1 + originals.count * (1 + augment))
    for split in ["train", "test"] {
      let (made, expected) = (try ours.split(split), try theirs.split(split))
      #expect(made.groups == expected.groups.map { _ in 1 + augment })
      for name in originals {
        guard let wanted = expected.puzzles[name] else {
          #expect(made.puzzles[name] == nil)
          continue
        }
        let found = try #require(made.puzzles[name])
        #expect(found.count == wanted.count)
        if split == "test" { #expect(found == wanted, "\(name)") }
        for (found, wanted) in zip(found, wanted) {
          #expect(found.map(\.cropped) == wanted.map(\.cropped), "\(name)")
        }
      }
      // Each variant has the examples of its original, under a name that begins with the other's.
      for (name, examples) in made.puzzles {
        let original = String(name.split(separator: "_")[0])
        #expect(made.puzzles[original]?.count == examples.count)
      }
    }
  }
}

/// A dataset folder of ARC as the released code reads it: only its own files.
private struct ReleasedLayout {
  let url: URL
  let names: [String]

  init(_ url: URL) throws {
    self.url = url
    let file = url.appendingPathComponent("identifiers.json")
    names = try JSONDecoder().decode([String].self, from: Data(contentsOf: file))
  }

  /// The puzzles' examples, each a question and an answer, by name; and the groups' sizes.
  func split(_ name: String) throws -> (puzzles: [String: [[ArraySlice<UInt8>]]], groups: [Int]) {
    func bytes(_ array: String) throws -> [UInt8] {
      let file = url.appendingPathComponent("\(name)/all__\(array).npy")
      let data = [UInt8](try Data(contentsOf: file))
      return Array(data[(10 + Int(data[8]) + 256 * Int(data[9]))...])
    }
    func integers(_ array: String) throws -> [Int] {
      let all = try bytes(array)
      return stride(from: 0, to: all.count, by: 4).map {
        all[$0..<$0 + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
      }
    }
    let (inputs, labels) = (try bytes("inputs"), try bytes("labels"))
    let ends = try integers("puzzle_indices")
    var puzzles: [String: [[ArraySlice<UInt8>]]] = [:]
    for (puzzle, identifier) in try integers("puzzle_identifiers").enumerated() {
      puzzles[names[identifier]] = (ends[puzzle]..<ends[puzzle + 1]).map {
        [inputs[$0 * 900..<$0 * 900 + 900], labels[$0 * 900..<$0 * 900 + 900]]
      }
    }
    let groups = try integers("group_indices")
    return (puzzles, zip(groups, groups.dropFirst()).map { $1 - $0 })
  }
}

extension ArraySlice<UInt8> {
  /// The rows of colors of the grid on a canvas of 30×30, wherever it stands.
  fileprivate var cropped: [[UInt8]] {
    guard let first = firstIndex(where: { $0 != 0 }) else { return [] }
    let column = (first - startIndex) % 30
    let width = self[first...].prefix(30 - column).prefix { $0 >= 2 }.count
    return stride(from: first, to: endIndex, by: 30).prefix { self[$0] >= 2 }.map {
      Array(self[$0..<$0 + width])
    }
  }
}
