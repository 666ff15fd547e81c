import GymRandomness
import GymTensors
import Testing

/// The two devices give the same for every operation that the kernels' own tests do not cover.
@Suite struct ReferenceDeviceTests {
  private static let types: [(ElementType, Double)] = [(.float32, 1e-5), (.bfloat16, 1e-2)]

  private func tensor(
    _ shape: Shape, _ type: ElementType, _ random: inout RandomStream
  ) -> Tensor {
    let result = Tensor(zeros: shape, type: type)
    result.set(random.floats(shape.count))
    return result
  }

  /// Runs an operation on both devices and compares the results.
  private func compare(
    _ type: ElementType, _ tolerance: Double, _ note: String,
    _ operation: (any Device) -> [Tensor]
  ) {
    let fast = operation(CPUDevice(activationType: type))
    let plain = operation(ReferenceDevice(activationType: type))
    #expect(fast.map(\.shape) == plain.map(\.shape) && fast.map(\.type) == plain.map(\.type))
    for (a, b) in zip(fast, plain) {
      expectClose(a.values.map(Double.init), b.values.map(Double.init), tolerance, note)
    }
  }

  @Test("Products match the reference device", arguments: [UInt64(33), 34])
  func products(seed: UInt64) {
    var random = RandomStream(seed: seed, "products")
    for (type, tolerance) in Self.types {
      let x = tensor([3, 5, 17], type, &random)
      let w = tensor([7, 17], type, &random)
      let dy = tensor([3, 5, 7], type, &random)
      compare(type, tolerance, "seed \(seed), \(type)") { device in
        let dw = device.makeZeros([7, 17], .float32)
        device.addLinearWeightGradient(dy, x, to: dw)
        device.addLinearWeightGradient(dy, x, to: dw)
        let packed = w.packed(.plain)
        return [
          device.linear(x, w, result: .float32), device.linear(x, w, result: type),
          device.linear(x, packed, result: .float32), device.linear(x, packed, result: type),
          device.linearInputGradient(dy, w), dw,
        ]
      }
    }
  }

  @Test(
    "Products with SwiGLU match the reference device", arguments: [UInt64(38), 39],
    [false, true])
  func productsWithSwiGLU(seed: UInt64, isPacked: Bool) {
    var random = RandomStream(seed: seed, "gated products")
    for (type, tolerance) in Self.types {
      let x = tensor([3, 5, 17], type, &random)
      let w = tensor([70, 17], type, &random)
      compare(type, tolerance, "seed \(seed), \(type)") { device in
        let weight = isPacked ? w.packed(.gated) : Weight(w)
        let (result, gateUp) = device.linearSwiGLU(x, weight, keepsGateUp: true)
        let again = device.linearSwiGLU(x, weight, keepsGateUp: false)
        #expect(again.gateUp == nil)
        return [result, gateUp!, again.result]
      }
    }
  }

  @Test("Fused operations match the reference device", arguments: [UInt64(35), 36])
  func fusedOperations(seed: UInt64) {
    var random = RandomStream(seed: seed, "fused")
    for (type, tolerance) in Self.types {
      let (a, b, c) = (
        tensor([2, 6, 34], type, &random), tensor([2, 6, 34], type, &random),
        tensor([2, 6, 34], type, &random)
      )
      let half = tensor([2, 6, 17], type, &random)
      let qkv = tensor([2, 6, 24], type, &random)
      let dy = tensor([2, 6, 8], type, &random)
      let rotary = RotaryTable(length: 6, headSize: 4)
      compare(type, tolerance, "seed \(seed), \(type)") { device in
        let (y, inverse) = device.residualNorm(a, b, epsilon: 1e-5, keepsInverse: true)
        let (out, logSums) = device.attention(
          qkv, heads: 2, rotary: rotary, keepsLogSums: true)
        return [
          device.add(a, b), device.add(a, b, c), y, inverse!,
          device.residualNormGradient(y: y, inverse: inverse!, dy: c), device.swiGLU(a),
          device.swiGLUGradient(a, dy: half), out, logSums!,
          device.attentionGradient(
            qkv, heads: 2, rotary: rotary, out: out, logSums: logSums!, dy: dy),
        ]
      }
    }
  }

  @Test("Losses and their gradients match the reference device")
  func losses() {
    var random = RandomStream(seed: 37, "losses")
    let logits = tensor([6, 5], .float32, &random)
    let labels: [Int32] = [0, 4, -100, 2, 1, -100]
    let weights = random.floats(6)
    for kind in CrossEntropy.allCases {
      compare(.float32, 1e-6, "\(kind)") { device in
        let (losses, predicted) = device.crossEntropy(kind, logits: logits, labels: labels)
        return [
          Tensor(losses.map(Float.init), shape: [6]),
          Tensor(predicted.map(Float.init), shape: [6]),
          device.crossEntropyGradient(kind, logits: logits, labels: labels, weights: weights),
        ]
      }
    }
  }
}
