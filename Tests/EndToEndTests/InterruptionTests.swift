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
              if os.path.exists("slow"):
                  time.sleep(0.1 if os.path.getsize("slow") == 0 else 600)
                  open("early", "a").write("x")
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
    try interrupted(line, signal: signal) { Thread.sleep(forTimeInterval: seconds) }
  }

  /// Runs a line, interrupts it when the slow agent has answered more than one batch, or some
  /// other number of questions, and checks that it ends soon.
  private func interruptedEarly(
    _ line: [String], answers count: Int = 6
  ) throws -> Program.Result {
    try? FileManager.default.removeItem(at: program.url("early"))
    return try interrupted(line) { try waitForAnswers(count) }
  }

  private func waitForAnswers(_ count: Int = 6) throws {
    let early = program.url("early")
    try Program.wait { ((try? Data(contentsOf: early)) ?? Data()).count >= count }
  }

  private func interrupted(
    _ line: [String], signal: Int32 = SIGINT, wait: () throws -> Void
  ) throws -> Program.Result {
    let running = try start(line)
    try wait()
    try #require(running.isRunning, "it was over before it could be interrupted")
    running.send(signal)
    let start = Date()
    let result = try running.result()
    // What does not end by itself would go on for minutes.
    #expect(Date().timeIntervalSince(start) < 5)
    #expect(result.code == 130, "\(result.errors)")
    return result
  }

  private func lines(of file: String) throws -> [JSON] {
    try String(contentsOf: program.url(file), encoding: .utf8).split(separator: "\n")
      .map { try JSON(parsing: String($0)) }
  }

  /// The ids and answers in a file of predictions: the confidences of the slow agent depend on the
  /// questions' ids, which restart in each process.
  private func answers(in file: String) throws -> [JSON] {
    try lines(of: file).map { [$0["id"] ?? .null, $0["answer"] ?? .null] }
  }

  /// The number of questions that the agent was asked while it was not slow.
  private func askedLate() throws -> Int {
    guard FileManager.default.fileExists(atPath: program.url("late").path) else { return 0 }
    return try Data(contentsOf: program.url("late")).count
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
    let stopped = try interruptedEarly(line)
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
    #expect(try askedLate() < 40)
    let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path)
    #expect(!left.contains { $0.hasSuffix(".partial") })
    let texts = try predictions.map { try answers(in: $0) }
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
    if let predictions, let texts {
      #expect(try texts == answers(in: predictions) && texts.count == 40)
    }
  }

  @Test("An interrupted scaling study resumes to the same report")
  func aScaleGoesOn() throws {
    let line = ["scale", Self.agent, "--data", "data", "--segments", "1,2", "--json"]
    try slow(true)
    // The first answers only show that the agent keeps no thoughts.
    let stopped = try JSON(parsing: interruptedEarly(line, answers: 20).output)
    #expect(stopped["interrupted"] == true && stopped["total"] == 80)
    #expect((1..<80).contains(stopped["answered"]?.integer ?? 0))
    try slow(false)
    let resumed = try start(line + ["--resume"]).result()
    #expect(resumed.code == 0, "\(resumed.errors)")
    // 80 answers, and eight that show that the agent keeps no thoughts.
    #expect(try askedLate() < 88)
    let whole = try start(line).result()
    #expect(try timeless(JSON(parsing: resumed.output)) == timeless(JSON(parsing: whole.output)))
  }

  @Test("An interrupted comparison resumes to the same files")
  func aComparisonGoesOn() throws {
    func line(_ folder: String) -> [String] {
      ["compare", "slow=\(Self.agent)", "solver", "--steps", "1", "--data", "data", "--json"]
        + ["--out", folder]
    }
    try slow(true)
    let stopped = try interruptedEarly(line("part"))
    let report = try JSON(parsing: stopped.output)
    #expect(report["interrupted"] == true && report["total"] == 80 && report["kept"] == "part")
    let answered = try #require(report["answered"]?.integer)
    #expect((1..<80).contains(answered))
    try slow(false)
    let resumed = try start(line("part") + ["--resume"]).result()
    #expect(resumed.code == 0, "\(resumed.errors)")
    #expect(try askedLate() <= max(0, 40 - answered))
    let whole = try start(line("whole")).result()
    #expect(try timeless(JSON(parsing: resumed.output)) == timeless(JSON(parsing: whole.output)))
    #expect(try answers(in: "part/runs/slow/predictions.jsonl").count == 40)
    for agent in ["slow", "solver"] {
      let file = "runs/\(agent)/predictions.jsonl"
      #expect(try answers(in: "part/\(file)") == answers(in: "whole/\(file)"))
    }
  }

  @Test("An interrupted probe resumes to the same report and page, to the byte")
  func aProbeGoesOn() throws {
    try program.succeed(
      "dataset generate sudoku-extreme --count train=8,test=300 --seed 1 --out large")
    try program.succeed("train hrm --data large --steps 1 --out run \(Program.tiny)")
    func line(_ page: String) -> [String] {
      ["probe", "run", "--data", "large", "--limit", "300", "--starts", "20", "--json"]
        + ["--out", page]
    }
    let stopped = try interrupted(line("part.html")) {
      try Program.wait { (try? lines(of: "part.html.partial").count) ?? 0 > 2 }
    }
    let report = try JSON(parsing: stopped.output)
    #expect(report["interrupted"] == true && report["total"] == 300)
    #expect((128..<300).contains(report["answered"]?.integer ?? 0))
    let resumed = try start(line("part.html") + ["--resume"]).result()
    #expect(resumed.code == 0, "\(resumed.errors)")
    let whole = try start(line("whole.html")).result()
    #expect(resumed.output == whole.output)
    #expect(
      try Data(contentsOf: program.url("part.html")) == Data(contentsOf: program.url("whole.html")))
  }

  @Test("Kept partial answers are not overwritten")
  func unfinishedAnswersAreNotOverwritten() throws {
    let line = ["evaluate", Self.agent, "--data", "data", "--predictions", "answers.jsonl"]
    try slow(true)
    _ = try interruptedEarly(line)
    let again = try start(line).result()
    #expect(again.code == 1 && again.errors.contains("--resume"))
    let other = try start(line + ["--resume", "--limit", "30"]).result()
    #expect(other.code == 1 && other.errors.contains("something else"))
  }

  @Test("An early interruption does not replace what an earlier one has kept")
  func theLongerWorkIsKept() throws {
    let line = ["evaluate", Self.agent, "--data", "data"]
    try slow(true)
    _ = try interruptedEarly(line)
    let kept = try #require(
      try FileManager.default.contentsOfDirectory(atPath: program.folder.url.path)
        .first { $0.hasSuffix(".partial") && !$0.hasPrefix(".") })
    let work = try Data(contentsOf: program.url(kept))
    try slow(true, forever: true)
    let second = try interrupted(line, after: 2.5)
    #expect(second.output.contains("kept in \(kept)"), "\(second.output)")
    #expect(try Data(contentsOf: program.url(kept)) == work)
  }

  @Test(
    "The end of the terminal interrupts like Ctrl-C, except under nohup",
    arguments: [("SIG_DFL", 130), ("SIG_IGN", 0)] as [(String, Int32)])
  func theEndOfTheTerminalInterrupts(action: String, code: Int32) throws {
    try slow(true)
    let begin = "import os, signal, sys; signal.signal(signal.SIGHUP, signal.\(action)); "
    let running = try Program.Running(
      ["python3", "-c", begin + "os.execv(sys.argv[1], sys.argv[1:])"]
        + [Program.executable().path, "evaluate", Self.agent, "--data", "data", "--limit", "30"],
      in: program.folder, executable: URL(fileURLWithPath: "/usr/bin/env"))
    try waitForAnswers()
    running.send(SIGHUP)
    let result = try running.result()
    #expect(result.code == code, "\(result.errors)")
    #expect(result.output.contains("Interrupted after ") == (code == 130), "\(result.output)")
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
    let left = try program.shell("pgrep -f 'agent.py|time.sleep.600'; test $? -le 1")
    #expect(left.code == 0, "\(left.errors)")
    let mine = left.output.split(separator: "\n").filter { line in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(line)/cwd"))?
        .hasSuffix(program.folder.url.lastPathComponent) == true
    }
    #expect(mine.isEmpty)
  }

  @Test("An interrupted comparison does not wait for a process that learns and is silent")
  func aSilentLearnerIsLeft() throws {
    try Data(
      """
      import json, os, sys, time
      def say(**fields): print(json.dumps(fields), flush=True)
      sys.stdin.readline()
      say(protocol="reasongym-agent", version=3, name="learner", learns=True)
      for line in sys.stdin:
          asked = json.loads(line)
          if asked["do"] == "solve":
              for one in asked["questions"]: say(id=one["id"], answer=one["question"])
              continue
          while asked["do"] == "learn" and os.path.exists("slow"):
              open("learning", "w").close()
              time.sleep(0.1)
          say(id=asked["id"], loss=1.0)
      """.utf8
    ).write(to: program.url("learner.py"))
    let line =
      ["compare", "learner=exec:exec python3 -B learner.py", "--data", "data", "--steps", "3"]
      + ["--seeds", "1", "--allow-leakage", "--out", "learned"]
    try slow(true)
    let stopped = try interrupted(line) {
      let file = program.url("learning").path
      try Program.wait { FileManager.default.fileExists(atPath: file) }
    }
    #expect(stopped.output.contains("Interrupted after 0 of 40 answers"), "\(stopped.output)")
    try slow(false)
    let resumed = try start(line + ["--resume"]).result()
    #expect(resumed.code == 0, "\(resumed.errors)")
  }

  @Test(
    "An interrupted evaluation of a trained agent is no score",
    arguments: ["evaluate run", "scale run --segments 2,60,90", "probe run --starts 200"])
  func aTrainedAgentHasNoScore(command: String) throws {
    try program.succeed(
      "dataset generate sudoku-extreme --count train=8,test=3000 --seed 1 --out large")
    // With one worker it takes long enough on any number of cores.
    try program.succeed("train hrm --data large --steps 1 --workers 1 --out run \(Program.tiny)")
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
      ["dataset", "check", "data", "--task", "exec:exec sleep 600"],
      ["train", "hrm", "--data", "data", "--task", "exec:exec sleep 600", "--steps", "1"]
        + ["--out", "run"],
      ["leaderboard", "serve", "board.db", "--port", "0"],
      ["leaderboard", "serve", "board.db", "--port", "0", "--task", "exec:exec sleep 600"],
    ])
  func otherCommandsEndWithThatCode(line: [String]) throws {
    if line[0] == "leaderboard" {
      try program.succeed("leaderboard create board.db --data data")
    }
    _ = try interrupted(line, after: 1.5)
  }
}
