import GymRandomness
import GymTensors
import Testing

/// Threads that share single operations.
@Suite struct TeamTests {
  /// Runs `body` as the leader of a team.
  private func leading(_ count: Int, _ body: @Sendable (ThreadTeam) -> Void) throws {
    let team = ThreadTeam(count: count)
    try WorkerPool(count: count).run { member in
      guard member == 0 else { return team.serve(member) }
      body(team)
      team.end()
    }
  }

  @Test("Every item is processed exactly once", arguments: [1, 2, 3, 7])
  func everyItemIsTakenOnce(count: Int) throws {
    try leading(count) { team in
      for total in [0, 1, 5, 16, 31, 64, 97, 1000] {
        let taken = Tensor(zeros: [total + 1])
        for round in 1...50 {
          team.share(total) { part in
            let own = taken.slice(part)
            own.set(own.values.map { $0 + 1 })
          }
          #expect(taken.values == Array(repeating: Float(round), count: total) + [0])
        }
      }
    }
  }

  /// A device with a team gives what one without gives, over odd shapes.
  @Test("A team of threads changes no result", arguments: [1, 2, 3, 5], [UInt64(71), 72])
  func changesNoResult(count: Int, seed: UInt64) throws {
    try leading(count) { team in
      var random = RandomStream(seed: seed, "team")
      func tensor(_ shape: Shape, _ type: ElementType) -> Tensor {
        let result = Tensor(zeros: shape, type: type)
        result.set(random.floats(shape.count))
        return result
      }
      for type in ElementType.allCases {
        for (length, heads, size, width) in [(1, 1, 4, 3), (7, 3, 8, 17), (82, 4, 32, 150)] {
          let d = heads * size
          let (x, y, z) = (
            tensor([2, length, d], type), tensor([2, length, d], type),
            tensor([2, length, d], type)
          )
          let gateUp = tensor([2, length, 2 * width], type)
          let (w, gated) = (
            tensor([width, d], type).packed(.plain), tensor([2 * width, d], type).packed(.gated)
          )
          let (qkv, rotary) = (
            tensor([2, length, 3 * d], type), RotaryTable(length: length, headSize: size)
          )
          func results(_ device: CPUDevice) -> [Tensor?] {
            let norm = device.residualNorm(x, y, epsilon: 1e-5, keepsInverse: true)
            let attention = device.attention(
              qkv, heads: heads, rotary: rotary, keepsLogSums: true)
            let swiGLU = device.linearSwiGLU(x, gated, keepsGateUp: true)
            return [
              swiGLU.result, swiGLU.gateUp,
              device.linearSwiGLU(x, gated, keepsGateUp: false).result,
              device.linear(x, w, result: type), device.linear(x, w, result: .float32),
              device.add(x, y), device.add(x, y, z), norm.y, norm.inverse, device.swiGLU(gateUp),
              attention.out, attention.logSums,
            ]
          }
          let alone = results(CPUDevice(activationType: type))
          let device = CPUDevice(activationType: type)
          device.team = team
          let shared = results(device)
          #expect(
            shared.map { $0?.values } == alone.map { $0?.values },
            "seed \(seed), \(count) threads, \(type), \(length) × \(d)")
        }
      }
    }
  }
}

extension Tensor {
  /// As a packed weight, if packing is useful here.
  func packed(_ layout: PackedMatrix.Layout) -> Weight {
    Weight(self, packed: PackedMatrix(layout, packing: self))
  }
}
