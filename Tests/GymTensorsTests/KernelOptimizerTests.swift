import CGymTensorKernels
import GymRandomness
import GymTensors
import Testing

/// The kernels that work in place, against the reference device.
@Suite struct KernelOptimizerTests {
  private func tensor(_ numbers: KernelNumbers) -> Tensor {
    Tensor(numbers.values, shape: [numbers.count])
  }

  @Test("Adam steps match the reference", arguments: [UInt64(18), 19], [false, true])
  func adam(seed: UInt64, isW: Bool) {
    var random = RandomStream(seed: seed, "adam")
    let reference = ReferenceDevice()
    onEachLevel { level in
      for count in [1, 7, 33, 130] {
        let p = KernelNumbers(random.floats(count))
        let m = KernelNumbers([Float](repeating: 0, count: count))
        let v = KernelNumbers([Float](repeating: 0, count: count))
        let (p64, m64, v64) = (tensor(p), tensor(m), tensor(v))
        for t in 1...3 {
          let g = KernelNumbers(random.floats(count))
          let step = AdamStep(t: t, rate: 0.01, decay: 0.5, beta1: 0.9, beta2: 0.95)
          if isW {
            reference.adamW(
              p64, gradient: tensor(g), first: m64, second: v64, step: step, epsilon: 1e-8)
            rg_adamw(
              Int64(count), p.floats, g.floats, m.floats, v.floats, step.rate, step.decay,
              step.beta1, step.beta2, step.correction1, step.correction2, 1e-8)
          } else {
            reference.adamATan2(p64, gradient: tensor(g), first: m64, second: v64, step: step)
            rg_adam_atan2(
              Int64(count), p.floats, g.floats, m.floats, v.floats, step.rate, step.decay,
              step.beta1, step.beta2, step.correction1, step.correction2)
          }
        }
        let note = "seed \(seed), \(level), \(count)"
        expectClose(p, p64.values.map(Double.init), 1e-6, note)
        expectClose(m, m64.values.map(Double.init), 1e-6, note)
        expectClose(v, v64.values.map(Double.init), 1e-6, note)
      }
    }
  }

  @Test("Momentum and sums match the reference")
  func momentumAndSums() {
    var random = RandomStream(seed: 21, "momentum")
    let reference = ReferenceDevice()
    onEachLevel { level in
      for count in [1, 17, 130, 9000] {
        let g = KernelNumbers(random.floats(count))
        let m = KernelNumbers(random.floats(count))
        let out = KernelNumbers(unset: count)
        let (m64, out64) = (tensor(m), Tensor(zeros: [count]))
        reference.momentum(tensor(g), mean: m64, kept: 0.95, into: out64)
        rg_momentum(Int64(count), g.floats, m.floats, 0.95, out.floats)
        expectClose(m, m64.values.map(Double.init), 1e-6, "\(level), \(count)")
        expectClose(out, out64.values.map(Double.init), 1e-6, "\(level), \(count)")
        let sum64 = Tensor(zeros: [count])
        reference.scaledSum(0.3, tensor(g), -2, tensor(m), into: sum64)
        rg_scaled_sum(Int64(count), 0.3, g.floats, -2, m.floats, out.floats)
        expectClose(out, sum64.values.map(Double.init), 1e-6, "\(level), \(count)")
        let squares = g.doubles.reduce(0) { $0 + $1 * $1 }
        #expect(abs(rg_sum_of_squares(Int64(count), g.floats) - squares) < 1e-5 * squares)
      }
    }
  }

  @Test("Sign-SGD matches the reference")
  func signSGD() {
    onEachLevel { level in
      let p = KernelNumbers([1, 1, 1, 1, 1, 1])
      let g = KernelNumbers([5, -1e-30, 0, -0.0, .infinity, .nan])
      rg_sign_sgd(6, p.floats, g.floats, 0.25, 0.5)
      let kept: Float = 0.875
      #expect(
        p.values.prefix(5) == [kept - 0.25, kept + 0.25, kept, kept, kept - 0.25], "\(level)")
      #expect(p.values[5].isNaN)
    }
  }

  @Test("The moving average matches the reference")
  func average() {
    var random = RandomStream(seed: 20, "average")
    let reference = ReferenceDevice()
    onEachLevel { level in
      for count in [1, 17, 82] {
        let p = KernelNumbers(random.floats(count))
        let mean = KernelNumbers(random.floats(count))
        let expected = tensor(mean)
        reference.average(tensor(p), into: expected, decay: 0.99)
        rg_average(Int64(count), 0.99, p.floats, mean.floats)
        expectClose(mean, expected.values.map(Double.init), 1e-6, level)
      }
    }
  }
}
