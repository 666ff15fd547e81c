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
    guard score.overall.count > 0 else { return nil }
    return residualSums[state].map { $0 / Double(score.overall.count) }
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

/// The final answers from different initial states: one answer, or several.
public struct FixedPoints: Sendable, Hashable {
  /// The number of initial states per puzzle.
  public let starts: Int
  /// The standard deviation of the noise that made them differ.
  public let noise: Double
  /// For 1, 2, … distinct final answers, the number of puzzles with that many, [starts].
  public private(set) var histogram: [Int]
  /// The number of all starts that ended in a right answer.
  public private(set) var right = Proportion()
  /// The number of puzzles for which some start ended in a right answer.
  public private(set) var solvedOnce = Proportion()
  /// The number of puzzles for which every start ended in a right answer.
  public private(set) var solvedAlways = Proportion()

  /// - Precondition: `starts` is positive.
  public init(starts: Int, noise: Double) {
    precondition(starts > 0)
    (self.starts, self.noise) = (starts, noise)
    histogram = Array(repeating: 0, count: starts)
  }

  /// Adds a puzzle.
  ///
  /// - Precondition: there is one answer per start.
  public mutating func add(_ answers: [[UInt8]], isRight: ([UInt8]) throws -> Bool) rethrows {
    precondition(answers.count == starts)
    let verdicts = try Dictionary(
      Set(answers).map { ($0, try isRight($0)) }, uniquingKeysWith: { $1 })
    histogram[verdicts.count - 1] += 1
    let all = answers.map { verdicts[$0] ?? false }
    for isRight in all { right.add(isRight) }
    solvedOnce.add(all.contains(true))
    solvedAlways.add(!all.contains(false))
  }

  /// The mean number of distinct final answers per puzzle; 0 if there are no puzzles.
  public var meanDistinct: Double {
    let puzzles = histogram.reduce(0, +)
    let sum = histogram.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
    return puzzles == 0 ? 0 : Double(sum) / Double(puzzles)
  }
}

/// The number of directions over which a cloud of points spreads.
public enum Participation {
  /// The participation ratio of the points' covariance C, (Σλ)² / Σλ² = (tr C)² / tr C² over its
  /// eigenvalues λ: 1 if the points are on a line, n if they spread evenly over n directions.
  ///
  /// No eigenvalues are needed: with the centered points as rows of X, tr C² is the sum of squares
  /// of X·Xᵀ, or of Xᵀ·X if that is smaller.
  ///
  /// - Parameter points: [count], all of the same size.
  /// - Returns: nil if all points coincide, or some are not finite.
  public static func ratio(of points: [[Double]]) -> Double? {
    guard let size = points.first?.count, size > 0 else { return nil }
    precondition(points.allSatisfy { $0.count == size }, "points of different sizes")
    var columns = (0..<size).map { index in points.map { $0[index] } }
    for index in columns.indices {
      let mean = columns[index].reduce(0, +) / Double(points.count)
      for row in columns[index].indices { columns[index][row] -= mean }
    }
    let vectors =
      size <= points.count ? columns : points.indices.map { row in columns.map { $0[row] } }
    var (trace, squares) = (0.0, 0.0)
    for a in vectors.indices {
      for b in 0...a {
        let product = dot(vectors[a], vectors[b])
        squares += (a == b ? 1 : 2) * product * product
        if a == b { trace += product }
      }
    }
    let ratio = trace * trace / squares
    return ratio.isFinite ? ratio : nil
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}

/// The plane through a cloud of points in which it spreads most: its first two principal
/// components.
public struct PrincipalPlane: Sendable, Hashable {
  /// A point of the plane, from the cloud's center.
  public struct Place: Sendable, Hashable {
    /// Along the first component, and along the second.
    public let x, y: Double
  }

  /// The points' projections, in their order.
  public let places: [Place]
  /// The share of the variance that lies in the plane, from 0 to 1.
  public let share: Double

  /// The plane of some points; nil if all coincide, or some are not finite.
  ///
  /// The products of all pairs of points have the same eigenvalues as the covariance, and points
  /// are few. Each component is found by multiplying with them again and again.
  ///
  /// - Precondition: all points have the same size.
  public init?(of points: [[Double]]) {
    guard let size = points.first?.count, size > 0 else { return nil }
    precondition(points.allSatisfy { $0.count == size }, "points of different sizes")
    var centered = points
    for index in 0..<size {
      let mean = points.reduce(0) { $0 + $1[index] } / Double(points.count)
      for row in points.indices { centered[row][index] -= mean }
    }
    var products = centered.map { a in
      centered.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let trace = products.indices.reduce(0) { $0 + products[$1][$1] }
    guard trace.isFinite, trace > 0 else { return nil }
    let first = Self.component(of: products)
    for a in products.indices {
      for b in products.indices {
        products[a][b] -= first.value * first.vector[a] * first.vector[b]
      }
    }
    let second = Self.component(of: products)
    let scales = (max(0, first.value).squareRoot(), max(0, second.value).squareRoot())
    places = points.indices.map {
      Place(x: first.vector[$0] * scales.0, y: second.vector[$0] * scales.1)
    }
    share = min(1, max(0, (max(0, first.value) + max(0, second.value)) / trace))
  }

  /// The greatest eigenvalue of a symmetric matrix without negative ones, and its unit vector.
  private static func component(of matrix: [[Double]]) -> (value: Double, vector: [Double]) {
    // The row of the greatest diagonal element is not orthogonal to the component.
    let start = matrix.indices.max { matrix[$0][$0] < matrix[$1][$1] } ?? 0
    var vector = matrix[start]
    var value = 0.0
    for _ in 0..<300 {
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 1e-300 else { return (0, Array(repeating: 0, count: matrix.count)) }
      let unit = vector.map { $0 / length }
      vector = matrix.map { row in zip(row, unit).reduce(0) { $0 + $1.0 * $1.1 } }
      let next = zip(vector, unit).reduce(0) { $0 + $1.0 * $1.1 }
      let isSettled = abs(next - value) <= 1e-12 * abs(next)
      value = next
      if isSettled { return (value, unit) }
    }
    let length = max(1e-300, vector.reduce(0) { $0 + $1 * $1 }.squareRoot())
    return (value, vector.map { $0 / length })
  }
}
