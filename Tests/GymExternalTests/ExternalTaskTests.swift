import Foundation
import Gym
import GymExternal
import GymRandomness
import GymTestSupport
import GymTesting
import Synchronization
import Testing

/// Tasks that are processes.
@Suite(.needsPython) struct ExternalTaskTests {
  private static func gravity(_ size: Int) throws -> ExternalTask {
    try ExternalTask(command: Python.example("task_gravity.py")) {
      try $0.set("size", to: "\(size)")
    }
  }

  @Test("The example task passes the conformance suite")
  func theExampleConforms() {
    let report = Conformance.check(Gravity.self, variants: [["size": "4"]], effort: .quick)
    #expect(report.isEmpty, "\(report)")
  }

  @Test("The example task is short")
  func theExampleIsShort() throws {
    let script = Python.examples.appendingPathComponent("task_gravity.py")
    let lines = try String(contentsOf: script, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count < 90)
  }

  @Test("Summary, settings, vocabulary and levels are those that the process states")
  func saysWhatItsProcessSays() throws {
    let task = try Self.gravity(4)
    #expect(task.id == PluginID("gravity", version: 1) && ExternalTask.id != task.id)
    #expect(task.summary == Gravity.summary)
    #expect(task.settings[Gravity.size] == 4 && task.grid == GridShape(rows: 4, columns: 4))
    #expect(task.levels.map(\.name) == ["light", "heavy"])
    #expect(task.rules.hasPrefix("Every stone falls"))
    #expect(task.legend == [LegendEntry(".", "air"), LegendEntry("#", "a stone")])
    let question = try task.vocabulary.tokens("#..#............")
    let answer = try task.vocabulary.tokens("............#..#")
    let example = Example(question: question, answer: answer)
    #expect(try task.verify(answer, for: example).isSolved)
    #expect(try task.solve(question) == .unique(answer))
    let hanging = try task.verify(question, for: example)
    #expect(hanging.problem == "a stone hangs in the air" && hanging.wrongCells == [0, 3])
    #expect(hanging.findings.map(\.name) == ["kept", "fallen"])
    #expect(try !task.verify([], for: example).isSolved)
    #expect(try !task.verify(Array(repeating: 9, count: 16), for: example).isSolved)
    let drawing = task.draw(question, answer: nil)
    #expect(drawing.cells[0] == Drawing.Cell("●", .wall))
  }

  /// Two processes, asked in another order and by several threads, make the same puzzles.
  @Test("External puzzles depend on their random stream alone")
  func itemsDependOnTheirStreamAlone() throws {
    let key = RandomKey(seed: 11, "items")
    let (a, b) = (try Self.gravity(5), try Self.gravity(5))
    let request = GenerationRequest(rating: 0...8)
    @Sendable func item(_ task: ExternalTask, _ index: Int) throws -> Example {
      var random = RandomStream(key: key, stream: UInt64(index))
      return try task.generate(request, using: &random)
    }
    let first = try (0..<40).map { try item(a, $0) }
    #expect(Set(first).count > 30)
    #expect(first.allSatisfy { (0...8).contains($0.rating ?? -1) })
    let second = Mutex([Example?](repeating: nil, count: 40))
    DispatchQueue.concurrentPerform(iterations: 40) { index in
      let example = try? item(b, 39 - index)
      second.withLock { $0[39 - index] = example }
    }
    #expect(second.withLock { $0 } == first)
  }

