import Foundation
import Gym
import GymExternal
import Testing

/// A fault of a process costs it that puzzle and no other.
@Suite(.needsPython) struct MisbehaviorTests {
  static let questions = ["abcd", "cbad", "dabc", "aabb"]

  @Test(
    "Each kind of misbehavior costs the answer to one puzzle only", arguments: Misbehavior.allCases
  )
  func costsOnePuzzle(
    _ misbehavior: Misbehavior
  ) throws {
    try costsOnePuzzle(misbehavior, batch: 1)
  }

  /// Other questions of the same batch are still answered.
  @Test(
    "Misbehavior costs one puzzle of a batch; the others are answered",
    arguments: [Misbehavior.garbage, .silence, .flood, .wrongID, .wrongLength, .death])
  func costsOnePuzzleOfABatch(_ misbehavior: Misbehavior) throws {
    try costsOnePuzzle(misbehavior, batch: 3)
  }

  private func costsOnePuzzle(_ misbehavior: Misbehavior, batch: Int) throws {
    try Python.running(misbehavior.script(batch: batch)) { command in
      let isSlow = misbehavior == .silence || misbehavior == .closesOutput
      let agent = try Letters.agent(
        command,
        ["seconds": isSlow ? "1.5" : "20", "line-bytes": "8192", "request-bytes": "65536"])
      let start = ContinuousClock.now
      let predictions = try agent.solve(
        Letters.questions(Self.questions), options: SolveOptions())
      var expected: [String?] = ["ABCD", nil, "DABC", "AABB"]
      // Silence uses up the whole batch's time: none is left for the questions after it.
      if misbehavior == .silence, batch == 3 { expected[2] = nil }
      #expect(try Letters.answers(predictions) == expected)
      let reason = try #require(predictions[1].failure)
      #expect(reason.contains(misbehavior.reason), "\(reason)")
      #expect(predictions[1].confidence == nil)
      #expect(predictions[0].confidence == 0.75 && predictions[0].cost.tokens == 3)
      #expect(start.duration(to: .now) < .seconds(isSlow ? 15 : 19))
    }
  }

  @Test("A second answer to a question is ignored")
  func aLaterAnswerToTheSameQuestionIsIgnored() throws {
    let twice = "say(id=i, answer='AAAA'); say(id=i, answer='BBBB')"
    for batch in [1, 3] {
      try Python.running(Misbehavior.script(batch: batch, deed: twice)) { command in
        let answers = try Letters.agent(command).solve(
          Letters.questions(Self.questions), options: SolveOptions())
        #expect(try Letters.answers(answers) == ["ABCD", "AAAA", "DABC", "AABB"])
      }
    }
  }

  @Test("Answers may come in any order and with extra members")
  func answersMayComeInAnyOrderAndWithExtraFields() throws {
    let script = """
      import json, sys
      sys.stdin.readline()
      print(json.dumps({"protocol": "reasongym-agent", "version": 1, "batch": 4, "mood": "fine"}))
      for line in sys.stdin:
          for asked in reversed(json.loads(line)["questions"]):
              print(json.dumps({"id": asked["id"], "answer": asked["question"].upper(), "x": [1]}))
      """
    try Python.running(script) { command in
      let agent = try Letters.agent(command)
      #expect(agent.name == "external")
      let answers = try agent.solve(Letters.questions(Self.questions), options: SolveOptions())
      #expect(try Letters.answers(answers) == Self.questions.map { $0.uppercased() })
    }
  }

  @Test(
    "A name that a board would refuse is made fit before the first question",
    arguments: [
      ("", "external"), ("  padded ", "padded"), ("a\\u202eb\\u200b", "ab"), ("a\\nb", "a b"),
      ("\\u00a0\\ue000", "external"), ("two\\u2028lines", "two lines"),
    ])
  func namesAreFitToBeShown(_ given: String, _ shown: String) throws {
    let script = """
      print('{"protocol": "reasongym-agent", "version": 1, "name": "%s"}' % r"\(given)")
      input()
      """
    try Python.running(script) { command in
      let name = try Letters.agent(command).name
      #expect(name == shown)
    }
  }

  @Test("Blank lines between a process's lines are passed over")
  func blankLines() throws {
    let script = """
      import json, sys
      print('{"protocol": "reasongym-agent", "version": 1, "name": "spaced"}', flush=True)
      for line in sys.stdin:
          asked = json.loads(line)
          for question in asked.get("questions", []):
              told = {"id": question["id"], "answer": question["question"].upper()}
              print("\\n  \\r\\n" + json.dumps(told) + "\\n", flush=True)
      """
    try Python.running(script) { command in
      let agent = try Letters.agent(command)
      let answers = try agent.solve(Letters.questions(Self.questions), options: SolveOptions())
      #expect(try Letters.answers(answers) == Self.questions.map { $0.uppercased() })
    }
  }

  @Test("A process that never reads its input does not block the gym")
  func aProcessThatNeverReadsDoesNotHoldUpTheGym() throws {
    let script = """
      import time
      print('{"protocol": "reasongym-agent", "version": 1, "batch": 65536}')
      time.sleep(60)
      """
    try Python.running(script) { command in
      // Far more than a pipe holds.
      let agent = try Letters.agent(command, ["seconds": "0.001", "batch": "65536"])
      let start = ContinuousClock.now
      let answers = try agent.solve(
        Letters.questions(Array(repeating: "abcd", count: 3000)), options: SolveOptions())
      #expect(answers.allSatisfy { $0.failure?.contains("no answer within") == true })
      #expect(start.duration(to: .now) < .seconds(15))
    }
  }

  @Test("A process that fails repeatedly is given up")
  func aProcessThatFailsAgainAndAgainIsGivenUp() throws {
    try Python.running(Misbehavior.script(deed: "os._exit(3)")) { command in
      let agent = try Letters.agent(command, ["restarts": "2"])
      let start = ContinuousClock.now
      let answers = try agent.solve(
        Letters.questions(Array(repeating: "cabd", count: 200) + ["abcd"]), options: SolveOptions())
      #expect(answers.allSatisfy { $0.answer == nil })
      #expect(answers[0].failure == "the process ended with exit code 3")
      #expect(answers[200].failure?.contains("failed 3 times in a row") == true)
      #expect(start.duration(to: .now) < .seconds(15))
    }
  }

  @Test("A process that dies after each answer is restarted")
  func aProcessThatDiesAfterEachAnswerIsStartedAgain() throws {
    let script = """
      import json, sys
      sys.stdin.readline()
      print('{"protocol": "reasongym-agent", "version": 1}')
      asked = json.loads(sys.stdin.readline())["questions"][0]
      print(json.dumps({"id": asked["id"], "answer": asked["question"].upper()}))
      """
    try Python.running(script) { command in
      let agent = try Letters.agent(command, ["restarts": "1"])
      var answered = 0
      for text in Self.questions {
        let answers = try agent.solve(Letters.questions([text]), options: SolveOptions())
        answered += answers[0].answer == nil ? 0 : 1
        // Enough time for its end to be noticed, so that it costs nothing.
        Thread.sleep(forTimeInterval: 0.15)
      }
      #expect(answered >= 3)
    }
  }
}
