import Gym
import GymEvaluation

/// The measures of a step of thinking, over all puzzles.
public struct StepMeasure: Sendable, Hashable {
  /// The segment, from 1.
  public let segment: Int
  /// The step within the segment, from 1.
  public let step: Int
  /// The number of steps per segment.
  public let steps: Int
  /// The accuracy of the answers at that point, judged by the task's rules.
  public private(set) var score = Score(levels: [])
  private var residualSums: [String: Double] = [:]

  init(_ step: ProbeBatch.Step) {
    (segment, self.step, steps) = (step.segment, step.step, step.steps)
  }

  /// Whether this was the last step of its segment.
  public var endsSegment: Bool { step == steps }

  /// The number of segments completed: 1.5 is halfway through the second.
  public var time: Double { Double(segment - 1) + Double(step) / Double(steps) }

  /// The forward residual ‖z_t − z_{t−1}‖ of a state over all its positions, averaged over puzzles;
  /// nil if the step did not change it, or its earlier value is unknown.
  public func residual(of state: String) -> Double? {
    guard score.asked > 0 else { return nil }
    return residualSums[state].map { $0 / Double(score.asked) }
  }

  /// Adds the answer to a puzzle.
  mutating func add(_ judgment: Judgment, of answer: [UInt8], to example: Example) {
    score.add(judgment, of: Prediction(answer: answer), to: example)
  }

  /// Adds the puzzles' residuals of a state.
  mutating func add(_ residuals: [Double], of state: String) {
    residualSums[state, default: 0] += residuals.reduce(0, +)
  }

  /// The distance of each of `count` vectors from its earlier value.
  static func distances(_ now: [Float], _ before: [Float], count: Int) -> [Double] {
    precondition(now.count == before.count && count > 0 && now.count.isMultiple(of: count))
    let size = now.count / count
    return (0..<count).map { row in
      var sum = 0.0
      for index in row * size..<(row + 1) * size {
        let difference = Double(now[index]) - Double(before[index])
        sum += difference * difference
      }
      return sum.squareRoot()
    }
  }
}
