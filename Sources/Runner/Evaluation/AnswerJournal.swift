import Gym
import JSON

/// The answers of agents, kept in a journal as they arrive.
///
/// Each line is an answer, with the pass that it belongs to. Resumed work asks the same questions
/// in the same order and gets the lines back; the agent is asked for the missing ones.
public final class AnswerJournal {
  private let journal: Journal
  /// The next line to return.
  private var next: JournalLine?

  /// The answers in a journal that was just opened.
  ///
  /// - Throws: an error if its next line is not an answer.
  public init(_ journal: Journal) throws {
    self.journal = journal
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
    var known = [Prediction?](repeating: nil, count: indices.count)
    var seconds = 0.0
    while let line = next, line.pass == pass, let place = indices.firstIndex(of: line.index) {
      known[place] = line.prediction
      seconds += line.seconds
      next = try self.line()
    }
    let open = known.indices.filter { known[$0] == nil }
    guard !open.isEmpty else {
      return (known.compactMap { $0 }, seconds - elapsed(since: begun))
    }
    if let next {
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
        journal.write(
          JournalLine(pass: pass, index: indices[place], prediction: answer, seconds: each).json)
      }
    }
    do {
      keep(try agent.predictions(on: questions.part(open), options: options))
    } catch let stopped as StoppedSolving {
      keep(stopped.predictions)
      throw StoppedSolving(known)
    }
    return (known.compactMap { $0 }, seconds + own - elapsed(since: begun))
  }

  /// The next line that existed at the beginning.
  private func line() throws -> JournalLine? {
    try journal.next().map { try JournalLine($0, at: journal.url.path) }
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
}

extension QuestionBatch {
  /// Some of the questions, in the given order.
  func part(_ places: [Int]) -> QuestionBatch {
    if places.count == count { return self }
    return QuestionBatch(
      cells: cells, questions: places.flatMap { question($0) },
      identifiers: places.map { identifiers[$0] })
  }
}
