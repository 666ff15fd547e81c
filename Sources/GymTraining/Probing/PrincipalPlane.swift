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
