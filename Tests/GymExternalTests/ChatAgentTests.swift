import Foundation
import Gym
import GymExternal
import Testing

/// The example that asks a language model, with a small test server.
@Suite(.needsPython) struct ChatAgentTests {
  /// A server that answers as the model's name says. It prints its port and ends with its input.
  static let server = """
    import collections, http.server, json, os, sys, threading, time
    seen = collections.Counter()
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_): pass
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            text = body["messages"][0]["content"]
            grid = text.split("The question:\\n")[1].split("\\n")[:2]
            if "\\nRules: say each letter louder\\nabcd: a letter\\n" not in text: grid = ["no", "no"]
            seen[text] += 1
            if body["model"] == "busy" and seen[text] < 3: return self.send_error(429)
            if body["model"] == "forbidden": return self.send_error(401)
            if body["model"] == "asleep": time.sleep(30)
            rows = [row.upper() for row in grid]
            reply = "Let me think about\\nabcd.\\n```\\n" + "\\n".join(rows) + "\\n```\\nDone!"
            if body["model"] == "chatty": reply = "I would rather not."
            data = {"choices": [{"message": {"content": reply}}],
                    "usage": {"completion_tokens": 42}}
            if body["model"] == "malformed": data = {"choices": []}
            if body["model"] == "mute": data["choices"][0]["message"]["content"] = None
            if body["model"] == "odd": data["usage"] = ["many"]
            if body["model"] == "boastful": data["usage"]["completion_tokens"] = float("nan")
            if body["model"] == "unknown": data = {"error": {"message": "no such\\nmodel"}}
            if self.headers["Authorization"] != "Bearer open sesame": data = {}
            data = json.dumps(data).encode()
            more = {"cut": 9, "dripping": 600}.get(body["model"], 0)
            self.send_response(404 if body["model"] == "unknown" else 200)
            self.send_header("Content-Length", str(len(data) + more))
            self.end_headers()
            self.wfile.write(data)
            if body["model"] == "dripping":
                for _ in range(600): time.sleep(0.05); self.wfile.write(b" ")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    os._exit(0)
    """

  /// Runs the server while `body` runs, and hands it the endpoint's address.
  static func serving(
    _ server: String = server, _ body: (String) throws -> Void
  ) throws {
    try Python.running(server) { command in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", command]
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      defer {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
      }
      let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      let number = try #require(Int(port.trimmingCharacters(in: .newlines)))
      try body("http://127.0.0.1:\(number)/v1/chat/completions")
    }
  }

  private func ask(
    _ model: String, _ url: String, key: String = "open sesame", seconds: String = "20"
  ) throws -> [Prediction] {
    var settings = Settings(ExternalAgent.settings)
    try settings.set("seconds", to: seconds)
    let command = try Python.example(
      "agent_chat.py", "--url \(url) --model \(model) --parallel 4")
    let agent = try ExternalAgent(
      command: "export CHAT_KEY='\(key)'; \(command)", task: TaskDescription(Letters.task),
      settings: settings,
      context: AgentContext(
        vocabularyCount: 9, grid: GridShape(rows: 2, columns: 2), batchSize: 8, seed: 1,
        workers: 1))
    #expect(agent.name == model)
    let predictions = try agent.solve(
      Letters.questions(["abcd", "dcba", "aabb", "ccdd", "bbbb"]), options: SolveOptions())
    #expect(predictions.count == 5)
    return predictions
  }

  @Test("The chat example reads the answer from the model's reply", arguments: ["prompt", "busy"])
  func readsTheAnswerFromTheReply(_ model: String) throws {
    try Self.serving { url in
      let predictions = try ask(model, url)
      let answers = try Letters.answers(predictions)
      #expect(
        answers == ["ABCD", "DCBA", "AABB", "CCDD", "BBBB"], "\(predictions.map(\.failure))")
      #expect(predictions.allSatisfy { $0.cost.tokens == 42 && $0.cost.passes == 1 })
    }
  }

  @Test(
    "The chat example says why there is no answer",
    arguments: [
      ("chatty", "open sesame", "the reply holds no answer"),
      ("forbidden", "open sesame", "the endpoint says 401"),
      ("malformed", "open sesame", "no text at choices[0].message.content"),
      ("mute", "open sesame", "no text at choices[0].message.content"),
      ("unknown", "open sesame", "the endpoint says 404: no such model"),
      ("cut", "open sesame", "9 more expected"),
      ("prompt", "guess", "no text at choices[0].message.content"),
    ]) func saysWhyThereIsNoAnswer(_ model: String, _ key: String, _ reason: String) throws
  {
    try Self.serving { url in
      for prediction in try ask(model, url, key: key) {
        #expect(prediction.answer == nil && prediction.failure?.contains(reason) == true)
      }
    }
  }

  @Test("A count of tokens that is none does not cost the answer", arguments: ["odd", "boastful"])
  func aCountOfTokensThatIsNoneDoesNotCostTheAnswer(_ model: String) throws {
    try Self.serving { url in
      let predictions = try ask(model, url)
      #expect(try Letters.answers(predictions) == ["ABCD", "DCBA", "AABB", "CCDD", "BBBB"])
      #expect(predictions.allSatisfy { $0.cost.tokens == 0 })
    }
  }

  @Test(
    "Options of the chat example that cannot be are refused before the first puzzle",
    arguments: [
      ("--url nowhere", "--url is 'nowhere'"), ("--url http://host:99999/", "--url is"),
      ("--url http://host --parallel 0", "--parallel is at least 1"),
      ("--url http://host --retries -1", "--retries at least 0"),
    ]) func optionsThatCannotBeAreRefused(_ options: String, _ reason: String) throws
  {
    let error = #expect(throws: GymError.self) {
      try ExternalAgent(
        command: try Python.example("agent_chat.py", "--model any \(options)"),
        task: TaskDescription(Letters.task), settings: Settings(ExternalAgent.settings),
        context: AgentContext(
          vocabularyCount: 9, grid: GridShape(rows: 2, columns: 2), batchSize: 8, seed: 1,
          workers: 1))
    }
    #expect(error.map { "\($0)" }?.contains(reason) == true)
  }

  @Test("An endpoint that does not answer costs only the time limit of its puzzles")
  func anEndpointThatSleepsOrIsNotThereCostsTheTimeOfItsPuzzles() throws {
    for model in ["asleep", "dripping"] {
      try Self.serving { url in
        let predictions = try ask(model, url, seconds: "1")
        #expect(predictions.allSatisfy { $0.failure?.contains("the endpoint fails") == true })
      }
    }
    let predictions = try ask("any", "http://127.0.0.1:9/", seconds: "1")
    #expect(predictions.allSatisfy { $0.failure?.contains("the endpoint fails") == true })
  }
}
