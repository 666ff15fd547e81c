import CGymTensorKernels
import Foundation
import GymRandomness
import Testing

/// Accuracy of the vectorised functions, seen through the kernels that use them.
@Suite struct KernelFunctionTests {
  /// silu(x) = x / (1 + e⁻ˣ), with an error of at most 3e-7: two or three f32 roundings of 2⁻²⁴
  /// each in the exponential, one in the sum, one in the quotient.
  @Test("The exponential is accurate")
  func exponential() {
    let gates = (0..<200_000).map { Float(-80 + 160 * Double($0) / 200_000) }
    onEachLevel { level in
      let gateUp = KernelNumbers(gates + [Float](repeating: 1, count: gates.count))
      let out = KernelNumbers(unset: gates.count)
      rg_swiglu(RG_F32, 1, Int64(gates.count), gateUp.address, out.address)
      var errors: [Double] = []
      for (gate, value) in zip(gates, out.doubles) where gate != 0 {
        let expected = Double(gate) / (1 + exp(-Double(gate)))
        errors.append(abs(value / expected - 1))
      }
      #expect(errors.allSatisfy { $0 < 3e-7 }, "\(level): \(errors.max() ?? 0)")
    }
  }

  @Test("The exponential is right at the ends of its range")
  func exponentialAtTheEnds() {
    let gates: [Float] = [-1e30, -200, -100, 0, 100, 1e30, .infinity, .nan]
    onEachLevel { level in
      let gateUp = KernelNumbers(gates + [Float](repeating: 1, count: gates.count))
      let out = KernelNumbers(unset: gates.count)
      rg_swiglu(RG_F32, 1, Int64(gates.count), gateUp.address, out.address)
      let result = out.values
      #expect(abs(result[1]) < 1e-35 && abs(result[2]) < 1e-35, "\(level)")
      #expect(result[3] == 0 && result[4] == 100 && result[5] == 1e30, "\(level)")
      #expect(result[6] == .infinity && result[7].isNaN, "\(level)")
    }
  }

  /// p = −atan2(m, sqrt(v)) after a step from 0 with a rate of 1 that keeps m and v.
  private func arctangents(_ m: [Float], _ v: [Float]) -> [Float] {
    let p = KernelNumbers([Float](repeating: 0, count: m.count))
    let first = KernelNumbers(m)
    let second = KernelNumbers(v)
    rg_adam_atan2(Int64(m.count), p.floats, m, first.floats, second.floats, 1, 0, 1, 1, 1, 1)
    return p.values.map { -$0 }
  }

  @Test("The arctangent is accurate", arguments: [UInt64(17)])
  func arctangent(seed: UInt64) {
    var random = RandomStream(seed: seed, "arctangent")
    let count = 100_001
    // Ratios from 1e-12 to 1e12, and m of both signs.
    let m = (0..<count).map { _ in Float((random.unit() - 0.5) * exp(28 * (random.unit() - 0.5))) }
    let v = (0..<count).map { _ in Float(random.unit() * exp(28 * (random.unit() - 0.5))) }
    onEachLevel { level in
      var errors: [Double] = []
      for (index, value) in arctangents(m, v).enumerated() {
        let expected = atan2(Double(m[index]), Double(v[index]).squareRoot())
        errors.append(abs(Double(value) / expected - 1))
      }
      #expect(
        errors.allSatisfy { $0 < 3e-7 }, "seed \(seed), \(level): \(errors.max() ?? 0)")
    }
  }

  @Test("The arctangent is right at the ends of its range")
  func arctangentAtTheEnds() {
    let cases: [(m: Float, v: Float, expected: Float)] = [
      (0, 0, 0), (0, 1, 0), (1, 0, .pi / 2), (-1, 0, -.pi / 2), (1, 1, .pi / 4),
      (-3, 9, -.pi / 4), (.nan, 1, .nan), (1, .nan, .nan), (.nan, 0, .nan), (.nan, .nan, .nan),
      (0, .nan, .nan),
    ]
    onEachLevel { level in
      for (m, v, expected) in cases {
        let value = arctangents([m], [v])[0]
        #expect(
          expected.isNaN ? value.isNaN : abs(value - expected) < 2e-7,
          "\(level): atan2(\(m), sqrt(\(v))) is \(value)")
      }
    }
  }
}
