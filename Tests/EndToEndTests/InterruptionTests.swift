import Foundation
import GymJSON
import Testing

/// Ctrl-C: ends soon, is never taken for a score, and can be resumed to the same result.
@Suite(.serialized) struct InterruptionTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.succeed(
      "dataset generate sudoku-extreme --set size=4 --count train=30,test=40 --seed 1 --out data")
    // Right on every third puzzle; ignores signals; slow while the file `slow` exists.
    try Data(
      """
      import json, os, signal, sys, time
      for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
      def say(**fields): print(json.dumps(fields), flush=True)
      sys.stdin.readline()
      say(protocol="reasongym-agent", version=1, name="slow", batch=4)
      for line in sys.stdin:
          for asked in json.loads(line)["questions"]:
              if os.path.exists("slow"): time.sleep(0.1 if os.path.getsize("slow") == 0 else 600)
              if not os.path.exists("slow"): open("late", "a").write("x")
              text = "".join("1234"[(i + len(asked["question"])) % 4] if c == "." else c
                             for i, c in enumerate(asked["question"]))
              say(id=asked["id"], answer=text, confidence=0.1 + asked["id"] / 1000, tokens=3)
      """.utf8
    ).write(to: program.url("agent.py"))
  }

  private func start(_ line: [String]) throws -> Program.Running {
    try Program.Running(line, in: program.folder)
  }

  private static let agent = "exec:exec python3 -B agent.py"

  /// Runs a line, interrupts it after some time, and checks that it ends soon.
  private func interrupted(
    _ line: [String], after seconds: Double, signal: Int32 = SIGINT
  ) throws -> Program.Result {
    let running = try start(line)
    Thread.sleep(forTimeInterval: seconds)
    try #require(running.isRunning, "it was over before it could be interrupted")
    running.send(signal)
    let start = Date()
    let result = try running.result()
    #expect(Date().timeIntervalSince(start) < 2)
    #expect(result.code == 130, "\(result.errors)")
    return result
  }

  /// A report without times.
  private func timeless(_ json: JSON) -> JSON {
    switch json {
    case .object(let object):
      var kept = JSONObject()
      for (name, value) in object where !name.contains("seconds") { kept[name] = timeless(value) }
      return .object(kept)
    case .array(let array): return .array(array.map(timeless))
    default: return json
    }
  }

  private func slow(_ isSlow: Bool, forever: Bool = false) throws {
    try? FileManager.default.removeItem(at: program.url("slow"))
    if isSlow { try Data(forever ? [1] : []).write(to: program.url("slow")) }
  }

  @Test(
    "An interrupted evaluation resumes to the same score", arguments: [false, true],
    [nil, "answers.jsonl"] as [String?])
  func anEvaluationGoesOnToTheSameScore(json: Bool, predictions: String?) throws {
    let line =
      ["evaluate", Self.agent, "--data", "data"] + (json ? ["--json"] : [])
      + (predictions.map { ["--predictions", $0] } ?? [])
    try slow(true)
    let stopped = try interrupted(line, after: 2.5)
    #expect(!stopped.output.contains("95 %") && !stopped.output.contains("interval"))
    if json {
      let report = try JSON(parsing: stopped.output)
      #expect(report["interrupted"] == true && report["total"] == 40 && report["score"] == nil)
      let answered = try #require(report["answered"]?.integer)
      #expect((1..<40).contains(answered))
    } else {
      #expect(stopped.output.contains("Interrupted after "))
      #expect(stopped.output.contains(" of 40 puzzles") && stopped.output.contains("--resume"))
    }
    let kept = try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path)
      .filter { $0.hasSuffix(".partial") && !$0.hasPrefix(".") }
    #expect(kept.count == 1)
    if let predictions { #expect(kept == ["\(predictions).partial"]) }
    #expect(
      predictions.map { !FileManager.default.fileExists(atPath: program.url($0).path) } ?? true)

    try slow(false)
    let resumed = try start(line + ["--resume"]).result()
    #expect(resumed.code == 0, "\(resumed.errors)")
    // Answered questions are not asked again.
    let asked = try Data(contentsOf: program.url("late")).count
    #expect(asked < 40)
    let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path)
    #expect(!left.contains { $0.hasSuffix(".partial") })
    let answers = try predictions.map { try Data(contentsOf: program.url($0)) }
    let whole = try start(line + ["--force"]).result()
    if json {
      #expect(
        try timeless(JSON(parsing: resumed.output)) == timeless(JSON(parsing: whole.output)))
    } else {
      func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.contains("took") }
      }
      #expect(lines(resumed.output) == lines(whole.output))
      #expect(resumed.output.contains("95 %"))
    }
    if let predictions, let answers {
      // This agent's confidences depend on the questions' ids, which restart in each process.
      let texts = try [answers, Data(contentsOf: program.url(predictions))].map { data in
        try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
          try JSON(parsing: String($0))
        }.map { [$0["id"] ?? .null, $0["answer"] ?? .null] as JSON }
      }
      #expect(texts[0] == texts[1] && texts[0].count == 40)
    }
  }

  @Test("Kept partial answers are not overwritten")
  func unfinishedAnswersAreNotOverwritten() throws {
    let line = ["evaluate", Self.agent, "--data", "data", "--predictions", "answers.jsonl"]
    try slow(true)
    _ = try interrupted(line, after: 2)
    let again = try start(line).result()
    #expect(again.code == 1 && again.errors.contains("--resume"))
    let other = try start(line + ["--resume", "--limit", "30"]).result()
    #expect(other.code == 1 && other.errors.contains("something else"))
  }

  @Test("An early interruption does not replace what an earlier one has kept")
  func theLongerWorkIsKept() throws {
    let line = ["evaluate", Self.agent, "--data", "data"]
    try slow(true)
    _ = try interrupted(line, after: 2.5)
    let kept = try #require(
      try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path)
        .first { $0.hasSuffix(".partial") && !$0.hasPrefix(".") })
    let work = try Data(contentsOf: program.url(kept))
    try slow(true, forever: true)
    let second = try interrupted(line, after: 2.5)
    #expect(second.output.contains("kept in \(kept)"), "\(second.output)")
    #expect(try Data(contentsOf: program.url(kept)) == work)
  }

  /// The process neither answers nor ends; neither does one that is asked for its name.
  @Test(
    "An interrupted command does not wait for an external process that is silent",
    arguments: [
      ["evaluate"], ["evaluate", "--json"], ["scale", "--segments", "1,2"],
      ["scale", "--segments", "1,2", "--votes", "1,4", "--json"],
    ])
  func aSilentProcessIsLeft(command: [String]) throws {
    try slow(true, forever: true)
    for agent in [Self.agent, "exec:exec python3 -c 'import time; time.sleep(600)'"] {
      let line = [command[0], agent, "--data", "data", "--set", "seconds=500"]
      let result = try interrupted(line + command.dropFirst(), after: 1.5, signal: SIGTERM)
      #expect(!result.output.contains("95 %") && !result.output.contains("interval"))
      if command.contains("--json") {
        let report = try JSON(parsing: result.output)
        #expect(report["interrupted"] == true && report["answered"] == 0)
      } else {
        #expect(result.output.contains("Interrupted"))
      }
    }
    let left = try program.shell("pgrep -f 'agent.py|time.sleep.600' || true").output
    let mine = left.split(separator: "\n").filter { line in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(line)/cwd"))?
        .hasSuffix(program.folder.url.lastPathComponent) == true
    }
    #expect(mine.isEmpty)
  }

  @Test(
    "An interrupted evaluation of a trained agent resumes",
    arguments: ["evaluate run", "scale run --segments 2,60,90", "probe run --starts 200"])
  func aTrainedAgentGoesOn(command: String) throws {
    try program.succeed(
      "dataset generate sudoku-extreme --count train=8,test=3000 --seed 1 --out large")
    try program.succeed("train hrm --data large --steps 1 --out run \(Program.tiny)")
    let thought = command.hasPrefix("evaluate") ? " --segments 100" : ""
    let line = "\(command) --data large --json\(thought)"
    let stopped = try interrupted(line.split(separator: " ").map(String.init), after: 1.2)
    let report = try JSON(parsing: stopped.output)
    #expect(report["interrupted"] == true)
    #expect(!stopped.output.contains("interval"))
  }

  /// The help's promise of exit code 130 also holds for commands that keep nothing.
  @Test(
    "Interrupted commands that keep nothing end with exit code 130, too",
    arguments: [
      [
        "solve", "exec:exec python3 -c 'import time; time.sleep(600)'", "1.343.1221434321",
        "--task", "sudoku-extreme",
      ],
      ["leaderboard", "serve", "board.db", "--port", "0"],
    ])
  func otherCommandsEndWithThatCode(line: [String]) throws {
    if line[0] == "leaderboard" {
      try program.succeed("leaderboard create board.db --data data")
    }
    let running = try start(line)
    Thread.sleep(forTimeInterval: 1.5)
    try #require(running.isRunning, "it was over before it could be interrupted")
    running.send(SIGINT)
    #expect(try running.result().code == 130)
  }
}