  @Test("A request that the process cannot meet is an error")
  func aRequestThatCannotBeMetIsAnError() throws {
    let task = try Self.gravity(2)
    var random = RandomStream(seed: 1, "items")
    let error = #expect(throws: GymError.self) {
      try task.generate(GenerationRequest(rating: 100...200), using: &random)
    }
    #expect(error?.what.contains("no puzzle of rating 100.0 to 200.0") == true)
    #expect(throws: GymError.self) {
      try ExternalTask(command: Python.example("task_gravity.py")) { try $0.set("size", to: "1") }
    }
  }

  /// A task's process that replies to requests with `deed`, which may use `request`.
  private static func script(
    _ deed: String, hello: String = "'id': 'odd@1', 'summary': 'odd'",
    shape: String = "'vocabulary': '_ab', 'rows': 1, 'columns': 2"
  ) -> String {
    """
    import json, os, random, sys
    def say(**fields): print(json.dumps(fields))
    sys.stdin.readline()
    say(protocol='reasongym-task', version=1, **{\(hello)})
    for line in sys.stdin:
        request = json.loads(line)
        i = request['id']
        if request['do'] == 'make': say(id=i, **{\(shape)})
        else: \(deed)
    """
  }

  @Test(
    "An invalid puzzle of the process is an error",
    arguments: [
      ("say(id=i, question='ab', answer='abb')", "gives the answer abb"),
      ("say(id=i, question='az', answer='ab')", "gives the question az"),
      ("say(id=i, answer='ab')", "gives the question"),
      ("say(id=i, question='ab', answer='ab', rating='hard')", "a rating that is a string"),
      ("say(id=i, question='ab', answer='ab', rating=random.random())", "two ways"),
      ("say(id=i + 5, question='ab', answer='ab')", "replied to another request: id "),
      ("sys.exit('no more')", "ended with exit code 1: no more"),
      ("print('oops')", "not JSON: \"oops\""),
      ("say(id=i, error='out of puzzles')", "the process says: out of puzzles"),
      ("say(id=i, error={'code': 7}, question='ab', answer='ab')", "the process says: {"),
    ]) func aPuzzleIsRightOrAnError(_ deed: String, _ reason: String) throws
  {
    try Python.running(Self.script(deed)) { command in
      let task = try ExternalTask(command: command)
      var random = RandomStream(seed: 1, "items")
      let error = #expect(throws: GymError.self) {
        try task.generate(GenerationRequest(), using: &random)
      }
      #expect(error?.what.contains(reason) == true, "\(error?.description ?? "")")
      #expect(error?.location?.hasPrefix("exec:") == true)
    }
  }

  @Test("A crashed process gives no verdict and no solution, but an error")
  func aCrashedProcessIsAnErrorAndNoVerdict() throws {
    try Python.running(Self.script("sys.exit(4)")) { command in
      let task = try ExternalTask(command: command)
      let example = Example(question: [1, 2], answer: [1, 2])
      let error = #expect(throws: GymError.self) { try task.verify([1, 2], for: example) }
      #expect(error?.what.contains("exit code 4") == true && error?.isFault == true)
      // A file's puzzles are not left out as invalid because the process crashed.
      #expect(throws: GymError.self) {
        try ReadingLog(skipsInvalid: true).valid { try task.verify([1, 2], for: example) }
      }
    }
  }

  /// One that dies now and then is restarted, without any effect on the results.
  @Test("A process that dies once is restarted without an effect on the results")
  func aProcessThatDiesOnceIsAskedAgain() throws {
    let deed = """
      (open(sys.argv[0] + '.died', 'x').close() or os._exit(9)) \
      if not os.path.exists(sys.argv[0] + '.died') else say(id=i, question='ab', answer='ba')
      """
    try Python.running(Self.script(deed)) { command in
      let task = try ExternalTask(command: command)
      var random = RandomStream(seed: 1, "items")
      let example = try task.generate(GenerationRequest(), using: &random)
      #expect(task.vocabulary.text(example.answer) == "ba")
    }
  }

  @Test("Settings of every kind are declared and set")
  func settingsAreOfEveryKind() throws {
    let hello = """
      'id': 'odd@1', 'summary': 'odd', 'several': True, 'settings': [
        {'name': 'n', 'kind': 'integer', 'default': 3, 'least': 1, 'most': 9, 'summary': 'count'},
        {'name': 'x', 'kind': 'number', 'default': 0.5, 'least': 0, 'most': 1},
        {'name': 'f', 'kind': 'flag', 'default': False},
        {'name': 'c', 'kind': 'choice', 'default': 'red', 'names': ['red', 'blue']}]
      """.split(separator: "\n").joined()
    let shape = "'vocabulary': '_' + request['settings']['c'], 'rows': 1, 'columns': 1"
    try Python.running(Self.script("pass", hello: hello, shape: shape)) { command in
      let task = try ExternalTask(command: command) {
        try $0.set("c", to: "blue")
        try $0.set("f", to: "true")
      }
      #expect(task.settings.json == ["n": 3, "x": 0.5, "f": true, "c": "blue"])
      #expect(task.vocabulary == Vocabulary("_blue") && task.allowsSeveralAnswers)
      #expect(throws: GymError.self) {
        try ExternalTask(command: command) { try $0.set("c", to: "green") }
      }
    }
  }

  @Test(
    "An invalid task description is an error",
    arguments: [
      ("'id': 'Odd', 'summary': 'odd'", "'vocabulary': '_a', 'rows': 1, 'columns': 1", "\"id\""),
      ("'id': 'odd@1'", "'vocabulary': '_a', 'rows': 1, 'columns': 1", "\"summary\""),
      ("'id': 'odd@1', 'summary': 'odd'", "'vocabulary': '_aa', 'rows': 1, 'columns': 1", "_aa"),
      (
        "'id': 'odd@1', 'summary': 'odd'", "'vocabulary': '_a', 'rows': 9999, 'columns': 99", "grid"
      ),
      (
        "'id': 'odd@1', 'summary': 'o', 'settings': [{'name': 'n', 'kind': 'integer', 'default': 9}]",
        "'vocabulary': '_a', 'rows': 1, 'columns': 1", "the setting"
      ),
      (
        "'id': 'odd@1', 'summary': 'odd'",
        "'vocabulary': '_a', 'rows': 1, 'columns': 1, 'levels': [{'name': 'x', 'least': 2}]",
        "the level"
      ),
      (
        "'id': 'odd@1', 'summary': 'o', 'settings': [{'name': 'c', 'kind': 'choice', "
          + "'default': 'a', 'names': ['a', 1]}]",
        "'vocabulary': '_a', 'rows': 1, 'columns': 1", "the setting"
      ),
      (
        "'id': 'odd@1', 'summary': 'odd'", "'vocabulary': '_a\\n', 'rows': 1, 'columns': 1", "U+A"
      ),
      (
        "'id': 'odd@1', 'summary': 'odd'", "'vocabulary': '_\\u200b', 'rows': 1, 'columns': 1",
        "U+200B"
      ),
      ("'id': 'odd@1', 'summary': 'odd'", "'error': 'not today'", "not today"),
      ("'id': 'odd@1', 'summary': 'odd'", "'error': ['not today']", "not today"),
    ]) func aTaskThatIsNoneIsAnError(_ hello: String, _ shape: String, _ reason: String) throws
  {
    try Python.running(Self.script("pass", hello: hello, shape: shape)) { command in
      let error = #expect(throws: GymError.self) { try ExternalTask(command: command) }
      #expect(error?.what.contains(reason) == true, "\(error?.description ?? "")")
    }
  }

  /// As Python writes whatever is `None`.
  @Test("A field that may be missing may also be null")
  func optionalFieldsMayBeNull() throws {
    let hello = """
      'id': 'odd@1', 'summary': 'odd', 'settings': None, 'findings': None, 'several': None, \
      'can': None
      """
    let shape = """
      'vocabulary': '_ab', 'rows': 1, 'columns': 2, 'levels': None, 'rules': None, 'legend': None, \
      'error': None
      """
    let deed = """
      say(id=i, question='ab', answer='ba', rating=None, source=None, solved=False, problem=None, \
      cells=None, findings=None, error=None)
      """
    try Python.running(Self.script(deed, hello: hello, shape: shape)) { command in
      let task = try ExternalTask(command: command)
      #expect(task.levels.isEmpty && task.rules == "odd" && !task.allowsSeveralAnswers)
      var random = RandomStream(seed: 1, "items")
      let example = try task.generate(GenerationRequest(), using: &random)
      #expect(task.vocabulary.text(example.answer) == "ba" && example.rating == nil)
      #expect(try task.verify([1, 1], for: example) == .failed("the answer is wrong"))
    }
  }

  @Test(
    "Wrong cells that are none are an error", arguments: ["[2]", "[-1]", "['a']", "[[0, 1]]", "1"])
  func cellsThatAreNoneAreAnError(_ cells: String) throws {
    try Python.running(Self.script("say(id=i, solved=False, cells=\(cells))")) { command in
      let error = #expect(throws: GymError.self) {
        try ExternalTask(command: command)
          .verify([1, 2], for: Example(question: [1, 2], answer: [1, 2]))
      }
      #expect(error?.what.hasPrefix("the process gives the wrong cells as ") == true)
      #expect(error?.isFault == true && error?.expected?.contains("from 0 to 1") == true)
    }
  }

  /// `dataset convert` writes them, and the hub's folders consist of them.
  @Test("A process's puzzles are read from JSON lines")
  func jsonLinesAreRead() throws {
    let scratch = try TemporaryFolder()
    let file = scratch["puzzles.jsonl"]
    try Data(##"{"question": "#...", "answer": "..#.", "rating": 2}"##.utf8).write(to: file)
    var examples: [Example] = []
    let task = try Self.gravity(2)
    try task.readPuzzles(from: PuzzleSource(file)) { examples += $0.examples }
    #expect(examples.map { task.vocabulary.text($0.answer) } == ["..#."])
    #expect(examples.first?.rating == 2)
  }

  @Test("A process that makes another task after a restart is never accepted")
  func anotherTaskIsRefused() throws {
    let scratch = try TemporaryFolder()
    let script = scratch["task.sh"]
    try Data(
      """
      echo x >> "$1"; v='_.#'; [ $(wc -l < "$1") -gt 1 ] && v='_.#x'
      read h; echo '{"protocol":"reasongym-task","version":1,"id":"odd@1","summary":"odd"}'
      read m; echo '{"id":0,"vocabulary":"'$v'","rows":1,"columns":1}'
      read q; exit 1
      """.utf8
    ).write(to: script)
    let task = try ExternalTask(command: "sh '\(script.path)' '\(scratch["starts"].path)'")
    var random = RandomStream(key: RandomKey(seed: 1, "x"), stream: 0)
    let error = #expect(throws: (any Error).self) {
      try task.generate(GenerationRequest(), using: &random)
    }
    #expect("\(try #require(error))".contains("same task"))
  }

  @Test("A cell that a process names twice is one wrong cell")
  func repeatedCellsCountOnce() throws {
    let scratch = try TemporaryFolder()
    let script = scratch["task.sh"]
    try Data(
      """
      read h; echo '{"protocol":"reasongym-task","version":1,"id":"odd@1","summary":"odd"}'
      read m; echo '{"id":0,"vocabulary":"_.","rows":1,"columns":2}'
      for i in 1 2; do read q; echo '{"id":'$i',"solved":false,"cells":[1,1,0,1]}'; done
      """.utf8
    ).write(to: script)
    let verdict = try ExternalTask(command: "sh '\(script.path)'")
      .verify([1, 1], for: Example(question: [1, 1], answer: [1, 1]))
    #expect(verdict.wrongCells == [0, 1])
  }
}
