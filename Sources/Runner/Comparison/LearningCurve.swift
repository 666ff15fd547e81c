import Foundation
import Gym
import JSON

/// How an agent's accuracy grew while it learned, read from a run's `metrics.jsonl`.
public struct LearningCurve: Sendable, Hashable {
  /// What was measured at a step.
  public struct Point: Sendable, Hashable {
    /// The training steps taken.
    public let step: Int
    /// The seconds of training, validation left out.
    public let seconds: Double
    /// The floating-point operations of training.
    public let flops: Double
    /// The share of puzzles wholly solved.
    public let accuracy: Double
  }

  /// On training puzzles, as they were finished.
  public private(set) var training: [Point] = []
  /// On the validation split, at checkpoints.
  public private(set) var validation: [Point] = []

  /// Reads a run's curve; lines without an accuracy are passed over.
  public init(contentsOf file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    let reader = try JSONLinesReader(contentsOf: file, unfinishedLine: .drop)
    var last = (seconds: 0.0, flops: 0.0)
    while let line = try reader.next() {
      guard let step = line["step"]?.integer else { continue }
      // A validation's line stands behind the line of the step that it was made at.
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

  /// What to show: validation if it was measured, training in means of up to 100 points
  /// otherwise.
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
