/// A device whose every operation is the reference version, in f64: slow and obviously correct.
/// Tests compare faster devices with it.
public final class ReferenceDevice: Device {
  public let activationType: ElementType

  /// A device whose results are stored in `activationType`.
  public init(activationType: ElementType = .float32) {
    self.activationType = activationType
  }

  public func makeTensor(_ shape: Shape, _ type: ElementType) -> Tensor {
    Tensor(zeros: shape, type: type)
  }

  public func makeZeros(_ shape: Shape, _ type: ElementType) -> Tensor {
    Tensor(zeros: shape, type: type)
  }

  public func convert(_ x: Tensor, to type: ElementType) -> Tensor {
    make(x.doubles, x.shape, type)
  }

  /// A tensor with `values`, by default of the activation type.
  func make(_ values: [Double], _ shape: Shape, _ type: ElementType? = nil) -> Tensor {
    let result = Tensor(zeros: shape, type: type ?? activationType)
    result.set(values.map(Float.init))
    return result
  }
}

extension Tensor {
  /// The elements, copied to the host as f64.
  var doubles: [Double] { values.map(Double.init) }
}
