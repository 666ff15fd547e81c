import GymRandomness
import GymTensors
import Testing

/// The tape combines the operations' gradients; each operation has its own test elsewhere.
@Suite struct TapeTests {
  private func random(_ shape: Shape, _ name: String) -> Tensor {
    var stream = RandomStream(seed: 3, name)
    return Tensor((0..<shape.count).map { _ in Float(stream.normal()) }, shape: shape)
  }

  /// A small block with every kind of join: an input used three times, a weight used twice.
  private func loss(
    _ x: Tensor, _ w: Tensor, dw: Tensor?, on tape: Tape, of seed: Tensor
  ) -> (loss: Double, dx: Tensor?) {
    var gradient: Tensor?
    let weight = Weight(w, gradient: dw)
    let value = tape.recording { () -> Variable in
      // A linear map makes x a variable that requires a gradient.
      let identity = Tensor(
        (0..<36).map { $0 % 7 == 0 ? 1 : 0 }, shape: [6, 6])
      let inner = Tensor(zeros: [6, 6])
      let input = tape.linear(tape.constant(x), Weight(identity, gradient: inner))
      let first = tape.residualNorm(input, tape.linear(input, weight), epsilon: 1e-5)
      let out = tape.add(first, tape.linear(first, weight), input)
      gradient = dw == nil ? nil : inner
      return out
    }
    let values = zip(value.value.values, seed.values)
    let loss = values.reduce(0) { $0 + Double($1.0) * Double($1.1) }
    if dw != nil { tape.backward(from: [(value, seed)]) } else { tape.reset() }
    return (loss, gradient)
  }

  @Test("Gradients of a whole tape agree with finite differences")
  func gradientsAgreeWithDifferences() {
    let (x, w, seed) = (random([4, 6], "x"), random([6, 6], "w"), random([4, 6], "seed"))
    let tape = Tape(device: CPUDevice())
    let dw = Tensor(zeros: [6, 6])
    _ = loss(x, w, dw: dw, on: tape, of: seed)
    let direction = random([6, 6], "direction").values
    let step: Float = 1e-3
    func moved(_ sign: Float) -> Tensor {
      Tensor(zip(w.values, direction).map { $0 + sign * step * $1 }, shape: [6, 6])
    }
    let above = loss(x, moved(1), dw: nil, on: tape, of: seed).loss
    let below = loss(x, moved(-1), dw: nil, on: tape, of: seed).loss
    let numeric = (above - below) / Double(2 * step)
    let exact = zip(dw.values, direction).reduce(0) { $0 + Double($1.0 * $1.1) }
    #expect(abs(numeric - exact) < 2e-3 * abs(exact), "\(numeric) and \(exact)")
  }

  @Test("The gradients of a weight used twice add up")
  func weightGradientsAddUp() {
    let (x, w, seed) = (random([4, 6], "x"), random([6, 6], "w"), random([4, 6], "seed"))
    let tape = Tape(device: CPUDevice())
    let once = Tensor(zeros: [6, 6])
    let twice = Tensor(zeros: [6, 6])
    _ = loss(x, w, dw: once, on: tape, of: seed)
    for _ in 0..<2 { _ = loss(x, w, dw: twice, on: tape, of: seed) }
    for (a, b) in zip(once.values, twice.values) { #expect(abs(2 * a - b) <= 1e-4 * abs(b) + 1e-5) }
  }

  /// The positions' contribution to a sum of squares, against differences along each table.
  @Test("Position embeddings have gradients")
  func positionsHaveGradients() {
    let names = ["prefix", "rows", "columns", "each"]
    let shapes: [Shape] = [[2, 5], [2, 5], [3, 5], [8, 5]]
    let tables = zip(names, shapes).map { random($1, $0) }
    let tokens = TokenGrid(batch: 2, cells: 6, tokens: [0, 1, 2, 0, 1, 2, 2, 2, 1, 1, 0, 0])
    let vocabulary = random([3, 5], "tokens")
    let seed = random([2, 8, 5], "seed")
    func run(_ values: [Tensor], gradients: [Tensor]?) -> Double {
      let tape = Tape(device: CPUDevice())
      let weights = values.indices.map { Weight(values[$0], gradient: gradients?[$0]) }
      let sum = tape.recording { () -> Variable in
        let grid = tape.gridTable(
          prefix: weights[0],
          axes: [
            (weights[1], [0, 0, 0, 1, 1, 1]), (weights[2], [0, 1, 2, 0, 1, 2]),
          ], cells: 6, width: 5)
        // Both uses of a table's vectors: in the embedding, and repeated for each entry.
        let embedded = tape.embed(
          tokens, table: Weight(vocabulary, gradient: Tensor(zeros: [3, 5])),
          prefix: Tensor(zeros: [2, 2, 5]), positions: grid, scale: 1.5
        ) { _ in }
        return tape.add(
          embedded, tape.repeated(grid, batch: 2, scale: 0.5),
          tape.repeated(tape.table(weights[3]), batch: 2, scale: 2))
      }
      let loss = zip(sum.value.values, seed.values).reduce(0) { $0 + Double($1.0 * $1.1) }
      if gradients == nil { tape.reset() } else { tape.backward(from: [(sum, seed)]) }
      return loss
    }
    let gradients = shapes.map { Tensor(zeros: $0) }
    let start = run(tables, gradients: gradients)
    // The loss is linear in the tables: a step of 1 along any direction gives the slope.
    for (index, table) in tables.enumerated() {
      let direction = random(shapes[index], "direction \(index)").values
      var moved = tables
      moved[index] = Tensor(zip(table.values, direction).map(+), shape: shapes[index])
      let slope = zip(gradients[index].values, direction).reduce(0) { $0 + Double($1.0 * $1.1) }
      let difference = run(moved, gradients: nil) - start
      #expect(abs(difference - slope) < 1e-4 * max(1, abs(slope)), "\(names[index])")
    }
  }

  /// A product of 4 · 6 · 6 multiply-adds, one inside of another count, and the input's gradient.
  @Test("Products are counted, three times if recorded, and gradients of leaves")
  func productsAreCounted() {
    let tape = Tape(device: CPUDevice())
    let (w, leaf) = (Weight(random([6, 6], "w")), tape.leaf(random([4, 6], "x")))
    var inner = 0.0
    let plain = tape.counting {
      inner = tape.counting { tape.linear(leaf, w) }.flops
      return tape.linear(leaf, w)
    }
    #expect(inner == 288 && plain.flops == 576)
    let y = tape.counting { tape.recording { tape.linear(leaf, w) } }
    #expect(y.flops == 3 * 288)
    let seed = (variable: y.result, gradient: random([4, 6], "seed"))
    #expect(tape.counting { tape.gradients(of: [leaf], from: [seed]) }.flops == 288)
    #expect(tape.counting { tape.backward(from: [seed]) }.flops == 0)
  }

  @Test("A tape without gradients keeps no intermediate value")
  func withoutGradientKeepsNothing() {
    let device = CPUDevice()
    let tape = Tape(device: device)
    let (x, w) = (random([64, 6], "x"), random([6, 6], "w"))
    var held = 0
    for length in [10, 1000] {
      tape.withoutGradient {
        var y = tape.constant(x)
        let weight = Weight(w, gradient: nil)
        for _ in 0..<length { y = tape.residualNorm(y, tape.linear(y, weight), epsilon: 1e-5) }
      }
      if length == 10 { held = device.pool.allocations }
    }
    #expect(device.pool.allocations == held)
  }
}
