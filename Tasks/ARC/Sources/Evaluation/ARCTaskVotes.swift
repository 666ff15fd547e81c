/// One task of a split: its questions in order, and the answers of its variants.
struct ARCTaskVotes {
  let name: String
  private(set) var tests: [ARCTest] = []
  private var election = ARCElection()

  init(name: String) {
    self.name = name
  }

  /// Whether a question, transformed back, is the task's question at a position; the first question
  /// seen for a position defines it.
  mutating func holds(_ test: ARCTest, at position: Int) -> Bool {
    if position == tests.count { tests.append(test) }
    return tests.indices.contains(position) && tests[position] == test
  }

  /// Adds a variant's answer to a question, both transformed back.
  mutating func add(_ answer: ARCGrid, to question: ARCGrid, confidence: Double) {
    election.add(answer, to: question, task: name, confidence: confidence)
  }

  /// Adds the votes of more variants of the task.
  mutating func add(_ other: ARCTaskVotes) { election.add(other.election) }

  /// The task without its demonstrations, for scores.
  var task: ARCTask { ARCTask(name: name, demonstrations: [], tests: tests) }

  /// The two best answers to each question.
  var attempts: [ARCAttempts] {
    tests.map { test in
      ARCAttempts(election.ranking(task: name, question: test.question).prefix(2).map(\.answer))
    }
  }
}
