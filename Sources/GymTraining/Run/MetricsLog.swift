import Foundation
import Gym
import GymEvaluation
import GymJSON

/// The `metrics.jsonl` of a run: one line per few steps, each with the step at which it ends.
final class MetricsLog {
  private let writer: JSONLinesWriter

  /// Starts a log, or continues one after truncating it to a state.
  init(_ file: URL, continuingFrom state: CheckpointState) throws {
    if FileManager.default.fileExists(atPath: file.path) {
      try Self.cut(file, after: state)
    }
    writer = try JSONLinesWriter(to: file, .repairing)
  }

  func write(_ line: JSON) throws {
    try writer.write(line)
  }

  /// Waits until all lines are on disk.
  func flush() throws {
    try writer.flush()
  }

  /// Removes the first line that is later than a state and everything after it: one of a later
  /// step, an incomplete one (its writer was killed), or a validation that the state has not had.
  private static func cut(_ file: URL, after state: CheckpointState) throws {
    do {
      let handle = try FileHandle(forUpdating: file)
      defer { try? handle.close() }
      let bytes = try handle.readToEnd() ?? Data()
      var kept = bytes.startIndex
      while let newline = bytes[kept...].firstIndex(of: 0x0A) {
        let line = try? JSON(parsing: bytes[kept..<newline])
        guard let line, let step = line["step"]?.integer, step <= state.step else { break }
        if step == state.step, state.validation == nil, line["validation"] != nil { break }
        kept = newline + 1
      }
      if kept < bytes.endIndex { try handle.truncate(atOffset: UInt64(kept)) }
    } catch {
      throw GymError("cannot be cut back: \(error.reason)", at: file.path)
    }
  }
}

extension StepReport {
  /// A line of `metrics.jsonl`: means over the steps, and over the puzzles that were finished.
  func metricsLine(_ progress: TrainingProgress) -> JSON {
    func mean(_ sum: Double, over count: Int) -> JSON {
      let mean = sum / Double(count)
      return mean.isFinite ? .number(mean) : .null
    }
    let extra = extra.sorted { $0.key < $1.key }
    return [
      "step": JSON(progress.step),
      "steps": JSON(steps),
      "epoch": JSON(progress.epoch),
      "seconds": .number(progress.seconds),
      "loss": mean(loss, over: steps),
      "learning-rate": .number(learningRate),
      "flops": .number(cost.flops),
      "tokens": JSON(cost.tokens),
      "finished": JSON(finished),
      "cell-accuracy": mean(cellAccuracy, over: finished),
      "exact-accuracy": mean(Double(exact), over: finished),
      "segments": mean(Double(segments), over: finished),
      "extra": .object(
        JSONObject(extra.map { ($0.key, mean($0.value, over: finished)) })),
    ]
  }
}

extension ValidationHistory {
  /// A line of `metrics.jsonl` with the score of a validation and the history of all.
  func metricsLine(_ score: Score, step: Int) -> JSON {
    [
      "step": JSON(step), "validation": score.json, "validations": json,
    ]
  }
}
