import Foundation

/// Cosines and sines of rotary positions, two-halves convention (arXiv 2104.09864).
public struct RotaryTable: Sendable {
  /// The cosines, [seq, headSize / 2], f32.
  public let cosine: Tensor
  /// The sines, [seq, headSize / 2], f32.
  public let sine: Tensor

  /// The table for `length` positions.
  ///
  /// - Precondition: the head size is even.
  public init(length: Int, headSize: Int, theta: Double = 10_000) {
    precondition(headSize > 0 && headSize % 2 == 0, "rotary positions need an even head size")
    let half = headSize / 2
    var cosines: [Float] = []
    var sines: [Float] = []
    for position in 0..<length {
      for index in 0..<half {
        // In f32, as in the recordings.
        let frequency = 1 / Float(pow(theta, Double(Float(2 * index) / Float(headSize))))
        let angle = Float(position) * frequency
        cosines.append(cos(angle))
        sines.append(sin(angle))
      }
    }
    cosine = Tensor(cosines, shape: [length, half])
    sine = Tensor(sines, shape: [length, half])
  }

  /// The table of a grid: the first half of the pairs of numbers rotates with a cell's row, the
  /// second half with its column; the `prefix` positions before the cells do not rotate.
  ///
  /// - Precondition: the head size is a multiple of 4.
  public init(rows: Int, columns: Int, prefix: Int, headSize: Int, theta: Double) {
    precondition(headSize > 0 && headSize % 4 == 0, "two axes need a head size of 4, 8, 12, ...")
    let (half, quarter) = (headSize / 2, headSize / 4)
    let angles = (0..<prefix + rows * columns).flatMap { position -> [Float] in
      let cell = position - prefix
      let places = cell < 0 ? (0, 0) : (cell / columns, cell % columns)
      return (0..<half).map { index in
        let place = index < quarter ? places.0 : places.1
        let frequency = pow(theta, -Double(index % quarter) / Double(quarter))
        return Float(Double(place) * frequency)
      }
    }
    cosine = Tensor(angles.map(cos), shape: [prefix + rows * columns, half])
    sine = Tensor(angles.map(sin), shape: [prefix + rows * columns, half])
  }
}
