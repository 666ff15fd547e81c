import GymRandomness
import GymTensors
import Testing

/// Operations that move numbers: axes exchanged, numbers picked.
@Suite struct AxesTests {
  private func random(_ shape: Shape, _ name: String) -> Tensor {
    var stream = RandomStream(seed: 5, name)
    return Tensor((0..<shape.count).map { _ in Float(stream.normal()) }, shape: shape)
  }

  @Test(
    "Exchanging two axes moves every row to its place, and back",
    arguments: [ElementType.float32, .bfloat16])
  func rowsChangeTheirAxes(type: ElementType) {
    let device = CPUDevice(activationType: type)
    for (batch, outer, inner, d) in [(2, 3, 4, 5), (1, 1, 7, 2), (3, 10, 1, 8)] {
      let x = device.convert(random([batch * outer, inner, d], "x"), to: type)
      let y = device.exchanged(x, outer: outer)
      #expect(y.shape == [batch * inner, outer, d] && y.type == type)
      for entry in 0..<batch {
        for o in 0..<outer {
          for i in 0..<inner {
            #expect(
              y.row(entry * inner + i).row(o).values == x.row(entry * outer + o).row(i).values)
          }
        }
      }
      #expect(device.exchanged(y, outer: inner).values == x.values)
    }
  }

  /// All three are linear, so that a step of 1 along any direction gives the slope.
  @Test("Gradients of moved and picked numbers agree with finite differences")
  func gradientsAgreeWithDifferences() {
    let indices: [Int32] = [5, 0, 5, 11, 3, 3]
    let (w, x) = (random([4, 3], "w"), random([4, 3, 3], "x"))
    let (seed, direction) = (random([2, 2, 3], "seed"), random([4, 3], "direction"))
    func run(_ w: Tensor, gradient: Tensor?) -> Double {
      let tape = Tape(device: CPUDevice())
      let value = tape.recording {
        let y = tape.linear(tape.constant(x), Weight(w, gradient: gradient))
        let turned = tape.exchanged(y, outer: 2)
        return tape.picked(tape.reshaped(turned, [2, 6, 4]), indices, shape: [2, 3])
      }
      let loss = zip(value.value.values, seed.values).reduce(0) { $0 + Double($1.0 * $1.1) }
      if gradient == nil { tape.reset() } else { tape.backward(from: [(value, seed)]) }
      return loss
    }
    let gradient = Tensor(zeros: [4, 3])
    let start = run(w, gradient: gradient)
    let moved = Tensor(zip(w.values, direction.values).map(+), shape: [4, 3])
    let slope = zip(gradient.values, direction.values).reduce(0) { $0 + Double($1.0 * $1.1) }
    let difference = run(moved, gradient: nil) - start
    #expect(abs(difference - slope) < 1e-4 * max(1, abs(slope)), "\(difference) and \(slope)")
  }
}
