import Gym

extension ProbeOptions {
  /// The number of segments to probe, validated.
  func segments(usual: Int) throws -> Int {
    let segments = segments ?? usual
    guard segments > 0 else {
      throw GymError("\(segments) segments were requested", expected: "at least 1")
    }
    if let noise, !noise.scale.isFinite || noise.scale < 0 {
      throw GymError("noise of scale \(noise.scale)", expected: "a number from 0 up")
    }
    return segments
  }
}
