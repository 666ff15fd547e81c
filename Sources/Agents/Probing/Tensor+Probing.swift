import Gym
import Randomness
import Tensors

extension Tensor {
  /// This state [B, S, D] as a probe reports it.
  func probed(_ name: String) -> ProbedStep.State {
    ProbedStep.State(name, width: shape[2], values: values)
  }

  /// This state [B, …] with noise on every number, if there is to be any: of each entry a
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
}
