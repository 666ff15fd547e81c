import Foundation
import Gym
import GymEvaluation

/// Puts the judgments of predictions down, puzzle after puzzle. A puzzle without prediction counts
/// as not solved.
package struct ResultsRecorder {
  private let judge: Judge
  private var sums = JudgmentSums()
  private var solved: BitSet
  private var answered: BitSet
  private var findings: [(name: String, holds: BitSet)] = []
  private var wrongCells: [UInt16]

  package init(task: any Task, count: Int) {
    judge = Judge(task)
    (solved, answered) = (BitSet(count: count), BitSet(count: count))
    wrongCells = Array(repeating: 0, count: count)
  }

  /// Judges what was answered to one puzzle.
  ///
  /// - Precondition: the puzzle exists.
  /// - Throws: the task's error if it cannot give a verdict.
  package mutating func record(
    _ prediction: Prediction?, of example: Example, index: Int
  ) throws {
    let judgment = try judge.judgment(of: prediction, to: example)
    sums.add(judgment)
    guard judgment.isAnswered else { return }
    answered.insert(index)
    if judgment.isSolved { solved.insert(index) }
    wrongCells[index] = UInt16(clamping: judgment.verdict.wrongCells.count)
    for finding in judgment.verdict.findings {
      let place = findings.firstIndex { $0.name == finding.name } ?? findings.count
      if place == findings.count { findings.append((finding.name, BitSet(count: solved.count))) }
      if finding.holds { findings[place].holds.insert(index) }
    }
  }

  /// The results so far.
  package var results: Results {
    Results(
      solved: solved, answered: answered,
      findings: findings.map { Results.Finding(name: $0.name, holds: $0.holds) },
      wrongCells: wrongCells, cellAccuracy: sums.cellAccuracy, meanSegments: sums.meanSegments)
  }
}

/// The SHA-256 of predictions: of their canonical lines in the order of the puzzles, without
/// missing ones.
package struct PredictionsHash {
  private var hasher: SHA256
  private let parser: PredictionParser

  package init(_ parser: PredictionParser) throws {
    (hasher, self.parser) = (try SHA256(), parser)
  }

  package mutating func add(_ prediction: Prediction?, index: Int) throws {
    guard let prediction else { return }
    hasher.update(try parser.canonicalLine(prediction, index: index))
  }

  /// The hash in hexadecimal.
  package var text: String { Hexadecimal.text(hasher.finalize()) }
}
