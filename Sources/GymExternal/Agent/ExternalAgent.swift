import Gym
import GymJSON

/// An agent in an external process: any program that reads and writes JSON lines.
///
/// The gym writes to the process's standard input, and the process answers on its standard output.
/// Its standard error is for people to read; its last line is part of the message if the process
/// fails. Each message is one JSON object on one line. `Examples/README.md` documents every field.
///
/// ```
/// → {"protocol":"reasongym-agent","version":1,"versions":[1,2,3],"task":"sudoku-extreme@1",
///    "summary":"…","settings":{"size":9,…},"rules":"…","legend":[…],"vocabulary":"_.123456789",
///    "rows":9,"columns":9,"regions":[0,0,0,1,…],"identifiers":1,"batch":64,"seconds":10.0,"seed":1}
/// ← {"protocol":"reasongym-agent","version":2,"name":"backtracking","batch":8}
/// → {"do":"solve","questions":[{"id":0,"question":"53..7…","identifier":0},…],"seconds":10.0,
///    "segments":null,"minimum-segments":1,"halts":false,"thoughts":false}
/// (a question of ARC also has "demonstrations":[{"question":"…","answer":"…"},…])
/// ← {"id":0,"answer":"534678…","confidence":0.9,"thoughts":["5346…"],"tokens":120}
/// ← {"id":1,"answer":null,"failure":"no solution found"}
/// ```
/// A process that dies, hangs, floods its output or writes invalid messages loses answers but never
/// ends the run. An invalid answer to an id loses that puzzle. Any other violation of the protocol
/// ends the process, which is restarted, and the puzzles of the batch that have no answer yet are
/// asked again, one by one. A batch has a common time limit (`seconds` for each of its puzzles),
/// which is not granted twice. The first answer to an id counts; later ones are ignored.
public final class ExternalAgent: Agent {
  public static let id = PluginID("external", version: 1)
  public static let summary = "A process that speaks JSON lines, in any language."

  /// The name that the process gives itself; `external` if it gives none.
  public let name: String
  /// Whether it says that it uses the demonstrations of puzzles that have them. Protocol 1 has no
  /// demonstrations, and a process of version 2 may say that it cannot use them.
  public let usesDemonstrations: Bool
  /// Whether it says that it was given the task's rules, as a solver is.
  public let usesRules: Bool
  private let description: TaskDescription
  private let context: AgentContext
  let session: ProcessSession
  /// Whether it says that it learns; see `ExternalLearner`.
  public let learns: Bool
  /// The number of parameters that it claims to have; 0 if it claims none.
  public let parameterCount: Int
  /// The number of puzzles per request: the smaller of what both sides want.
  private let batch: Int
  private let refusesDemonstrations: Bool

