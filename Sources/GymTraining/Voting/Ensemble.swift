import Gym
import GymEvaluation

/// An ensemble: agents that answer the same questions, each for several symmetric copies.
package struct Ensemble {
  private let task: any Task
  let agents: [any Agent]
  private let copies: [Symmetry]
  private let voting: VotingOptions

  /// - Precondition: there is an agent.
  /// - Throws: a `GymError` if the task does not have enough symmetries.
  package init(_ agents: [any Agent], of task: any Task, voting: VotingOptions) throws {
    precondition(!agents.isEmpty)
    self.task = task
    self.agents = agents
    self.voting = voting
    copies = try task.symmetricCopies(voting.copies, at: voting.flag)
  }

  /// Whether each question has a single voter, whose answer is final.
  private var isSingle: Bool { agents.count == 1 && copies.count == 1 }

  /// Every voter's answer to every question that still needs it, mapped back.
  ///
  /// - Parameters:
  ///   - indices: the number of each question among all puzzles.
  ///   - journal: returns earlier answers, and keeps new ones.
  ///   - pass: which of several passes over the puzzles this is.
  ///   - goesOn: called between voters; returns false to stop.
  package func votes(
    on questions: QuestionBatch, _ indices: [Int], options: SolveOptions,
    journal: AnswerJournal? = nil, pass: String = "", goesOn: () -> Bool = { true }
  ) throws -> EnsembleVotes {
    var votes = EnsembleVotes(questions: questions, indices: indices)
    var open = Array(0..<questions.count)
    for (number, copy) in copies.enumerated() {
      let back = copy.inverse
      for (place, agent) in agents.enumerated() where !open.isEmpty {
        if !votes.predictions.isEmpty, !goesOn() { return votes.without(open) }
        let part = questions.part(open)
        let asked = isSingle ? part : part.transformed(by: copy, of: task)
        var predictions: [Prediction?]
        var isStopped = false
        do {
          if let journal {
            let voter = isSingle ? pass : "\(pass) copy \(number) agent \(place)"
            let kept = try journal.predictions(
              on: asked, open.map { indices[$0] }, pass: voter, of: agent, options: options)
            predictions = kept.predictions
            votes.extraSeconds += kept.extraSeconds
          } else {
            predictions = try agent.predictions(on: asked, options: options)
          }
        } catch let stop as StoppedSolving {
          (predictions, isStopped) = (stop.predictions, true)
        }
        if !isSingle {
          for index in predictions.indices { mapBack(&predictions[index], by: back) }
        }
        votes.add(predictions, to: open)
        let isLast = number == copies.count - 1 && place == agents.count - 1
        open = zip(open, predictions).compactMap { question, prediction in
          let isFinal = prediction.map { isLast || voting.isEnough($0) } ?? false
          return isFinal ? nil : question
        }
        if isStopped { return votes.without(open) }
      }
    }
    return votes
  }

  /// One prediction per question, from the voters for the first `copies` copies.
  package func winners(_ votes: EnsembleVotes, copies: Int? = nil) throws -> [Prediction] {
    let voters = votes.predictions.prefix((copies ?? self.copies.count) * agents.count)
    return try votes.indices.indices.map { index in
      let given = voters.compactMap { $0[index] }
      if given.count == 1 { return given[0] }
      if let enough = given.firstIndex(where: voting.isEnough) {
        return combined(given[enough], of: given[...enough])
      }
      return try majority(of: given[...], question: Array(votes.questions.question(index)))
    }
  }

  /// The votes on one question, for a task that takes more than the winner. A sure answer gets as
  /// many as all voters together have, so that it is also the first of the ranking.
  func ballots(_ votes: EnsembleVotes, on question: Int) -> [Prediction] {
    let given = votes.predictions.compactMap { $0[question] }
    guard let sure = given.last, voting.isEnough(sure) else { return given }
    return given + Array(repeating: sure, count: copies.count * agents.count - 1)
  }

  /// The answer of most voters to one question, with the mean confidence of those who gave it.
  private func majority(
    of voters: ArraySlice<Prediction>, question: [UInt8]
  ) throws -> Prediction {
    var vote = MajorityVote<[UInt8]>()
    for voter in voters {
      guard let answer = voter.answer else { continue }
      try vote.add(answer, confidence: voter.confidence) {
        try voting.usesRules
          && task.verify($0, for: Example(question: question, answer: [])).isSolved
      }
    }
    let winner = vote.winner
    return combined(
      Prediction(
        answer: winner?.answer, confidence: winner?.confidence,
        thoughts: voters.first { $0.answer == winner?.answer }?.thoughts ?? [],
        failure: winner == nil ? voters.lazy.compactMap(\.failure).first ?? "no answer" : nil),
      of: voters)
  }

  /// The winning prediction with the most segments that a voter used, and the cost of all.
  private func combined(_ winner: Prediction, of voters: ArraySlice<Prediction>) -> Prediction {
    Prediction(
      answer: winner.answer, confidence: winner.confidence,
      segments: voters.reduce(0) { max($0, $1.segments) }, thoughts: winner.thoughts,
      failure: winner.failure,
      cost: voters.reduce(ComputeCost()) { $0 + $1.cost.bounded })
  }

  private func mapBack(_ prediction: inout Prediction?, by symmetry: Symmetry) {
    if let thoughts = prediction?.thoughts.filter({ $0.count == task.grid.cells }) {
      prediction?.thoughts = thoughts.map { task.transform($0, by: symmetry) }
    }
    guard let answer = prediction?.answer else { return }
    guard answer.count == task.grid.cells else {
      prediction?.answer = nil
      prediction?.failure = "the answer has \(answer.count) cells instead of \(task.grid.cells)"
      return
    }
    prediction?.answer = task.transform(answer, by: symmetry)
  }
}

extension QuestionBatch {
  /// The questions transformed by a symmetry.
  fileprivate func transformed(by symmetry: Symmetry, of task: any Task) -> QuestionBatch {
    let moved = task.transformation
    return QuestionBatch(
      cells: cells,
      questions: (0..<count).flatMap { moved(Array(question($0)), symmetry) },
      identifiers: identifiers,
      demonstrations: demonstrations.map { $0.map { task.transform($0, by: symmetry) } })
  }
}
