import Foundation

extension ReferenceDevice {
  public func accumulate(_ x: Tensor, into total: Tensor) {
    precondition(x.shape == total.shape, "\(x.shape) into \(total.shape)")
    total.set(zip(total.doubles, x.doubles).map { Float($0 + $1) })
  }

  public func adamATan2(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamATan2Step
  ) {
    let (rate, decay) = (Double(step.rate), Double(step.decay))
    let (beta1, beta2) = (Double(step.beta1), Double(step.beta2))
    let g = gradient.doubles
    let m = zip(first.doubles, g).map { $0 + ($1 - $0) * (1 - beta1) }
    let v = zip(second.doubles, g).map { $0 + ($1 * $1 - $0) * (1 - beta2) }
    let root = Double(step.correction2).squareRoot()
    let result = p.doubles.enumerated().map { index, value in
      value * (1 - rate * decay)
        - rate / Double(step.correction1) * atan2(m[index], v[index].squareRoot() / root)
    }
    p.set(result.map(Float.init))
    first.set(m.map(Float.init))
    second.set(v.map(Float.init))
  }

  public func signSGD(_ p: Tensor, gradient: Tensor, rate: Float, decay: Float) {
    let kept = 1 - Double(rate) * Double(decay)
    let result = zip(p.doubles, gradient.doubles).map { value, slope in
      value * kept - Double(rate) * (slope > 0 ? 1 : slope < 0 ? -1 : slope)
    }
    p.set(result.map(Float.init))
  }

  public func average(_ p: Tensor, into average: Tensor, decay: Float) {
    let decay = Double(decay)
    average.set(
      zip(average.doubles, p.doubles).map { Float(decay * $0 + (1 - decay) * $1) })
  }

  public func allFinite(_ x: Tensor) -> Bool {
    x.values.allSatisfy(\.isFinite)
  }
}