  /// Starts a process and sends it the greeting.
  ///
  /// - Parameter command: the shell command, such as `python3 my_agent.py`.
  /// - Throws: a `GymError` if it does not start or does not speak the protocol.
  public init(
    command: String, task: TaskDescription, settings: Settings, context: AgentContext
  ) throws {
    guard context.grid.cells == task.grid.cells, context.vocabularyCount == task.vocabulary.count
    else {
      throw GymError(
        "the context has \(context.grid) cells and \(context.vocabularyCount) tokens",
        expected: "\(task.grid) and \(task.vocabulary.count), as \(task.id) has")
    }
    try task.vocabulary.checkIsPlain()
    let most = settings[Self.batch]
    let limits = ProcessLimits(settings)
    let greeting: JSONObject = [
      "task": .string(task.id.description), "summary": .string(task.summary),
      "rules": .string(task.rules), "legend": task.legend.json,
      "regions": task.regions.map { .array($0.map { JSON($0) }) } ?? .null,
      "settings": task.settings, "vocabulary": .string(String(task.vocabulary.characters)),
      "rows": JSON(task.grid.rows), "columns": JSON(task.grid.columns),
      "identifiers": JSON(context.puzzleIdentifiers), "batch": JSON(most),
      "seconds": .number(limits.seconds), "seed": JSON(context.seed),
    ]
    do {
      session = try ProcessSession(
        command: command, dialect: "reasongym-agent", versions: 1...3, greeting: greeting,
        limits: limits)
    } catch {
      throw GymError(
        "the process \(error.reason)", at: "\(ExternalCommand.prefix)\(command)",
        remedy: "Examples/README.md shows what an agent says and hears")
    }
    let reply = session.reply
    let given = Excerpt.name(reply["name"]?.string ?? "", limit: 60)
    name = given.isEmpty ? Self.id.name : given
    batch = min(most, max(1, reply["batch"]?.integer ?? 1))
    func flag(_ name: String) throws -> Bool? {
      let claim = reply[name] ?? .null
      guard claim.isNull || claim.bool != nil else {
        throw GymError(
          "the process greets with \"\(name)\" as \(Excerpt.of(claim.description, limit: 60))",
          at: "\(ExternalCommand.prefix)\(command)", expected: "true or false")
      }
      return claim.bool
    }
    let version = reply["version"]?.integer ?? 1
    let uses = try flag("demonstrations")
    refusesDemonstrations = uses == false
    usesDemonstrations = uses ?? (version > 1)
    usesRules = try flag("uses-rules") == true
    learns = try flag("learns") == true && version > 2
    parameterCount = min(max(reply["parameters"]?.integer ?? 0, 0), 1 << 53)
    description = task
    self.context = context
  }

  /// Always throws: an external agent is made from a command.
  public convenience init(settings: Settings, context: AgentContext) throws {
    throw GymError(
      "an external agent has no command", expected: "\(ExternalCommand.prefix)COMMAND as its name",
      remedy: "Such as --agent \"exec:python3 my_agent.py\"")
  }

  /// True for protocol 1 too: a process ignores fields that it does not know.
  public var readsDemonstrations: Bool { !refusesDemonstrations }

  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    guard questions.cells == context.grid.cells,
      questions.questions.allSatisfy(description.vocabulary.contains),
      questions.demonstrations.joined().allSatisfy({
        ($0.question + $0.answer).allSatisfy(description.vocabulary.contains)
      })
    else {
      throw GymError(
        "the questions do not fit \(description.id)",
        expected: "\(context.grid.cells) cells of \(context.vocabularyCount) tokens")
    }
    var pending = PendingQuestions(questions: questions, options: options)
    session.stop = options.stop
    for start in stride(from: 0, to: questions.count, by: batch) {
      let again = ask(Array(start..<min(start + batch, questions.count)), &pending)
      for index in again { _ = ask([index], &pending) }
    }
    if pending.isStopped { throw StoppedSolving(pending.settled) }
    return pending.predictions
  }
}

extension ExternalAgent {
  /// Questions, and the answers so far.
  private struct PendingQuestions {
    let questions: QuestionBatch
    let options: SolveOptions
    var predictions: [Prediction]
    /// The questions that were left open because a stop was requested.
    var unasked: Set<Int> = []

    var isStopped: Bool { !unasked.isEmpty }
    var settled: [Prediction?] {
      predictions.enumerated().map { unasked.contains($0.offset) ? nil : $0.element }
    }

    init(questions: QuestionBatch, options: SolveOptions) {
      self.questions = questions
      self.options = options
      predictions = Array(
        repeating: Prediction(
          answer: nil, failure: "it was not asked", cost: ComputeCost(passes: 1)),
        count: questions.count)
    }
  }

