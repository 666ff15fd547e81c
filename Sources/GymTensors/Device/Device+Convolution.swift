/// The 3×3 convolution of a grid, with zeros beyond its border, as a product of packed patches.
///
/// A patch is a cell's neighborhood: nine rows of numbers, from the upper left to the lower right.
/// These are plain versions for devices in host memory; the products are the device's own.
extension Device {
  /// The neighbors of a patch, as steps down and to the right.
  private static var steps: [(down: Int, right: Int)] {
    (-1...1).flatMap { down in (-1...1).map { (down, $0) } }
  }

  /// The patch of each cell: x [batch, cells, d] → [batch, cells, 9 · d].
  ///
  /// - Precondition: the cells are whole rows of `columns`.
  public func patches(_ x: Tensor, columns: Int) -> Tensor {
    let (batch, cells, d) = Self.extents(x.shape, columns)
    let result = makeTensor([batch, cells, 9 * d], x.type)
    let bytes = d * x.type.size
    forEachNeighbor(batch, cells, columns) { cell, place, neighbor in
      let target = result.address + (cell &* 9 &+ place) &* bytes
      if let neighbor {
        target.copyMemory(from: x.address + neighbor &* bytes, byteCount: bytes)
      } else {
        target.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
      }
    }
    return result
  }

  /// The gradient of x: each cell's sum over the patches that hold it, added in f32.
  public func patchesGradient(_ dy: Tensor, columns: Int) -> Tensor {
    let (batch, cells, width) = Self.extents(dy.shape, columns)
    precondition(width % 9 == 0, "\(dy.shape) are not patches")
    let d = width / 9
    let sums = makeZeros([batch, cells, d], .float32)
    let parts = convert(dy, to: .float32)
    let (to, from) = (sums.floats, parts.floats)
    forEachNeighbor(batch, cells, columns) { cell, place, neighbor in
      guard let neighbor else { return }
      let (total, part) = (to + neighbor &* d, from + (cell &* 9 &+ place) &* d)
      for index in 0..<d { total[index] += part[index] }
    }
    return convert(sums, to: dy.type)
  }

  /// Calls `body` for every neighbor of every cell, cells of all entries counted on: the cell, the
  /// place in its patch, and the neighbor, nil beyond the border.
  private func forEachNeighbor(
    _ batch: Int, _ cells: Int, _ columns: Int, _ body: (Int, Int, Int?) -> Void
  ) {
    let (rows, steps) = (cells / columns, Self.steps)
    for entry in 0..<batch {
      for row in 0..<rows {
        for column in 0..<columns {
          let cell = entry &* cells &+ row &* columns &+ column
          for (place, step) in steps.enumerated() {
            let isInside =
              (0..<rows).contains(row &+ step.down)
              && (0..<columns).contains(column &+ step.right)
            body(cell, place, isInside ? cell &+ step.down &* columns &+ step.right : nil)
          }
        }
      }
    }
  }

  private static func extents(
    _ shape: Shape, _ columns: Int
  ) -> (batch: Int, cells: Int, width: Int) {
    precondition(
      shape.rank == 3 && columns > 0 && shape[1] % columns == 0,
      "\(shape) is not a batch of grids with \(columns) columns")
    return (shape[0], shape[1], shape[2])
  }

  /// max(x, 0), in the type of x; NaN stays NaN.
  public func relu(_ x: Tensor) -> Tensor {
    let result = makeTensor(x.shape, x.type)
    // The bits of negative numbers, −0 to −∞; beyond are those of no number.
    switch x.type {
    case .float32:
      Self.map(x, x, into: result, UInt32.self) { x, _ in
        x >= 0x8000_0000 && x <= 0xFF80_0000 ? 0 : x
      }
    case .bfloat16:
      Self.map(x, x, into: result, UInt16.self) { x, _ in x >= 0x8000 && x <= 0xFF80 ? 0 : x }
    }
    return result
  }

  /// The gradient of x, from the result y: dy if y is above 0, otherwise 0.
  public func reluGradient(_ y: Tensor, dy: Tensor) -> Tensor {
    precondition(y.shape == dy.shape && y.type == dy.type, "\(y.shape) and \(dy.shape)")
    let result = makeTensor(y.shape, y.type)
    switch y.type {
    case .float32: Self.map(y, dy, into: result, UInt32.self) { y, dy in y == 0 ? 0 : dy }
    case .bfloat16: Self.map(y, dy, into: result, UInt16.self) { y, dy in y == 0 ? 0 : dy }
    }
    return result
  }

  private static func map<Bits: FixedWidthInteger>(
    _ a: Tensor, _ b: Tensor, into result: Tensor, _: Bits.Type, _ body: (Bits, Bits) -> Bits
  ) {
    let (a, b) = (
      a.address.assumingMemoryBound(to: Bits.self), b.address.assumingMemoryBound(to: Bits.self)
    )
    let to = result.address.assumingMemoryBound(to: Bits.self)
    for index in 0..<result.count { to[index] = body(a[index], b[index]) }
  }
}
