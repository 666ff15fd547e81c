import Gym
import GymJSON

/// The answers of agents, kept in a journal as they arrive, and shared out over ranks.
///
/// Each line is an answer, with the pass that it belongs to. Resumed work asks the same questions
/// in the same order and gets the lines back; the agent is asked for the missing ones.
public final class AnswerJournal {
  /// Nil on ranks other than 0, and if nothing is kept.
  private let journal: Journal?
  private let ranks: Ranks
  /// The next line to return.
  private var next: JournalLine?

  /// The answers in a journal that was just opened.
  ///
  /// - Parameters:
  ///   - journal: nil for none; ranks other than 0 have none.
  ///   - ranks: the processes that share the questions, and ask in the same order.
  /// - Throws: an error if its next line is not an answer.
  public init(_ journal: Journal?, ranks: Ranks = .alone) throws {
    (self.journal, self.ranks) = (journal, ranks)
    next = try line()
  }

  /// The answers to questions: those in the journal, and the agent's for the rest.
  ///
  /// - Parameters:
  ///   - indices: the number of each question among all puzzles.
  ///   - pass: which of several passes over the puzzles this is.
  /// - Returns: the predictions, and the seconds to add to the duration of this call: those that
  ///   the kept answers took originally, minus the time for reading and writing the journal now.
  /// - Throws: `StoppedSolving`, whose predictions include the kept ones.
  func predictions(
    on questions: QuestionBatch, _ indices: [Int], pass: String, of agent: any Agent,
    options: SolveOptions
  ) throws -> (predictions: [Prediction], extraSeconds: Double) {
    let clock = ContinuousClock()
    let begun = clock.now
    func elapsed(since start: ContinuousClock.Instant) -> Double {
      (clock.now - start) / .seconds(1)
    }
    var lines: [JournalLine] = []
    while let line = next, line.pass == pass, indices.contains(line.index) {
      lines.append(line)
      next = try self.line()
    }
    lines = try ranks.shared(lines)
    var known = [Prediction?](repeating: nil, count: indices.count)
    for line in lines {
      if let place = indices.firstIndex(of: line.index) { known[place] = line.prediction }
    }
    let seconds = lines.reduce(0) { $0 + $1.seconds }
    let open = known.indices.filter { known[$0] == nil }
    guard !open.isEmpty else {
      return (known.compactMap { $0 }, seconds - elapsed(since: begun))
    }
    if let next, let journal {
      throw GymError(
        "the answers are not in the order in which they are asked for: \(next.pass), puzzle "
          + "\(next.index)", at: journal.url.path, remedy: "Begin anew without --resume")
    }
    let start = clock.now
    var own = 0.0
    func keep(_ answers: [Prediction?]) {
      own = elapsed(since: start)
      let each = own / Double(max(1, answers.count { $0 != nil }))
      for (place, answer) in zip(open, answers) {
        guard let answer else { continue }
        known[place] = answer
        journal?.write(
          JournalLine(pass: pass, index: indices[place], prediction: answer, seconds: each).json)
      }
    }
    do {
      keep(
        try agent.predictions(on: questions.part(open), options: options, sharedBy: ranks))
    } catch let stopped as StoppedSolving {
      keep(stopped.predictions)
      throw StoppedSolving(known)
    }
    return (known.compactMap { $0 }, seconds + own - elapsed(since: begun))
  }

  /// The next line that existed at the beginning.
  private func line() throws -> JournalLine? {
    try journal.flatMap { journal in
      try journal.next().map { try JournalLine($0, at: journal.url.path) }
    }
  }
}

extension Agent {
  /// The predictions of an agent, checked to be one per question.
  func predictions(on questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    let predictions = try solve(questions, options: options)
    guard predictions.count == questions.count else {
      throw GymError(
        "\(Self.id) gave \(predictions.count) predictions", expected: "\(questions.count)")
    }
    return predictions
  }

  /// The same if each rank answers its share of the questions and tells the others.
  ///
  /// - Throws: `StoppedSolving` on every rank if one was stopped.
  func predictions(
    on questions: QuestionBatch, options: SolveOptions, sharedBy ranks: Ranks
  ) throws -> [Prediction] {
    guard ranks.areSeveral else { return try predictions(on: questions, options: options) }
    let share = ranks.share(of: questions.count)
    var own: [Prediction?] = []
    if !share.isEmpty {
      do {
        own = try predictions(on: questions.part(Array(share)), options: options)
      } catch let stopped as StoppedSolving {
        own = stopped.predictions
      }
    }
    let lines = zip(share, own).compactMap { index, prediction in
      prediction.map { JournalLine(pass: "", index: index, prediction: $0, seconds: 0) }
    }
    var all = [Prediction?](repeating: nil, count: questions.count)
    for line in try ranks.gathered(lines) { all[line.index] = line.prediction }
    let given = all.compactMap { $0 }
    guard given.count == all.count else { throw StoppedSolving(all) }
    return given
  }
}

