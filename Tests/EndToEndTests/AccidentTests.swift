import Foundation
import GymJSON
import Testing

/// Accidents of users: they lose nothing, and never take effect silently.
@Suite struct AccidentTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.makeData()
  }

  private func start(_ line: [String]) throws -> Program.Result {
    try Program.Running(line, in: program.folder).result()
  }

  private func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path))
      .filter { !$0.hasPrefix(".out-") && !$0.hasPrefix(".err-") }
  }

  @Test(
    "An empty path is refused",
    arguments: [
      ["train", "hrm", "--data", "data", "--steps", "1", "--preset", "tiny", "--out", ""],
      ["train", "hrm", "--data", "data", "--steps", "1", "--preset", "tiny", "--out="],
      ["train", "hrm", "--data", "", "--steps", "1", "--out", "run"],
      ["dataset", "generate", "sudoku-extreme", "--count", "3", "--seed", "1", "--out", ""],
      ["dataset", "convert", "data", "--to", "csv", "--out", ""],
      ["evaluate", "solver", "--data", ""],
      ["evaluate", "solver", "--data", "data", "--predictions="],
      ["compare", "solver", "--data", "data", "--steps", "1", "--out", ""], ["demo", "--out", ""],
      ["leaderboard", "page", "", "--out", "site"], ["leaderboard", "list", ""],
    ])
  func anEmptyPathIsRefused(line: [String]) throws {
    let before = try names()
    let result = try start(line)
    #expect(result.code == 64 && result.errors.contains("empty"), "\(result.errors)")
    #expect(try names() == before)
  }

  @Test(
    "A dash as a name for what is written is refused, and no file called - is made",
    arguments: [
      "dataset convert data --split test --to csv --out -", "dataset convert data --to hub --out=-",
      "evaluate solver --data data --predictions -", "evaluate solver --data data --submission=-",
      "leaderboard key --out -", "train most-frequent --data data --steps 1 --out -",
      "compare solver --data data --steps 1 --out -", "demo --out -",
    ])
  func aDashIsRefused(line: String) throws {
    let before = try names()
    let result = try program.run(line)
    #expect(result.code == 64 && result.errors.contains("standard output"), "\(result.errors)")
    #expect(try names() == before)
  }

  @Test("An empty title is kept as a title")
  func anEmptyTitleIsOne() throws {
    try program.succeed("leaderboard create board.db --data data")
    // The page of a single benchmark is named after the benchmark.
    try program.succeed("dataset generate lights-out --count test=4 --seed 1 --out lights")
    try program.succeed("leaderboard create board.db --data lights")
    let result = try start(["leaderboard", "page", "board.db", "--out", "site", "--title", ""])
    #expect(result.code == 0, "\(result.errors)")
    let page = try String(contentsOf: program.url("site/index.html"), encoding: .utf8)
    #expect(page.contains("<title></title>"))
  }

  @Test(
    "Training refuses arrays that changed after the dataset was made",
    arguments: ["train", "test"], ["inputs", "labels"])
  func changedArraysAreRefused(split: String, array: String) throws {
    let file = program.url("data/\(split)/all__\(array).npy")
    var bytes = try Data(contentsOf: file)
    // One token of the last row becomes another valid token.
    bytes[bytes.count - 1] = bytes[bytes.count - 1] == 3 ? 2 : 3
    try bytes.write(to: file)
    let lines =
      split == "train"
      ? [
        "train hrm --data data --steps 1 --out run --allow-leakage \(Program.tiny)",
        "compare hrm --data data --steps 1 --out compared --allow-leakage --preset tiny",
      ]
      : [
        "evaluate solver --data data", "scale solver --data data --segments 1",
        "compare solver --data data --steps 1 --out compared",
      ]
    for line in lines {
      let result = try program.run(line)
      #expect(result.code == 1 && result.output.isEmpty, "\(line): \(result.errors)")
      #expect(result.errors.contains("data/\(split)") && result.errors.contains("manifest.json"))
    }
    #expect(try !names().contains("run"))
  }

  @Test("A run resumes only with the arrays that it began with")
  func aRunGoesOnOnlyWithTheArraysOfItsManifest() throws {
    try program.succeed("train hrm --data data --steps 2 --out run \(Program.tiny)")
    let file = program.url("data/train/all__labels.npy")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count - 1] = bytes[bytes.count - 1] == 3 ? 2 : 3
    try bytes.write(to: file)
    let result = try program.run("train hrm --out run --resume --steps 4")
    #expect(result.code == 1 && result.errors.contains("manifest.json"), "\(result.errors)")
  }

  @Test("A misspelt split is rejected with the existing ones")
  func misspeltSplitsAreRefused() throws {
    let generate = "dataset generate sudoku-extreme --set size=4 --seed 1 --out new"
    for line in [
      "\(generate) --count train=5,tset=20", "\(generate) --count 5 --split tets",
    ] {
      let result = try program.run(line)
      #expect(result.code == 64, "\(result.errors)")
      #expect(result.errors.contains("Did you mean \"test\"?"), "\(result.errors)")
    }
    let result = try program.run("evaluate solver --data data --split tset")
    #expect(result.code == 1 && result.errors.contains("Did you mean \"test\"?"))
    #expect(try !names().contains("new"))
  }

  @Test("The error for an unknown task names the option")
  func anUnknownTaskNamesTheOption() throws {
    let named = try program.run("evaluate solver --data data --task sudoku-extrem")
    #expect(named.code == 1 && named.errors.contains("--task"), "\(named.errors)")
    #expect(named.errors.contains("Did you mean \"sudoku-extreme\"?"))
    // A dataset of a user's own task.
    let file = program.url("data/manifest.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacingOccurrences(of: "sudoku-extreme@1", with: "rubik@1")
      .write(to: file, atomically: true, encoding: .utf8)
    for line in [
      "evaluate solver --data data", "train hrm --data data --steps 1 --out run",
      "dataset show data --index 0", "compare solver --data data --steps 1 --out compared",
    ] {
      let result = try program.run(line)
      #expect(result.code == 1 && result.errors.contains("--task \"exec:"), "\(result.errors)")
      #expect(result.errors.contains("manifest.json"))
    }
  }

  @Test("A task without a solver is an error for `solver`")
  func aSolverThatKnowsNoWayIsAnError() throws {
    let tasks = program.url("tasks")
    try FileManager.default.createDirectory(at: tasks, withIntermediateDirectories: true)
    try Data(
      #"{"train":[{"input":[[1]],"output":[[2]]}],"test":[{"input":[[3]],"output":[[4]]}]}"#.utf8
    ).write(to: tasks.appendingPathComponent("one.json"))
    try program.succeed("dataset build arc --test tasks --out arc")
    for line in [
      "evaluate solver --data arc", "evaluate solver --data arc --json",
      "scale solver --data arc --segments 1", "compare solver --data arc --steps 1 --out compared",
    ] {
      let result = try program.run(line)
      #expect(result.code == 1 && result.errors.contains("has no solver"), "\(result.errors)")
      #expect(!result.output.contains(" %") && !result.output.contains("accuracy"))
    }
  }

  @Test("The demo does not replace results of a longer run")
  func aDemoReplacesNothingThatTookLonger() throws {
    let folder = program.url("demo/comparison")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let plan = folder.appendingPathComponent("compare.json")
    for budget in [#"{"flops":1e16}"#, #"{"minutes":600}"#] {
      try Data("{\"budget\":\(budget)}".utf8).write(to: plan)
      let result = try program.run("demo --flops 1000")
      #expect(result.code == 1 && result.errors.contains("--force"), "\(result.errors)")
      #expect(FileManager.default.fileExists(atPath: plan.path))
    }
    #expect(try !names().contains("data.partial"))
    try FileManager.default.removeItem(at: folder)
    // A board to which entries were added.
    try program.succeed("leaderboard create demo/board.db --data data")
    for number in 1...5 {
      let answers = program.url("answers-\(number).jsonl")
      try Data("{\"id\":\"test/0\",\"answer\":null}\n".utf8).write(to: answers)
      try program.succeed(
        "leaderboard submit demo/board.db answers-\(number).jsonl --agent agent-\(number)")
    }
    let result = try program.run("demo --flops 1000")
    #expect(result.code == 1 && result.errors.contains("5 entries"), "\(result.errors)")
  }
}
