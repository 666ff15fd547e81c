import Gym

/// Judges predictions by the task's rules, puzzle by puzzle. A puzzle without a prediction counts
/// as not solved.
package struct Judge {
  private let task: any Task
  private let count: Int
  private var solved: BitSet
  private var answered: BitSet
  private var findings: [(name: String, holds: BitSet)] = []
  private var wrongCells: [UInt16]
  private var cellShares = 0.0
  private var segments = 0

  package init(task: any Task, count: Int) {
    (self.task, self.count) = (task, count)
    (solved, answered) = (BitSet(count: count), BitSet(count: count))
    wrongCells = Array(repeating: 0, count: count)
  }

  /// Judges the prediction for one puzzle.
  ///
  /// - Precondition: the puzzle exists.
  package mutating func judge(_ prediction: Prediction?, of example: Example, index: Int) {
    guard let answer = prediction?.answer else { return }
    answered.insert(index)
    segments += prediction?.segments ?? 1
    let verdict = task.verify(answer, for: example)
    if verdict.isSolved { solved.insert(index) }
    wrongCells[index] = UInt16(clamping: verdict.wrongCells.count)
    for finding in verdict.findings {
      let place = findings.firstIndex { $0.name == finding.name } ?? findings.count
      if place == findings.count { findings.append((finding.name, BitSet(count: count))) }
      if finding.holds { findings[place].holds.insert(index) }
    }
    let asked = task.askedCells(of: example)
    if !asked.isEmpty {
      let right = asked.count { $0 < answer.count && answer[$0] == example.answer[$0] }
      cellShares += Double(right) / Double(asked.count)
    }
  }

  /// The results so far.
  package var results: Results {
    Results(
      solved: solved, answered: answered,
      findings: findings.map { Results.Finding(name: $0.name, holds: $0.holds) },
      wrongCells: wrongCells, cellAccuracy: cellShares / Double(max(1, count)),
      meanSegments: Double(segments) / Double(max(1, answered.trueCount)))
  }
}
