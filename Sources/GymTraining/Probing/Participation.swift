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
