import Gym
import GymJSON
import GymRandomness

/// A task in an external process, which generates, judges and draws puzzles via JSON lines.
///
/// The gym writes to the process's standard input, and the process replies on its standard output,
/// one JSON object per line. `Examples/README.md` documents every field.
///
/// ```
/// → {"protocol":"reasongym-task","version":1}
/// ← {"protocol":"reasongym-task","version":1,"id":"gravity@1","summary":"let the stones fall",
///    "settings":[{"name":"size","kind":"integer","default":5,"least":2,"most":16}],
///    "findings":["kept"],"can":["solve","draw"]}
/// → {"id":0,"do":"make","settings":{"size":5}}
/// ← {"id":0,"vocabulary":"_.#","rows":5,"columns":5,
///    "levels":[{"name":"light","least":0,"most":8}],"rules":"Stones fall …",
///    "legend":[{"symbols":"#","meaning":"a stone"},…]}
/// → {"id":1,"do":"generate","seed":8646911284551352,"rating":[0.0,8.0]}
/// ← {"id":1,"question":"#....","answer":"….#","rating":3}
/// → {"id":2,"do":"verify","question":"#....","answer":"….#","expected":"….#"}
/// ← {"id":2,"solved":true,"problem":null,"cells":[],"findings":{"kept":true}}
/// ```
/// Every reply must depend only on the request and the settings. The first puzzle and every eighth
/// one after it are requested twice. Anything that goes wrong is an error, never a puzzle
/// or a verdict.
public struct ExternalTask: Task, SelfNamedTask {
  public static let id = PluginID("external-task", version: 1)
  public static let summary = "A task that is a process, in any language."
  public static let settings: [Setting] = []

  public let id: PluginID
  public let summary: String
  public let rules: String
  public let legend: [LegendEntry]
  public let settings: Settings
  public let vocabulary: Vocabulary
  public let grid: GridShape
  public let levels: [DifficultyLevel]
  public let allowsSeveralAnswers: Bool
  let findings: [String]
  let abilities: Set<String>
  let process: TaskProcess

  /// Starts a task's process.
  ///
  /// - Parameters:
  ///   - command: the shell command, such as `python3 my_task.py`.
  ///   - seconds: the time limit per reply.
  ///   - set: changes settings from the defaults that the process declares.
  /// - Throws: a `GymError` if it does not start or does not speak the protocol.
  public init(
    command: String, seconds: Double = 60, settings set: (inout Settings) throws -> Void = { _ in }
  ) throws {
    var limits = ProcessLimits()
    limits.seconds = seconds
    limits.restarts = 3
    let (process, greeting, settings, shape) = try TaskProcess.start(command, limits: limits) {
      var settings = Settings($0.settings)
      try set(&settings)
      return settings
    }
    self.process = process
    self.settings = settings
    id = greeting.id
    summary = greeting.summary
    allowsSeveralAnswers = greeting.allowsSeveralAnswers
    findings = greeting.findings
    abilities = greeting.abilities
    vocabulary = shape.vocabulary
    grid = shape.grid
    levels = shape.levels
    rules = shape.rules ?? greeting.summary
    legend = shape.legend
  }

  /// Always throws: an external task is made from a command.
  public init(settings: Settings) throws {
    throw GymError(
      "an external task has no command", expected: "\(ExternalCommand.prefix)COMMAND as its name",
      remedy: "Such as \"exec:python3 my_task.py\"")
  }

  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    // Integers of 53 bits are exact in every language.
    let seed = random.next() >> 11
    let rating = request.rating.map { rating -> JSON in
      let most = Double.greatestFiniteMagnitude
      return [.number(max(rating.lowerBound, -most)), .number(min(rating.upperBound, most))]
    }
    let reply = try process.ask(
      "generate", ["seed": JSON(seed), "rating": rating ?? .null], twice: seed % 8 == 0)
    let rated = reply["rating"] ?? .null
    guard rated.isNull || rated.number != nil else {
      throw error("generates a rating that is \(rated.kind)", "a number, or null")
    }
    return Example(
      question: try tokens("question", of: reply), answer: try tokens("answer", of: reply),
      rating: rated.number, source: Excerpt.of(reply["source"]?.string ?? "", limit: 60))
  }

  /// The tokens of a text in a reply.
  func tokens(_ name: String, of reply: JSON) throws -> [UInt8] {
    let text = reply[name]?.string ?? ""
    let tokens = try? vocabulary.tokens(text)
    guard let tokens, tokens.count == grid.cells else {
      throw error(
        "gives the \(name) \(Excerpt.of(text, limit: 60))",
        "\(grid.cells) characters of \(Excerpt.of(String(vocabulary.characters)))")
    }
    return tokens
  }

  func error(_ what: String, _ expected: String) -> GymError {
    GymError(
      "the process \(what)", at: "\(ExternalCommand.prefix)\(process.command)", expected: expected,
      isFault: true)
  }
}

