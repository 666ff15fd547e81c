import Foundation
import Gym
import GymExternal
import Testing

/// A requested stop comes soon, whatever the process does, and the answers given so far are kept.
@Suite(.needsPython) struct StoppingTests {
  /// Stops an agent half a second after it was asked.
  private func stopped(
    _ command: String, _ values: [String: String], questions: [String]
  ) throws -> ([Prediction?], Duration) {
    let agent = try Letters.agent(command, values)
    let stop = StopRequest()
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.5)
      stop.request()
    }
    let start = ContinuousClock.now
    let error = #expect(throws: StoppedSolving.self) {
      try agent.solve(Letters.questions(questions), options: SolveOptions(stop: stop))
    }
    return (error?.predictions ?? [], start.duration(to: .now))
  }

  @Test("A stop does not wait for a process that ignores everything", arguments: [1, 3])
  func aProcessThatIgnoresEverythingIsLeft(batch: Int) throws {
    let deed = "import signal; [signal.signal(s, signal.SIG_IGN) for s in (2, 15)]; time.sleep(60)"
    try Python.running(Misbehavior.script(batch: batch, deed: deed)) { command in
      let (predictions, time) = try stopped(
        command, ["seconds": "60"], questions: ["abcd", "cbad", "dabc", "aabb"])
      #expect(predictions.map { $0?.answer == nil } == [false, true, true, true])
      #expect(time < .seconds(10))
    }
  }

  /// It dies at once on every request: the pauses before its restart end, too.
  @Test("A stop does not wait for the restarts of a process that keeps dying")
  func aProcessThatDiesAgainAndAgainIsLeft() throws {
    try Python.running(Misbehavior.script(deed: "sys.exit(1)")) { command in
      let (predictions, time) = try stopped(
        command, [:], questions: Array(repeating: "cbad", count: 200))
      #expect(predictions.count == 200 && predictions.contains { $0 == nil })
      #expect(time < .seconds(2))
    }
  }

  @Test("A stopped agent answers later questions")
  func aStoppedAgentAnswersLaterQuestions() throws {
    try Python.running(Misbehavior.script(deed: "time.sleep(60)")) { command in
      let agent = try Letters.agent(command, ["seconds": "60"])
      let stop = StopRequest()
      stop.request()
      #expect(throws: StoppedSolving([nil])) {
        try agent.solve(Letters.questions(["abcd"]), options: SolveOptions(stop: stop))
      }
      let answers = try agent.solve(Letters.questions(["abcd"]), options: SolveOptions())
      #expect(try Letters.answers(answers) == ["ABCD"])
    }
  }
}
