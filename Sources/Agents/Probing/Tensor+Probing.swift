import Gym
import Randomness
import Tensors

extension Tensor {
  /// This state [B, S, D] in the form that a probe reports.
  func probed(_ name: String) -> ProbedStep.State {
    ProbedStep.State(name, width: shape[2], values: values)
  }

  /// This state [B, …] with noise added to every number, if any; each entry has its own stream.
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
