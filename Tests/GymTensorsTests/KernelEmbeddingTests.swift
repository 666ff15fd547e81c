import CGymTensorKernels
import GymRandomness
import GymTensors
import Testing

@Suite struct KernelEmbeddingTests {
  @Test("Embedding and its gradient match the reference", arguments: [0, 1, 3], [true, false])
  func matchesReference(prefixRows: Int, hasPositions: Bool) {
    var random = RandomStream(seed: 22, "embedding")
    let (batch, cells, vocabulary) = (2, 5, 4)
    let tokens = (0..<batch * cells).map { _ in Int32(random.below(vocabulary)) }
    let grid = TokenGrid(batch: batch, cells: cells, tokens: tokens)
    let length = prefixRows + cells
    for width in [1, 7, 17, 130] {
      let table = Tensor(random.floats(vocabulary * width), shape: [vocabulary, width])
      let prefix = Tensor(
        random.floats(batch * prefixRows * width), shape: [batch, prefixRows, width])
      let positions = Tensor(random.floats(length * width), shape: [length, width])
      let dy = random.floats(batch * length * width)
      for (type, tolerance) in [(ElementType.float32, 1e-5), (.bfloat16, 1e-2)] {
        onEachLevel { level in
          let note = "\(level), \(type), width \(width)"
          let devices: [any Device] = [
            CPUDevice(activationType: type), ReferenceDevice(activationType: type),
          ]
          let results = devices.map { device in
            let out = device.embed(
              grid, table: table, prefix: prefixRows > 0 ? prefix : nil,
              positions: hasPositions ? positions : nil, scale: 1.5)
            let dTable = Tensor(table.values, shape: table.shape)
            let dPositions = Tensor(positions.values, shape: positions.shape)
            let slope = Tensor(zeros: out.shape, type: type)
            slope.set(dy)
            let dPrefix = device.addEmbedGradients(
              grid, dy: slope, prefixRows: prefixRows, scale: 1.5, table: dTable,
              positions: hasPositions ? dPositions : nil)
            return [out.values, dTable.values, dPositions.values, dPrefix?.values ?? []]
          }
          for (fast, plain) in zip(results[0], results[1]) {
            expectClose(
              fast.map(Double.init), plain.map(Double.init), tolerance, note)
          }
        }
      }
    }
  }
}
