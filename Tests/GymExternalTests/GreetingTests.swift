import Foundation
import Gym
import GymExternal
import GymJSON
import Testing

/// The start and end of an agent's process.
@Suite(.needsPython) struct GreetingTests {
  /// An agent that writes one line at once, and then waits.
  private static func saying(_ line: String) -> String {
    "import sys\nprint('''\(line)''', flush=True)\nsys.stdin.read()\n"
  }

  @Test(
    "An invalid greeting is an error",
    arguments: [
      (#"{"protocol": "reasongym-agent", "version": 4}"#, "version 4, not as"),
      (#"{"protocol": "reasongym-agent", "version": 3, "learns": 1}"#, "\"learns\" as 1"),
      (#"{"protocol": "reasongym-agent", "version": 0}"#, "version 1 or 2 or 3"),
      (#"{"protocol": "reasongym-agent", "version": 2.5}"#, "version 2.5, not as"),
      (#"{"protocol": "reasongym-agent", "version": 2, "demonstrations": "some"}"#, "\"some\""),
      (#"{"protocol": "reasongym-task", "version": 1}"#, "reasongym-task"),
      (#"{"version": 1}"#, "greets as null"),
      ("Hello!", #"not JSON: "Hello!""#),
      ("[]", "an array"),
    ]) func aWrongGreetingIsAnError(_ line: String, _ reason: String) throws
  {
    try Python.running(Self.saying(line)) { command in
      let error = #expect(throws: GymError.self) { try Letters.agent(command) }
      #expect(error?.what.contains(reason) == true, "\(error?.description ?? "")")
      #expect(error?.location == "exec:\(command)")
    }
  }

  @Test("A process that does not greet is an error")
  func noGreetingIsAnError() throws {
    try Python.running("import time; time.sleep(60)") { command in
      let error = #expect(throws: GymError.self) {
        try Letters.agent(command, ["start-seconds": "0.5"])
      }
      #expect(error?.what.contains("no greeting within 0.5 s") == true)
    }
  }

  @Test("A command that does not exist is an error")
  func aCommandThatIsNotThereIsAnError() throws {
    let error = #expect(throws: GymError.self) { try Letters.agent("no-such-program-here --x") }
    #expect(error?.what.contains("ended with exit code 127: ") == true)
    #expect(throws: GymError.self) { try Letters.agent("") }
  }

  @Test("The agent receives the task, the grid, the tokens and the options")
  func theAgentIsToldOfTaskGridTokensAndWishes() throws {
    let script = """
      import json, sys
      hello = json.loads(sys.stdin.readline())
      print('{"protocol": "reasongym-agent", "version": 1, "name": "echo\\\\u0007", "batch": 9}')
      request = json.loads(sys.stdin.readline())
      print(json.dumps([hello, request]), file=sys.stderr)
      for asked in request["questions"]:
          thoughts = ["aaaa", "aaab"] if request["thoughts"] else None
          print(json.dumps({"id": asked["id"], "answer": asked["question"], "thoughts": thoughts}))
      sys.stdin.readline()
      sys.exit(json.dumps([hello, request]))
      """
    try Python.running(script) { command in
      let agent = try Letters.agent(command, ["batch": "2"])
      #expect(agent.name == "echo")
      let answers = try agent.solve(
        Letters.questions(["abcd", "bbbb"]),
        options: SolveOptions(segments: 7, halts: true, minimumSegments: 3, keepsThoughts: true))
      #expect(answers.map(\.thoughts.count) == [3, 3] && answers[0].segments == 3)
      #expect(answers[0].thoughts.last == answers[0].answer)
      // The next request ends it, and its last words contain everything it received.
      let last = try agent.solve(Letters.questions(["aaaa"]), options: SolveOptions())
      let failure = try #require(last[0].failure)
      let beginning = #"[{"protocol": "reasongym-agent", "version": 1, "task": "letters@3""#
      #expect(failure.contains(beginning))
    }
  }

  @Test("Programs that the process started end with it")
  func theProgramsItStartedEndWithIt() throws {
    let script = """
      import subprocess, sys
      sys.stdin.readline()
      subprocess.Popen("while :; do date >> '%s.beat'; sleep 0.05; done" % sys.argv[0], shell=True)
      print('{"protocol": "reasongym-agent", "version": 1}')
      sys.stdin.read()
      """
    try Python.running(script) { command in
      let script = try #require(command.split(separator: "'").dropFirst().first)
      let beat = script + ".beat"
      func beats() -> Int { (try? Data(contentsOf: URL(fileURLWithPath: String(beat))).count) ?? 0 }
      var agent: ExternalAgent? = try Letters.agent(command)
      let deadline = ContinuousClock.now + .seconds(10)
      while beats() == 0, ContinuousClock.now < deadline { usleep(10_000) }
      #expect(beats() > 0 && agent != nil)
      agent = nil
      // Eight beats long there is none, once the program has ended.
      var last: Int
      repeat {
        last = beats()
        usleep(400_000)
      } while beats() != last && ContinuousClock.now < deadline
      #expect(beats() == last)
    }
  }

  @Test("Questions of another task are rejected")
  func questionsOfAnotherTaskAreRefused() throws {
    let script = Misbehavior.script(deed: "pass")
    try Python.running(script) { command in
      let agent = try Letters.agent(command)
      let foreign = QuestionBatch(cells: 4, questions: [1, 2, 3, 9], identifiers: [0])
      #expect(throws: GymError.self) { try agent.solve(foreign, options: SolveOptions()) }
      let small = QuestionBatch(cells: 3, questions: [1, 2, 3], identifiers: [0])
      #expect(throws: GymError.self) { try agent.solve(small, options: SolveOptions()) }
    }
    #expect(throws: GymError.self) {
      try ExternalAgent(
        settings: Settings(ExternalAgent.settings),
        context: AgentContext(
          vocabularyCount: 9, grid: GridShape(rows: 2, columns: 2), batchSize: 1, seed: 1,
          workers: 1))
    }
  }

  @Test("A task's levels have different names")
  func levelsHaveDifferentNames() throws {
    func shape(_ second: String) throws -> TaskShape {
      try TaskShape(
        JSON(
          parsing: #"{"vocabulary": "_ab", "rows": 1, "columns": 2, "levels": ["#
            + #"{"name": "easy", "least": 0, "most": 1}, "#
            + #"{"name": "\#(second)", "least": 2, "most": 3}]}"#))
    }
    _ = try shape("hard")
    let error = #expect(throws: GymError.self) { _ = try shape("easy") }
    #expect(error?.what == "the process gives two levels one name")
  }
}
