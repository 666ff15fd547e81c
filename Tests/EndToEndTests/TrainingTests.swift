import Foundation
import GymJSON
import Testing

@Suite(.serialized) struct TrainingTests {
  private let program: Program
  private let train =
    "train hrm --data data --steps 160 --checkpoint-steps 7 --workers 1 "
    + Program.tiny

  init() throws {
    program = try Program()
    try program.makeData()
  }

  @Test(
    "A run that is killed and resumed ends with the weights of an uninterrupted one",
    arguments: [1, 3, 6])
  func aKilledRunEndsWithTheWeightsOfAnUninterruptedOne(checkpoints: Int) throws {
    try program.succeed("\(train) --out whole")
    let running = try program.start("\(train) --out killed")
    try Program.wait {
      let step = program.checkpoints(of: "killed").last.flatMap { Int($0.dropFirst(5)) } ?? 0
      return step >= 7 * checkpoints || !running.isRunning
    }
    running.send(SIGKILL)
    let killed = try running.result()
    #expect(killed.code == -SIGKILL, "the run was over before it could be killed")
    try program.succeed("train hrm --out killed --resume")
    #expect(program.checkpoints(of: "killed").last == "step-00000160")
    let whole = try agentHashes(of: "whole")
    #expect(try agentHashes(of: "killed") == whole)
    #expect(whole.count > 0)
    #expect(try losses(of: "killed") == losses(of: "whole"))
  }

  @Test("A killed run with every lever on ends with the weights of one that was not")
  func everyLeverResumes() throws {
    let line =
      "train hrm --data data --flops 1e9 --checkpoint-steps 7 --workers 2 " + Program.tiny
      + " --set optimizer=muon matrix-learning-rate=0.02..0 learning-rate=0.001~0 clip=1"
      + " positions=rows-columns-regions position-injection=every prefix-rows=3 puzzle-width=0"
      + " gating=normed label-smoothing=0.05 loss-cells=blanks fresh-symmetry=true"
      + " reveal=0.5,0.2@0.3 halting=exactness halting-weight=0,0.05@0.25"
      + " max-segments=1,4@0.25 high-cycles=1,2@0.3 low-cycles=1,2@0.6 gradient=last-cycle"
      + " weight-average=0.99"
    try program.succeed("\(line) --out whole")
    let running = try program.start("\(line) --out killed")
    try Program.wait { program.checkpoints(of: "killed").count >= 2 || !running.isRunning }
    running.send(SIGKILL)
    #expect(try running.result().code == -SIGKILL, "the run was over before it could be killed")
    try program.succeed("train hrm --out killed --resume")
    let whole = try agentHashes(of: "whole")
    #expect(try agentHashes(of: "killed") == whole && !whole.isEmpty)
    #expect(try losses(of: "killed") == losses(of: "whole"))
  }

  @Test("A finished run continues under other settings, and keeps what was before")
  func otherSettingsOnResuming() throws {
    let short = "train hrm --data data --steps 10 --workers 1 " + Program.tiny
    try program.succeed("\(short) --out run")
    try program.succeed(
      "train hrm --out run --resume --steps 20 --set learning-rate=0.0003..0 max-segments=4")
    #expect(program.checkpoints(of: "run").last == "step-00000020")
    let configuration = try JSON(contentsOf: program.url("run/config.json"))
    #expect(configuration["settings"]?["learning-rate"] == "0.0003..0")
    #expect(configuration["budget"]?["steps"] == 20)
    let earlier = try #require(configuration["earlier"]?.array)
    #expect(earlier.count == 1)
    #expect(earlier.first?["steps"] == 10)
    #expect(earlier.first?["budget"]?["steps"] == 10)
    #expect(earlier.first?["settings"]?["learning-rate"] != "0.0003..0")
    // Continuing once more without changes adds nothing, and says where the weights are.
    let finished = try JSON(
      parsing: program.succeed("train hrm --out run --resume --json").output)
    #expect(finished["checkpoint"]?.string?.hasSuffix("run/checkpoints/step-00000020") == true)
    #expect(try JSON(contentsOf: program.url("run/config.json"))["earlier"]?.array?.count == 1)
    // Weights and slots of other shapes are refused, and nothing is lost.
    for setting in ["hidden=32", "batch=3", "no-such-setting=1"] {
      let refused = try program.run("train hrm --out run --resume --steps 30 --set \(setting)")
      #expect(refused.code != 0 && refused.errors.contains("rror"), "\(setting): \(refused.errors)")
    }
    #expect(program.checkpoints(of: "run").last == "step-00000020")
    try program.succeed("train hrm --out run --resume --steps 21")
  }

