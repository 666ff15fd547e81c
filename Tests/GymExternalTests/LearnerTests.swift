import Foundation
import Gym
import GymExternal
import GymTestSupport
import Testing

/// A process that learns: a table of the last label of each question.
@Suite(.needsPython) struct LearnerTests {
  private static let script = """
    import json, os, sys
    task = json.loads(sys.stdin.readline())
    print(json.dumps({"protocol": "reasongym-agent", "version": 3, "learns": True,
                      "parameters": 12}), flush=True)
    known, left = {}, 1
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "learn":
            if request["questions"][0] == "dddd": sys.exit("out of memory")
            known.update(zip(request["questions"], request["labels"]))
            reply = {"loss": request["left"], "exact": 1, "operations": 5e6}
            if request["questions"][0] == "cccc": reply = {"loss": None}
            if request["questions"][0] == "cccd": reply = {"loss": "low"}
        elif request["do"] == "save":
            json.dump(known, open(os.path.join(request["folder"], "table"), "w")); reply = {}
        elif request["do"] == "restore":
            known = json.load(open(os.path.join(request["folder"], "table"))); reply = {}
        else:
            for asked in request["questions"]:
                if asked["question"] == "dddd": sys.exit("no memory")
                print(json.dumps({"id": asked["id"], "answer": known.get(asked["question"])}))
            sys.stdout.flush()
            continue
        print(json.dumps({"id": request["id"], **reply}), flush=True)
    """

  private static func learner(_ command: String) throws -> ExternalLearner {
    try ExternalLearner(
      command: command, task: TaskDescription(Letters.task),
      settings: Settings(ExternalLearner.settings),
      context: AgentContext(
        vocabularyCount: 9, grid: GridShape(rows: 2, columns: 2), batchSize: 2, seed: 1, workers: 1)
    )
  }

  private static func batch(_ texts: [String], progress: Double = 0) throws -> TrainingBatch {
    let labels = try texts.flatMap { try Letters.task.vocabulary.tokens($0.uppercased()) }
    return TrainingBatch(
      questions: try Letters.questions(texts), labels: labels, progress: progress)
  }

  @Test("An external learner learns, answers, saves and is restored")
  func learnsAnswersSavesAndIsRestored() throws {
    try Python.running(Self.script) { command in
      let learner = try Self.learner(command)
      #expect(learner.parameterCount == 12)
      let report = try learner.learn(from: Self.batch(["abcd", "bbbb"], progress: 0.25))
      #expect(report.loss == 0.75 && report.steps == 1 && report.exact == 1)
      #expect(report.finished == 2 && report.cost.flops == 5e6)
      #expect(try !learner.learn(from: Self.batch(["cccc", "aaaa"])).loss.isFinite)
      func answers(_ learner: ExternalLearner) throws -> [String?] {
        try Letters.answers(
          learner.solve(Letters.questions(["abcd", "abab"]), options: SolveOptions()))
      }
      #expect(try answers(learner) == ["ABCD", nil])
      let folder = try TemporaryFolder()
      try learner.save(to: folder.url)
      let other = try Self.learner(command)
      #expect(try answers(other) == [nil, nil])
      try other.restore(from: folder.url, forTraining: true)
      #expect(try other.steps == 2 && answers(other) == ["ABCD", nil])
      try FileManager.default.removeItem(at: folder["table"])
      #expect(throws: GymError.self) { try other.restore(from: folder.url, forTraining: true) }
    }
  }

  /// What it learned is gone, so nothing may be answered by a new process in its place.
  @Test("A learner's process that dies ends the training and is not restarted")
  func aProcessThatDiesEndsTheTraining() throws {
    try Python.running(Self.script) { command in
      let learner = try Self.learner(command)
      _ = try learner.learn(from: Self.batch(["abcd", "bbbb"]))
      let error = #expect(throws: GymError.self) { try learner.learn(from: Self.batch(["dddd"])) }
      #expect(error?.what.contains("out of memory") == true)
      for _ in 0..<2 {
        let lost = #expect(throws: GymError.self) {
          try learner.solve(Letters.questions(["abcd"]), options: SolveOptions())
        }
        #expect(lost?.what.contains("out of memory") == true, "\(lost?.description ?? "")")
      }
      let asked = try Self.learner(command)
      _ = try asked.learn(from: Self.batch(["abcd", "bbbb"]))
      #expect(throws: GymError.self) {
        try asked.solve(Letters.questions(["abcd", "dddd"]), options: SolveOptions())
      }
    }
  }

  /// Whatever a process passes on as its error, it did not do what was asked.
  @Test("A learner that could not save has not saved", arguments: ["{'reason': 'full'}", "1"])
  func anErrorThatIsNoTextIsAnError(_ failure: String) throws {
    let script = """
      import json, sys
      sys.stdin.readline()
      print(json.dumps({"protocol": "reasongym-agent", "version": 3, "learns": True}), flush=True)
      for line in sys.stdin:
          print(json.dumps({"id": json.loads(line)["id"], "error": \(failure)}), flush=True)
      """
    try Python.running(script) { command in
      let folder = try TemporaryFolder()
      let error = #expect(throws: GymError.self) { try Self.learner(command).save(to: folder.url) }
      #expect(error?.what.hasPrefix("the process says: ") == true, "\(error?.description ?? "")")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
  }

  @Test("Invalid replies of a learner are errors")
  func wrongRepliesAreErrors() throws {
    try Python.running(Self.script) { command in
      let error = #expect(throws: GymError.self) {
        try Self.learner(command).learn(from: Self.batch(["cccd", "aaaa"]))
      }
      #expect(error?.what.contains("learns with the loss \"low\"") == true)
    }
    try Python.running(
      "import sys\nprint('{\"protocol\": \"reasongym-agent\", \"version\": 2}', flush=True)\n"
        + "sys.stdin.read()\n"
    ) { command in
      let error = #expect(throws: GymError.self) { try Self.learner(command) }
      #expect(error?.what == "the process does not learn")
    }
  }
}