  /// Asks several questions at once.
  ///
  /// - Returns: those to ask again, one by one.
  private func ask(_ indices: [Int], _ pending: inout PendingQuestions) -> [Int] {
    if let stop = pending.options.stop, stop.isRequested {
      pending.unasked.formUnion(indices)
      return []
    }
    let first = session.nextID
    session.nextID += indices.count
    var open = Dictionary(
      uniqueKeysWithValues: indices.enumerated().map { (first + $0.offset, $0.element) })
    do throws(ProcessFault) {
      try session.send(request(indices, firstID: first, pending))
      let deadline = ContinuousClock.now + .seconds(session.limits.seconds * Double(indices.count))
      while !open.isEmpty {
        let line = try session.next(until: deadline)
        guard let id = line["id"]?.integer, (0..<session.nextID).contains(id) else {
          throw ProcessFault(
            "answered a question that was not asked: id "
              + Excerpt.of((line["id"] ?? .null).description, limit: 40))
        }
        // A late or repeated answer: its question is settled.
        guard let index = open.removeValue(forKey: id) else { continue }
        pending.predictions[index] = prediction(from: line, pending.options)
        if pending.predictions[index].answer != nil { session.succeed() }
      }
      return []
    } catch {
      session.fail(error)
      if error.kind == .stopped {
        pending.unasked.formUnion(open.values)
        return []
      }
      let reason =
        error.kind == .silent
        ? "gave no answer within \(session.limits.seconds) s" : error.reason
      for index in open.values { pending.predictions[index].failure = "the process \(reason)" }
      return error.kind == .broken && indices.count > 1 ? open.values.sorted() : []
    }
  }

  private func request(_ indices: [Int], firstID: Int, _ pending: PendingQuestions) -> JSON {
    let options = pending.options
    return [
      "do": "solve",
      "questions": .array(
        indices.enumerated().map { question($1, id: firstID + $0, of: pending.questions) }),
      "seconds": .number(session.limits.seconds),
      "segments": options.segments.map { JSON($0) } ?? .null,
      "minimum-segments": JSON(options.minimumSegments),
      "halts": .bool(options.halts), "thoughts": .bool(options.keepsThoughts),
    ]
  }

  /// A question with its demonstrations.
  private func question(_ index: Int, id: Int, of questions: QuestionBatch) -> JSON {
    func text(_ tokens: [UInt8]) -> String { description.vocabulary.text(tokens) }
    var question: JSONObject = [
      "id": JSON(id), "question": .string(text(Array(questions.question(index)))),
      "identifier": JSON(questions.identifiers[index]),
    ]
    if !refusesDemonstrations, let shown = questions.demonstrations.dropFirst(index).first,
      !shown.isEmpty
    {
      question["demonstrations"] = .array(
        shown.map { ["question": .string(text($0.question)), "answer": .string(text($0.answer))] })
    }
    return .object(question)
  }

  /// The prediction from a line with a known id; if the line is invalid, one that says why.
  private func prediction(from line: JSON, _ options: SolveOptions) -> Prediction {
    do {
      return try AnswerLine(line, of: description).prediction(keepsThoughts: options.keepsThoughts)
    } catch {
      return Prediction(
        answer: nil, failure: "the process \(error.reason)", cost: ComputeCost(passes: 1))
    }
  }
}

extension ExternalAgent {
  static let seconds = Setting.number(
    "seconds", "the time for each puzzle", default: 10, in: 0.001...86_400)
  static let startSeconds = Setting.number(
    "start-seconds", "the time from the start to the greeting", default: 60, in: 0.01...86_400)
  static let batch = Setting.integer(
    "batch", "the most puzzles asked at once", default: 64, in: 1...65_536)
  static let restarts = Setting.integer(
    "restarts", "how often in a row it may fail and is started again", default: 20, in: 0...10_000)
  static let lineBytes = Setting.integer(
    "line-bytes", "the longest line", default: 1 << 20, in: 256...(1 << 30))
  static let requestBytes = Setting.integer(
    "request-bytes", "the most output for a request", default: 16 << 20, in: 256...(1 << 30))
  public static let settings = Setting.list(
    seconds, startSeconds, batch, restarts, lineBytes, requestBytes)
}

extension ProcessLimits {
  /// The limits from an external agent's settings.
  init(_ settings: Settings) {
    seconds = settings[ExternalAgent.seconds]
    startSeconds = settings[ExternalAgent.startSeconds]
    lineBytes = settings[ExternalAgent.lineBytes]
    requestBytes = settings[ExternalAgent.requestBytes]
    restarts = settings[ExternalAgent.restarts]
  }
}