  @Test("Ctrl-C saves a checkpoint, and --resume continues")
  func ctrlCSavesAndTheRunGoesOn() throws {
    try program.succeed("\(train) --out whole")
    let running = try program.start("\(train) --out stopped")
    try Program.wait { !program.checkpoints(of: "stopped").isEmpty || !running.isRunning }
    running.send(SIGINT)
    let stopped = try running.result()
    #expect(stopped.code == 130, "\(stopped.errors)")
    #expect(stopped.output.contains("Interrupted") && stopped.output.contains("--resume"))
    // In a file, no progress line is redrawn.
    #expect(!stopped.errors.contains("\u{1B}") && !stopped.errors.contains("\r"))
    try program.succeed("train hrm --out stopped --resume")
    #expect(try agentHashes(of: "stopped") == agentHashes(of: "whole"))
  }

  @Test("A run is evaluated and solves single puzzles")
  func aRunIsEvaluatedAndSolvesPuzzles() throws {
    try program.succeed("\(train) --out run")
    let line = "evaluate run --data data --json --predictions answers.jsonl"
    let score = try JSON(parsing: program.succeed(line).output)
    #expect(score["score"]?["exact"]?["count"] == 8)
    #expect(score["step"] == 160)
    let answers = try String(contentsOf: program.url("answers.jsonl"), encoding: .utf8)
    #expect(answers.split(separator: "\n").count == 8)
    #expect(try program.succeed("evaluate run --data data --limit 4").output.contains("95 %"))

    try Data("1.343.1221434321\n".utf8).write(to: program.url("puzzle.txt"))
    for argument in ["1.343.1221434321", "puzzle.txt"] {
      let film = try program.run("solve run \(argument) --segments 4")
      #expect(film.output.contains("the puzzle"))
      #expect(film.output.contains("┃ 1 "))
      #expect(film.output.contains(film.code == 0 ? "Solved" : "Not solved"))
    }
    let film = try JSON(
      parsing: program.run("solve run 1.343.1221434321 --segments 4 --json").output)
    #expect(film["thoughts"]?.array?.count == 4)
  }

  @Test("A damaged checkpoint is reported, and the previous one is used")
  func aDamagedCheckpointIsReportedAndTheOneBeforeUsed() throws {
    try program.succeed("\(train) --out run")
    let hashes = try agentHashes(of: "run")
    let folder = program.url("run/checkpoints/step-00000160/agent")
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().first)
    let handle = try FileHandle(forWritingTo: folder.appendingPathComponent(name))
    try handle.truncate(atOffset: 100)
    try handle.close()
    let evaluated = try program.succeed("evaluate run --data data --json")
    #expect(evaluated.errors.contains("damaged"))
    #expect(try JSON(parsing: evaluated.output)["step"] == 154)
    let resumed = try program.succeed("train hrm --out run --resume")
    #expect(resumed.errors.contains("damaged"))
    #expect(try agentHashes(of: "run") == hashes)
  }

  /// The agent's files in a run's last checkpoint, with their SHA-256.
  private func agentHashes(of run: String) throws -> [String: String] {
    let files = try JSON(parsing: program.weights(of: run))["files"]?.object ?? [:]
    return Dictionary(
      uniqueKeysWithValues: files.filter { $0.name.hasPrefix("agent/") }
        .map { ($0.name, $0.value.string ?? "") })
  }

  /// The loss of each step in metrics.jsonl.
  private func losses(of run: String) throws -> [JSON] {
    let reader = try JSONLinesReader(contentsOf: program.url("\(run)/metrics.jsonl"))
    var losses: [JSON] = []
    while let line = try reader.next() { losses.append([line["step"] ?? 0, line["loss"] ?? 0]) }
    return losses
  }
}
