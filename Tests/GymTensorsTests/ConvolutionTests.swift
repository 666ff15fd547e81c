import GymRandomness
import GymTensors
import Testing

/// The convolution against the plain one, and that against differences.
@Suite struct ConvolutionTests {
  private struct Size {
    let batch: Int
    let rows: Int
    let columns: Int
    let inputs: Int
    let outputs: Int

    init(_ batch: Int, _ rows: Int, _ columns: Int, _ inputs: Int, _ outputs: Int) {
      (self.batch, self.rows, self.columns) = (batch, rows, columns)
      (self.inputs, self.outputs) = (inputs, outputs)
    }
  }

  private static let sizes = [
    Size(1, 1, 1, 3, 2), Size(2, 3, 4, 5, 7), Size(3, 2, 1, 1, 4), Size(1, 5, 5, 16, 16),
    Size(2, 1, 6, 8, 3), Size(3, 4, 2, 33, 1),
  ]

  @Test(
    "The convolution and its gradients equal the plain ones",
    arguments: [ElementType.float32, .bfloat16])
  func equalsThePlainOne(type: ElementType) {
    var random = RandomStream(seed: 51, "convolution")
    for size in Self.sizes {
      let cells = size.rows * size.columns
      func tensor(_ shape: Shape, _ type: ElementType) -> Tensor {
        let result = Tensor(zeros: shape, type: type)
        result.set(random.floats(shape.count))
        return result
      }
      let x = tensor([size.batch, cells, size.inputs], type)
      let w = tensor([size.outputs, 9 * size.inputs], type)
      let dy = tensor([size.batch, cells, size.outputs], type)
      let tape = Tape(device: CPUDevice(activationType: type))
      let dw = Tensor(zeros: w.shape)
      let input = tape.leaf(x)
      let y = tape.recording {
        tape.convolution(input, Weight(w, gradient: dw), columns: size.columns)
      }
      tape.backward(from: [(y, dy)])

      func doubles(_ x: Tensor) -> [Double] { x.values.map(Double.init) }
      var (plain, dxs) = ([Double](), [Double]())
      var dws = [Double](repeating: 0, count: w.count)
      for entry in 0..<size.batch {
        let (one, slope) = (doubles(x.row(entry)), doubles(dy.row(entry)))
        plain += Reference.convolution(
          one, doubles(w), columns: size.columns, inputs: size.inputs)
        let gradients = Reference.convolutionGradients(
          one, doubles(w), dy: slope, columns: size.columns, inputs: size.inputs)
        dxs += gradients.dx
        dws = zip(dws, gradients.dw).map(+)
      }
      let tolerance = type == .float32 ? 1e-5 : 2e-2
      expectClose(doubles(y.value), plain, tolerance, "\(size), \(type)")
      expectClose(doubles(dw), dws, tolerance, "\(size), \(type): weights")
      expectClose(
        input.gradient.map(doubles) ?? [], dxs, tolerance, "\(size), \(type): input")
    }
  }

  @Test(
    "Patches, ReLU and their gradients equal the plain ones at every level",
    arguments: [ElementType.float32, .bfloat16])
  func partsEqualThePlainOnes(type: ElementType) {
    var random = RandomStream(seed: 53, "convolution")
    let (device, plain) = (
      CPUDevice(activationType: type), ReferenceDevice(activationType: type)
    )
    onEachLevel { level in
      for size in Self.sizes {
        let note = "\(level), \(size), \(type)"
        let cells = size.rows * size.columns
        let x = Tensor(zeros: [size.batch, cells, size.inputs], type: type)
        x.set(random.floats(x.count))
        let dy = Tensor(zeros: [size.batch, cells, 9 * size.inputs], type: type)
        dy.set(random.floats(dy.count))
        #expect(
          device.patches(x, columns: size.columns).values
            == plain.patches(x, columns: size.columns).values, "\(note)")
        expectClose(
          device.patchesGradient(dy, columns: size.columns).values.map(Double.init),
          plain.patchesGradient(dy, columns: size.columns).values.map(Double.init),
          type == .float32 ? 1e-6 : 1e-2, note)
        let y = device.relu(dy)
        #expect(y.values == plain.relu(dy).values, "\(note)")
        #expect(
          device.reluGradient(y, dy: dy).values == plain.reluGradient(y, dy: dy).values,
          "\(note)")
      }
    }
  }

  /// The convolution is linear in both arguments: a step of 1 in one gives the slope.
  @Test("The plain convolution's gradients agree with finite differences")
  func plainGradientsAgreeWithDifferences() {
    var random = RandomStream(seed: 52, "convolution")
    for size in Self.sizes {
      let cells = size.rows * size.columns
      let x = random.doubles(cells * size.inputs)
      let w = random.doubles(size.outputs * 9 * size.inputs)
      let dy = random.doubles(cells * size.outputs)
      func value(_ x: [Double], _ w: [Double]) -> Double {
        let y = Reference.convolution(x, w, columns: size.columns, inputs: size.inputs)
        return zip(y, dy).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let (dx, dw) = Reference.convolutionGradients(
        x, w, dy: dy, columns: size.columns, inputs: size.inputs)
      let (toX, toW) = (random.doubles(x.count), random.doubles(w.count))
      let alongX = value(zip(x, toX).map(+), w) - value(x, w)
      let alongW = value(x, zip(w, toW).map(+)) - value(x, w)
      let (slopeX, slopeW) = (
        zip(dx, toX).reduce(0) { $0 + $1.0 * $1.1 }, zip(dw, toW).reduce(0) { $0 + $1.0 * $1.1 }
      )
      #expect(abs(alongX - slopeX) < 1e-9 * max(1, abs(slopeX)), "\(size)")
      #expect(abs(alongW - slopeW) < 1e-9 * max(1, abs(slopeW)), "\(size)")
    }
  }

  @Test(
    "ReLU keeps positive numbers and NaN, and makes all others zero",
    arguments: [ElementType.float32, .bfloat16])
  func reluKeepsWhatIsAboveZero(
    type: ElementType
  ) {
    let device = CPUDevice(activationType: type)
    let x = Tensor(zeros: [7], type: type)
    x.set([-2, -0.0, 0, 0.5, 3, .infinity, -.infinity])
    let y = device.relu(x)
    #expect(y.values == [0, 0, 0, 0.5, 3, .infinity, 0])
    let dy = Tensor(zeros: [7], type: type)
    dy.set([1, 2, 3, 4, -5, 6, 7])
    #expect(device.reluGradient(y, dy: dy).values == [0, 0, 0, 4, -5, 6, 0])
    // What is not a number is not hidden.
    x.set([.nan, -.nan, 1, 1, 1, 1, 1])
    #expect(device.relu(x).values.prefix(2).filter { $0.isNaN }.count == 2)
  }
}
