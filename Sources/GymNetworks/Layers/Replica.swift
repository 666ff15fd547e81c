import GymTensors

/// One worker's view of a model: its own tape, and storage for its share of each gradient.
///
/// Unchecked: a replica is used by one worker at a time, and by the caller between rounds of work;
/// the worker pool's barrier separates the two.
public final class Replica: @unchecked Sendable {
  /// The worker's device, with its own memory.
  public let device: CPUDevice
  /// The worker's tape.
  public let tape: Tape
  private var gradients: [ObjectIdentifier: Tensor] = [:]

  /// A replica whose device computes in `activationType`, without gradients yet.
  public init(activationType: ElementType) {
    device = CPUDevice(activationType: activationType)
    tape = Tape(device: device)
  }

  /// Allocates zeroed gradients for parameters; training requires them.
  public func makeGradients(for parameters: [Parameter]) {
    for parameter in parameters {
      gradients[ObjectIdentifier(parameter)] = Tensor(zeros: parameter.value.shape)
    }
  }

  /// This worker's gradient of a parameter, f32; nil if there is none.
  public func gradient(of parameter: Parameter) -> Tensor? {
    gradients[ObjectIdentifier(parameter)]
  }

  /// The same in one dimension.
  ///
  /// - Precondition: there is one.
  func flatGradient(of parameter: Parameter) -> Tensor {
    guard let gradient = gradient(of: parameter) else {
      preconditionFailure("a worker has no gradients")
    }
    return gradient.flat
  }

  /// A parameter in the form that the tape's operations take.
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
