import CGymTensorKernels
import GymRandomness
import GymTensors
import Testing

@Suite struct KernelNormTests {
  private let widths = [1, 3, 7, 17, 33, 82, 128, 130]

  @Test("Residual and RMS norm match the reference", arguments: [UInt64(5), 6])
  func residualNorm(seed: UInt64) {
    var random = RandomStream(seed: seed, "norm")
    let rows = 5
    onEachLevel { level in
      for (type, tolerance) in storageTypes {
        for width in widths {
          let note = "seed \(seed), \(level), type \(type.rawValue), width \(width)"
          let x = KernelNumbers(random.floats(rows * width), type)
          let r = KernelNumbers(random.floats(rows * width), type)
          let dy = KernelNumbers(random.floats(rows * width), type)
          let y = KernelNumbers(unset: rows * width, type)
          let inverse = KernelNumbers(unset: rows)
          let expected = Reference.residualNorm(x.doubles, r.doubles, width: width, epsilon: 1e-5)
          rg_residual_norm(
            type, Int64(rows), Int64(width), 1e-5, x.address, r.address, y.address,
            inverse.floats)
          expectClose(y, expected.y, tolerance, note)
          expectClose(inverse, expected.inverse, 1e-5, note)

          let dx = KernelNumbers(unset: rows * width, type)
          let slopes = Reference.residualNormGradient(
            y: y.doubles, inverse: inverse.doubles, dy: dy.doubles)
          // One column's gradient is nearly 0: the error is that of the terms that cancel.
          let scale = zip(dy.doubles, 0...).map { abs($0 * expected.inverse[$1 / width]) }
          let greatest = scale.max() ?? 1
          rg_residual_norm_backward(
            type, Int64(rows), Int64(width), y.address, inverse.floats, dy.address, dx.address)
          expectClose(
            dx.doubles.map { $0 / greatest } + [1], slopes.map { $0 / greatest } + [1],
            tolerance, note)
          #expect(dx.guardIsWhole)

          // In place, and without a residual.
          rg_residual_norm(
            type, Int64(rows), Int64(width), 1e-5, x.address, r.address, x.address, nil)
          #expect(x.values == y.values, "\(note)")
          let zeros = [Double](repeating: 0, count: rows * width)
          let alone = Reference.residualNorm(r.doubles, zeros, width: width, epsilon: 1e-5).y
          rg_residual_norm(
            type, Int64(rows), Int64(width), 1e-5, r.address, nil, y.address, nil)
          expectClose(y, alone, tolerance, note)
        }
      }
    }
  }

  @Test("SwiGLU matches the reference", arguments: [UInt64(7), 8])
  func swiGLU(seed: UInt64) {
    var random = RandomStream(seed: seed, "swiglu")
    let rows = 3
    onEachLevel { level in
      for (type, tolerance) in storageTypes {
        for width in widths {
          let note = "seed \(seed), \(level), type \(type.rawValue), width \(width)"
          let gateUp = KernelNumbers(random.floats(rows * 2 * width, scale: 3), type)
          let dy = KernelNumbers(random.floats(rows * width), type)
          let out = KernelNumbers(unset: rows * width, type)
          rg_swiglu(type, Int64(rows), Int64(width), gateUp.address, out.address)
          expectClose(out, Reference.swiGLU(gateUp.doubles, width: width), tolerance, note)
          let gradient = KernelNumbers(unset: rows * 2 * width, type)
          rg_swiglu_backward(
            type, Int64(rows), Int64(width), gateUp.address, dy.address, gradient.address)
          expectClose(
            gradient,
            Reference.swiGLUGradient(gateUp.doubles, dy: dy.doubles, width: width), tolerance,
            note)
        }
      }
    }
  }

  @Test("Normalized SwiGLU matches the reference", arguments: [UInt64(9), 10])
  func normedSwiGLU(seed: UInt64) {
    var random = RandomStream(seed: seed, "normed swiglu")
    let rows = 3
    onEachLevel { level in
      for (type, tolerance) in storageTypes {
        for width in widths + [1030] {
          let note = "seed \(seed), \(level), type \(type.rawValue), width \(width)"
          let gateUp = KernelNumbers(random.floats(rows * 2 * width, scale: 2), type)
          let dy = KernelNumbers(random.floats(rows * width), type)
          let out = KernelNumbers(unset: rows * width, type)
          rg_normed_swiglu(type, Int64(rows), Int64(width), 1e-5, gateUp.address, out.address)
          expectClose(
            out, Reference.normedSwiGLU(gateUp.doubles, width: width, epsilon: 1e-5), tolerance,
            note)
          let gradient = KernelNumbers(unset: rows * 2 * width, type)
          rg_normed_swiglu_backward(
            type, Int64(rows), Int64(width), 1e-5, gateUp.address, dy.address, gradient.address)
          let expected = Reference.normedSwiGLUGradient(
            gateUp.doubles, dy: dy.doubles, width: width, epsilon: 1e-5)
          // A single column's norm cancels its gradient: the error is that of the cancelling terms.
          guard width > 1 else { continue }
          expectClose(gradient, expected, tolerance, note)
        }
      }
    }
  }
}
