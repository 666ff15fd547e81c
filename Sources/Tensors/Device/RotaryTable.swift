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
        // In f32, as the recorded numbers were made.
        let frequency = 1 / Float(pow(theta, Double(Float(2 * index) / Float(headSize))))
        let angle = Float(position) * frequency
        cosines.append(cos(angle))
        sines.append(sin(angle))
      }
    }
    cosine = Tensor(cosines, shape: [length, half])
    sine = Tensor(sines, shape: [length, half])
  }
}
