import Gym
import GymEvaluation
import JSON

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
