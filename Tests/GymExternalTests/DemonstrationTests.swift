import Foundation
import Gym
import GymExternal
import Testing

/// Demonstrations reach the process, whatever version of the protocol it speaks.
@Suite(.needsPython) struct DemonstrationTests {
  /// An agent that answers "abcd" with the last demonstration, and echoes everything else.
  private static func script(_ reply: String) -> String {
    """
    import json, sys
    hello = json.loads(sys.stdin.readline())
    print(json.dumps({"protocol": "reasongym-agent", \(reply)}), flush=True)
    for line in sys.stdin:
        for asked in json.loads(line)["questions"]:
            shown = asked.get("demonstrations", [{"question": "", "answer": asked["question"]}])
            print(json.dumps({"id": asked["id"], "answer": shown[-1]["answer"],
                              "tokens": len(shown[0]["question"])}), flush=True)
    """
  }

  private static func questions() throws -> QuestionBatch {
    let vocabulary = try Letters.task.vocabulary
    let plain = try Letters.questions(["abcd", "dddd"])
    let shown = try ["aaaa", "bbbb"].map {
      try Example(
        question: vocabulary.tokens($0), answer: vocabulary.tokens($0.uppercased()))
    }
    return QuestionBatch(
      cells: 4, questions: plain.questions, identifiers: [1, 2], demonstrations: [shown, []])
  }

  @Test(
    "Demonstrations are sent to every agent that does not decline them",
    arguments: [
      (#""version": 1"#, true, false), (#""version": 2"#, true, true),
      (#""version": max(hello["versions"])"#, true, true),
      (#""version": hello["version"]"#, true, false),
      (#""version": 2, "demonstrations": True"#, true, true),
      (#""version": 1, "demonstrations": True"#, true, true),
      (#""version": 2, "demonstrations": False"#, false, false),
      (#""version": 2, "demonstrations": None"#, true, true),
    ]) func areSentToWhoeverDoesNotDecline(_ reply: String, _ areSent: Bool, _ areUsed: Bool) throws
  {
    try Python.running(Self.script(reply)) { command in
      let agent = try Letters.agent(command)
      #expect(agent.readsDemonstrations == areSent && agent.usesDemonstrations == areUsed)
      let predictions = try agent.solve(Self.questions(), options: SolveOptions())
      #expect(try Letters.answers(predictions) == [areSent ? "BBBB" : "abcd", "dddd"])
      #expect(predictions.map(\.cost.tokens) == [areSent ? 4 : 0, 0])
    }
  }

  @Test("Demonstrations of another task are rejected")
  func ofAnotherTaskAreRefused() throws {
    try Python.running(Self.script(#""version": 2"#)) { command in
      let agent = try Letters.agent(command)
      let foreign = QuestionBatch(
        cells: 4, questions: [1, 1, 1, 1], identifiers: [0],
        demonstrations: [[Example(question: [1, 2, 3, 77], answer: [1, 1, 1, 1])]])
      #expect(throws: GymError.self) { try agent.solve(foreign, options: SolveOptions()) }
    }
  }

  /// The example for language models draws them before the question, without the padding around.
  @Test("The chat example draws demonstrations in its prompt")
  func areInThePromptOfTheChatExample() throws {
    var task = try Letters.task
    (task.grid, task.vocabulary) = (GridShape(rows: 3, columns: 4), Vocabulary("_abcdABCD"))
    func tokens(_ text: String) throws -> [UInt8] { try task.vocabulary.tokens(text) }
    let shown = try Example(
      question: tokens("_____ab__cd_"), answer: tokens("_____AB__CD_"))
    let questions = try QuestionBatch(
      cells: 12, questions: tokens("____" + "_dc_" + "_ba_"), identifiers: [1],
      demonstrations: [[shown]])
    let server = """
      import http.server, json, os, sys, threading
      class Handler(http.server.BaseHTTPRequestHandler):
          def log_message(self, *_): pass
          def do_POST(self):
              body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
              text = body["messages"][0]["content"]
              wanted = ("Question of example 1:\\nab\\ncd\\n\\nAnswer of example 1:\\nAB\\nCD\\n\\n"
                        "The question:\\ndc\\nba\\nEach")
              reply = "I see.\\n```\\nDC\\nBA\\n```" if wanted in text else "What? " + text
              data = json.dumps({"choices": [{"message": {"content": reply}}]}).encode()
              self.send_response(200)
              self.send_header("Content-Length", str(len(data)))
              self.end_headers()
              self.wfile.write(data)
      server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
      print(server.server_port, flush=True)
      threading.Thread(target=server.serve_forever, daemon=True).start()
      sys.stdin.read()
      os._exit(0)
      """
    try ChatAgentTests.serving(server) { url in
      let agent = try ExternalAgent(
        command: Python.example("agent_chat.py", "--url \(url) --model any"),
        task: TaskDescription(task), settings: Settings(ExternalAgent.settings),
        context: AgentContext(
          vocabularyCount: 9, grid: task.grid, batchSize: 1, seed: 1, workers: 1))
      #expect(agent.usesDemonstrations)
      let answer = try agent.solve(questions, options: SolveOptions())[0]
      #expect(
        answer.answer.map(task.vocabulary.text) == "_____DC__BA_", "\(answer.failure ?? "")")
    }
  }
}
