import GymRandomness
import GymTensors
import Testing

@Suite struct TranspositionTests {
  /// The fast version against the reference, over extents below, at and above a tile.
  @Test("Transposition matches the reference", arguments: [ElementType.float32, .bfloat16])
  func agreesWithTheReference(
    type: ElementType
  ) {
    var random = RandomStream(seed: 41, "transposed")
    let (fast, reference) = (CPUDevice(activationType: type), ReferenceDevice(activationType: type))
    for batch in [0, 1, 3] {
      for rows in [1, 2, 15, 16, 17, 50] {
        for columns in [1, 3, 16, 31, 33] {
          let x = Tensor(zeros: [batch, rows, columns], type: type)
          x.set(random.floats(x.count))
          let y = fast.transposed(x)
          #expect(y.shape == [batch, columns, rows] && y.type == type)
          #expect(
            y.values == reference.transposed(x).values, "seed 41: \(batch)×\(rows)×\(columns)")
          #expect(fast.transposed(y).values == x.values)
        }
      }
    }
  }

  @Test("A known example is transposed correctly")
  func knownExample() {
    let x = Tensor([1, 2, 3, 4, 5, 6], shape: [1, 2, 3])
    #expect(ReferenceDevice().transposed(x).values == [1, 4, 2, 5, 3, 6])
  }

  @Test("The gradient is transposed back")
  func theGradientIsTurnedBack() {
    let tape = Tape(device: CPUDevice())
    let identity = Tensor([1, 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3])
    let gradient = Tensor(zeros: [3, 3])
    let (x, dy) = (
      Tensor([1, 2, 3, 4, 5, 6], shape: [1, 2, 3]), Tensor([1, 0, 0, 2, 0, 0], shape: [1, 3, 2])
    )
    tape.recording {
      let y = tape.transposed(
        tape.linear(tape.constant(x), Weight(identity, gradient: gradient)))
      tape.backward(from: [(y, dy)])
    }
    // dW = dXᵀ · X with dX = dyᵀ = [[1, 0, 0], [0, 2, 0]].
    #expect(gradient.values == [1, 2, 3, 8, 10, 12, 0, 0, 0])
  }
}
