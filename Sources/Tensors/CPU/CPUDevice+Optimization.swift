import CTensorKernels

extension CPUDevice {
  public func accumulate(_ x: Tensor, into total: Tensor) {
    precondition(x.count == total.count)
    rg_accumulate(Int64(x.count), x.floats, total.floats)
  }

  public func adamATan2(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep
  ) {
    precondition(
      p.count == gradient.count && p.count == first.count && p.count == second.count)
    rg_adam_atan2(
      Int64(p.count), p.floats, gradient.floats, first.floats, second.floats, step.rate,
      step.decay, step.beta1, step.beta2, step.correction1, step.correction2)
  }

  public func adamW(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep, epsilon: Float
  ) {
    precondition(
      p.count == gradient.count && p.count == first.count && p.count == second.count)
    rg_adamw(
      Int64(p.count), p.floats, gradient.floats, first.floats, second.floats, step.rate,
      step.decay, step.beta1, step.beta2, step.correction1, step.correction2, epsilon)
  }

  public func momentum(_ gradient: Tensor, mean: Tensor, kept: Float, into result: Tensor) {
    precondition(gradient.count == mean.count && gradient.count == result.count)
    rg_momentum(Int64(gradient.count), gradient.floats, mean.floats, kept, result.floats)
  }

  public func scaledSum(_ a: Float, _ x: Tensor, _ b: Float, _ y: Tensor, into result: Tensor) {
    precondition(x.count == y.count && x.count == result.count)
    rg_scaled_sum(Int64(x.count), a, x.floats, b, y.floats, result.floats)
  }

  public func sumOfSquares(_ x: Tensor) -> Double {
    rg_sum_of_squares(Int64(x.count), x.floats)
  }

  public func signSGD(_ p: Tensor, gradient: Tensor, rate: Float, decay: Float) {
    precondition(p.count == gradient.count)
    rg_sign_sgd(Int64(p.count), p.floats, gradient.floats, rate, decay)
  }

  public func average(_ p: Tensor, into average: Tensor, decay: Float) {
    precondition(p.count == average.count)
    rg_average(Int64(p.count), decay, p.floats, average.floats)
  }

  public func allFinite(_ x: Tensor) -> Bool {
    rg_all_finite(x.type.kernel, Int64(x.count), x.address)
  }
}
