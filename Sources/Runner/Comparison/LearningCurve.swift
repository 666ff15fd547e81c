import Foundation
import Gym
import JSON

/// An agent's accuracy over training, read from a run's `metrics.jsonl`.
public struct LearningCurve: Sendable, Hashable {
  /// A measurement at a step.
  public struct Point: Sendable, Hashable {
    /// The number of training steps so far.
    public let step: Int
    /// The seconds of training, without validation.
    public let seconds: Double
    /// The floating-point operations of training.
    public let flops: Double
    /// The share of puzzles solved completely.
    public let accuracy: Double
  }

  /// On training puzzles, when they were finished.
  public private(set) var training: [Point] = []
  /// On the validation split, at checkpoints.
  public private(set) var validation: [Point] = []

  /// Reads a run's curve; lines without an accuracy are skipped.
  public init(contentsOf file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    let reader = try JSONLinesReader(contentsOf: file, unfinishedLine: .drop)
    var last = (seconds: 0.0, flops: 0.0)
    while let line = try reader.next() {
      guard let step = line["step"]?.integer else { continue }
      // A validation's line follows the line of the step at which it was made.
      last.seconds = line["seconds"]?.number ?? last.seconds
      last.flops += line["flops"]?.number ?? 0
      func point(_ accuracy: Double) -> Point {
        Point(step: step, seconds: last.seconds, flops: last.flops, accuracy: accuracy)
      }
      if let accuracy = line["validation"]?["exact"]?["accuracy"]?.number {
        validation.append(point(accuracy))
      } else if let accuracy = line["exact-accuracy"]?.number {
        training.append(point(accuracy))
      }
    }
  }

  /// The points to show: validation if it was measured, otherwise training, averaged to up to 100
  /// points.
  public var shown: [Point] {
    guard validation.isEmpty else { return validation }
    let width = max(1, training.count / 100)
    return stride(from: 0, to: training.count, by: width).map { start in
      let part = training[start..<min(start + width, training.count)]
      let last = part[part.endIndex - 1]
      let mean = part.reduce(0) { $0 + $1.accuracy } / Double(part.count)
      return Point(step: last.step, seconds: last.seconds, flops: last.flops, accuracy: mean)
    }
  }
}
