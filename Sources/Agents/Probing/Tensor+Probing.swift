import Gym
import Randomness
import Tensors

extension Tensor {
  /// This state [B, S, D] as a probe reports it.
  func probed(_ name: String) -> ProbedStep.State {
    ProbedStep.State(name, width: shape[2], values: values)
  }

  /// This state [B, …] with noise on every number, where there is to be any: of each entry a
  /// stream of its own.
  func with(_ noise: ProbeOptions.Noise?, _ name: String) -> Tensor {
    guard let noise, noise.scale != 0, count > 0 else { return self }
    let key = RandomKey(seed: noise.seed, name)
    var moved = values
    let size = count / shape[0]
    for entry in 0..<shape[0] {
      var random = RandomStream(key: key, stream: UInt64(entry))
      for index in entry * size..<(entry + 1) * size {
        moved[index] += Float(noise.scale * random.normal())
      }
    }
    let result = Tensor(zeros: shape, type: type)
    result.set(moved)
    return result
  }

  /// The first greatest logit's token of each cell, of logits [B, S, V] whose first rows are no
  /// cells.
  func greatest(after prefixRows: Int) -> [UInt8] {
    let (length, classes) = (shape[1], shape[2])
    let values = values
    return (0..<shape[0]).flatMap { entry in
      (prefixRows..<length).map { position -> UInt8 in
        let start = (entry * length + position) * classes
        let best = (start..<start + classes).reduce(start) { values[$1] > values[$0] ? $1 : $0 }
        return UInt8(best - start)
      }
    }
  }
}