extension ExternalTask {
  public func verify(_ answer: [UInt8], for example: Example) throws -> Verdict {
    let none = findings.map { Verdict.Finding($0, false) }
    guard answer.count == grid.cells, answer.allSatisfy(vocabulary.contains) else {
      return .failed(
        "the answer is not \(grid.cells) tokens of the vocabulary", findings: none)
    }
    return try verdict(
      process.ask(
        "verify",
        [
          "question": .string(vocabulary.text(example.question)),
          "answer": .string(vocabulary.text(answer)),
          "expected": .string(vocabulary.text(example.answer)),
        ]))
  }

  private func verdict(_ reply: JSON) throws -> Verdict {
    guard let solved = reply["solved"]?.bool else {
      throw error("gives a verdict without \"solved\"", "true or false")
    }
    let found = try findings.map { name in
      guard let holds = reply["findings"]?[name]?.bool else {
        throw error("gives a verdict without the finding \"\(name)\"", "true or false")
      }
      return Verdict.Finding(name, holds)
    }
    let named = (reply.optional("cells") ?? []).array
    let cells = Set(named?.compactMap(\.integer).filter((0..<grid.cells).contains) ?? [])
    guard let named, named.allSatisfy({ $0.integer.map(cells.contains) == true }) else {
      throw error(
        "gives the wrong cells as \(Excerpt.of((reply["cells"] ?? .null).description, limit: 60))",
        "a list of cells, numbered row by row from 0 to \(grid.cells - 1)")
    }
    let problem = Excerpt.of(reply["problem"]?.string ?? "the answer is wrong")
    return solved ? .solved(found) : .failed(problem, cells: cells.sorted(), findings: found)
  }
}

extension ExternalTask: RatedTask, SolvableTask, DrawnTask {
  /// Nil: the process rates the puzzles that it generates, and no others.
  public func rating(of question: [UInt8]) -> Double? { nil }

  /// The process's solution; `.unsupported` if it did not say that it can solve.
  public func solve(_ question: [UInt8]) throws -> Solution {
    guard abilities.contains("solve") else { return .unsupported }
    guard question.count == grid.cells, question.allSatisfy(vocabulary.contains) else {
      return .invalid("it is not \(grid.cells) tokens of the vocabulary")
    }
    let reply = try process.ask("solve", ["question": .string(vocabulary.text(question))])
    switch reply["solution"]?.string {
    case "unique": return .unique(try tokens("answer", of: reply))
    case "several": return .several(try tokens("answer", of: reply))
    case "none": return .none
    case "invalid": return .invalid(Excerpt.of(reply["problem"]?.string ?? "it says no more"))
    default: throw error("gives no solution", "unique, several, none or invalid")
    }
  }

  /// The process's picture; a plain one if it draws none or an invalid one.
  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let plain = Drawing(question, answer: answer, vocabulary: vocabulary, grid: grid)
    guard abilities.contains("draw"), question.count == grid.cells,
      answer?.count ?? grid.cells == grid.cells,
      let reply = try? process.ask(
        "draw",
        [
          "question": .string(vocabulary.text(question)),
          "answer": answer.map { .string(vocabulary.text($0)) } ?? .null,
        ]),
      let texts = reply["texts"]?.array?.compactMap(\.string), texts.count == grid.cells
    else { return plain }
    let roles = (reply["roles"]?.array ?? []).map { Drawing.Role(named: $0.string ?? "") }
    var drawing = plain
    for index in drawing.cells.indices {
      drawing.cells[index].text = Excerpt.of(texts[index], limit: 4)
      if index < roles.count, let role = roles[index] { drawing.cells[index].role = role }
    }
    return drawing
  }
}