extension Ranks {
  /// Every rank's answers.
  fileprivate func gathered(_ lines: [JournalLine]) throws -> [JournalLine] {
    try gathered(bytes: JSON.array(lines.map(\.json)).bytes()).flatMap(Self.lines)
  }

  /// Rank 0's answers.
  fileprivate func shared(_ lines: [JournalLine]) throws -> [JournalLine] {
    guard areSeveral else { return lines }
    return try Self.lines(shared(bytes: JSON.array(lines.map(\.json)).bytes()))
  }

  private static func lines(_ bytes: [UInt8]) throws -> [JournalLine] {
    try (JSON(parsing: bytes).array ?? []).map { try JournalLine($0, at: "another rank") }
  }
}

extension QuestionBatch {
  /// Some of the questions, in the given order.
  func part(_ places: [Int]) -> QuestionBatch {
    if places.count == count { return self }
    return QuestionBatch(
      cells: cells, questions: places.flatMap { question($0) },
      identifiers: places.map { identifiers[$0] },
      demonstrations: demonstrations.isEmpty ? [] : places.map { demonstrations[$0] })
  }
}

/// One answer of an `AnswerJournal`.
struct JournalLine {
  /// The pass over the puzzles that it belongs to.
  let pass: String
  /// The puzzle's number.
  let index: Int
  let prediction: Prediction
  /// The answer's share of the duration of its batch.
  let seconds: Double

  init(pass: String, index: Int, prediction: Prediction, seconds: Double) {
    self.pass = pass
    self.index = index
    self.prediction = prediction
    self.seconds = seconds
  }

  /// The line; tokens are numbers, since agents may answer tokens outside the vocabulary.
  var json: JSON {
    let cost = prediction.cost
    var line: JSONObject = [
      "pass": .string(pass), "puzzle": JSON(index),
      "answer": prediction.answer.map(Self.tokens) ?? .null,
      "confidence": Self.number(prediction.confidence),
      "segments": JSON(prediction.segments),
      "failure": prediction.failure.map { .string($0) } ?? .null,
      "flops": Self.number(cost.flops), "passes": JSON(cost.passes),
      "tokens": JSON(cost.tokens), "seconds": .number(seconds),
    ]
    if !prediction.thoughts.isEmpty {
      line["thoughts"] = .array(prediction.thoughts.map(Self.tokens))
    }
    return .object(line)
  }

  /// - Throws: a `GymError` if the line does not have the form that `json` writes.
  init(_ json: JSON, at place: String) throws {
    let fields = try JSONFields(json, at: place)
    pass = try fields.string("pass")
    index = try fields.integer("puzzle", in: 0...Int(Int32.max))
    let range = Int.min...Int.max
    prediction = Prediction(
      answer: fields.has("answer") ? try Self.tokens(fields.value("answer"), place) : nil,
      confidence: fields.has("confidence")
        ? try Self.number(fields.value("confidence"), place) : nil,
      segments: try fields.integer("segments", in: range),
      thoughts: fields.has("thoughts")
        ? try (fields.value("thoughts").array ?? []).map { try Self.tokens($0, place) } : [],
      failure: fields.has("failure") ? try fields.string("failure") : nil,
      cost: ComputeCost(
        flops: try Self.number(fields.value("flops"), place),
        passes: try fields.integer("passes", in: range),
        tokens: try fields.integer("tokens", in: range)))
    seconds = try fields.number("seconds", in: 0...1e12)
  }

  private static func tokens(_ tokens: [UInt8]) -> JSON {
    .string(tokens.map(String.init).joined(separator: " "))
  }

  private static func tokens(_ json: JSON, _ place: String) throws -> [UInt8] {
    let parts = (json.string ?? "?").split(separator: " ")
    let tokens = parts.compactMap { UInt8($0) }
    guard tokens.count == parts.count else {
      throw GymError("an answer is \(json.description.prefix(40))", at: place, expected: "tokens")
    }
    return tokens
  }

  /// A number, even if it is not finite, since external agents may return anything.
  private static func number(_ value: Double?) -> JSON {
    guard let value else { return .null }
    return value.isFinite ? .number(value) : .string("\(value)")
  }

  private static func number(_ json: JSON, _ place: String) throws -> Double {
    guard let value = json.number ?? json.string.flatMap({ Double($0) }) else {
      throw GymError("a number is \(json.description.prefix(40))", at: place)
    }
    return value
  }
}
