import CGymTensorKernels
import GymRandomness
import GymTensors
import Testing

@Suite struct KernelLossTests {
  private let kinds = [(RG_SOFTMAX, CrossEntropy.softmax), (RG_STABLEMAX, .stablemax)]

  @Test(
    "The losses and their gradients match the reference", arguments: [UInt64(15), 16], [0, 0.2])
  func matchesReference(seed: UInt64, smoothing: Double) {
    var random = RandomStream(seed: seed, "loss")
    for (kernel, kind) in kinds {
      for classes in [1, 2, 11, 33] {
        let rows = 30
        let logits = KernelNumbers(random.floats(rows * classes, scale: 5))
        let labels = (0..<rows).map { row in
          row % 4 == 3 ? Int32(-100) : Int32(random.below(classes))
        }
        let weights = random.floats(rows)
        var losses = [Double](repeating: .nan, count: rows)
        var predicted = [Int32](repeating: -1, count: rows)
        rg_cross_entropy(
          kernel, smoothing, Int64(rows), Int64(classes), logits.floats, labels, &losses, &predicted
        )
        let gradient = KernelNumbers(unset: rows * classes)
        rg_cross_entropy_backward(
          kernel, smoothing, Int64(rows), Int64(classes), logits.floats, labels, weights,
          gradient.floats)
        let values = logits.doubles
        var expected: [Double] = []
        var slopes: [Double] = []
        for row in 0..<rows {
          let x = Array(values[row * classes..<(row + 1) * classes])
          #expect(x[Int(predicted[row])] == x.max(), "seed \(seed)")
          if labels[row] == -100 {
            expected.append(0)
            slopes += x.map { _ in 0 }
          } else {
            let label = Int(labels[row])
            expected.append(
              Reference.crossEntropy(kind, smoothing: smoothing, logits: x, label: label))
            slopes += Reference.crossEntropyGradient(
              kind, smoothing: smoothing, logits: x, label: label
            ).map { $0 * Double(weights[row]) }
          }
        }
        // The 1 makes the error an absolute one if all losses are 0.
        expectClose(losses + [1], expected + [1], 1e-12, "seed \(seed), \(kind), \(classes)")
        expectClose(gradient, slopes, 1e-6, "seed \(seed), \(kind), \(classes)")
        // In place.
        rg_cross_entropy_backward(
          kernel, smoothing, Int64(rows), Int64(classes), logits.floats, labels, weights,
          logits.floats)
        #expect(logits.values == gradient.values)
      }
    }
  }

  @Test("Of equal logits the first is predicted")
  func predictsTheFirstOfEqualLogits() {
    var loss = [0.0]
    var predicted = [Int32(-1)]
    rg_cross_entropy(RG_SOFTMAX, 0, 1, 4, [1, 3, 3, 2], [0], &loss, &predicted)
    #expect(predicted == [1])
  }

  @Test("Invalid labels and NaN show in the loss")
  func badLabelsAndNumbersShow() {
    for (kernel, _) in kinds {
      for (logits, label) in [([1, 2] as [Float], Int32(2)), ([1, 2], -1), ([.nan, 1], 1)] {
        var loss = [0.0]
        var predicted = [Int32(0)]
        rg_cross_entropy(kernel, 0, 1, 2, logits, [label], &loss, &predicted)
        #expect(loss[0].isNaN)
        var gradient: [Float] = [0, 0]
        rg_cross_entropy_backward(kernel, 0, 1, 2, logits, [label], [1], &gradient)
        #expect(gradient.contains { $0.isNaN })
      }
    }
  }
}
