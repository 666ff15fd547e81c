import Tensors

/// One worker's view of a model: a tape of its own, and a place for its share of each gradient.
///
/// Unchecked: a replica is used by one worker at a time, and by the caller between rounds of work;
/// the worker pool's barrier stands between the two.
public final class Replica: @unchecked Sendable {
  /// The worker's device, with memory of its own.
  public let device: CPUDevice
  /// The worker's tape.
  public let tape: Tape
  private var gradients: [ObjectIdentifier: Tensor] = [:]

  /// A replica whose device computes in `activationType`, without gradients yet.
  public init(activationType: ElementType) {
    device = CPUDevice(activationType: activationType)
    tape = Tape(device: device)
  }

  /// Makes zeroed gradients for parameters; without it nothing can be learned.
  public func makeGradients(for parameters: [Parameter]) {
    for parameter in parameters {
      gradients[ObjectIdentifier(parameter)] = Tensor(zeros: parameter.value.shape)
    }
  }

  /// This worker's gradient of a parameter, f32; nil if none is kept.
  public func gradient(of parameter: Parameter) -> Tensor? {
    gradients[ObjectIdentifier(parameter)]
  }

  /// A parameter as the tape's operations want it.
  public func weight(_ parameter: Parameter) -> Weight {
    Weight(
      parameter.compute, gradient: tape.isRecording ? gradient(of: parameter) : nil,
      packed: parameter.packed)
  }

  /// A table that is read in f32 (embeddings).
  public func table(_ parameter: Parameter) -> Weight {
    Weight(parameter.value, gradient: tape.isRecording ? gradient(of: parameter) : nil)
  }
}
