extension ReferenceDevice {
  public func patches(_ x: Tensor, columns: Int) -> Tensor {
    let grid = Grid(x.shape, columns: columns)
    let from = x.doubles
    var patches = [Double](repeating: 0, count: 9 * from.count)
    forEachNeighbor(grid, columns) { cell, place, neighbor in
      for index in 0..<grid.width {
        patches[(cell * 9 + place) * grid.width + index] = from[neighbor * grid.width + index]
      }
    }
    return make(patches, [grid.batch, grid.cells, 9 * grid.width], x.type)
  }

  public func patchesGradient(_ dy: Tensor, columns: Int) -> Tensor {
    let grid = Grid(patches: dy.shape, columns: columns)
    let from = dy.doubles
    var sums = [Double](repeating: 0, count: from.count / 9)
    forEachNeighbor(grid, columns) { cell, place, neighbor in
      for index in 0..<grid.width {
        sums[neighbor * grid.width + index] += from[(cell * 9 + place) * grid.width + index]
      }
    }
    return make(sums, [grid.batch, grid.cells, grid.width], dy.type)
  }

  /// Calls `body` for every neighbor of every cell, cells of all grids counted on: the cell, the
  /// place in its patch, and the neighbor.
  private func forEachNeighbor(_ grid: Grid, _ columns: Int, _ body: (Int, Int, Int) -> Void) {
    for cell in 0..<grid.batch * grid.cells {
      let (row, column) = (cell / columns % grid.rows, cell % columns)
      for place in 0..<9 {
        let (down, right) = (place / 3 - 1, place % 3 - 1)
        guard (0..<grid.rows).contains(row + down), (0..<columns).contains(column + right) else {
          continue
        }
        body(cell, place, cell + down * columns + right)
      }
    }
  }

  public func relu(_ x: Tensor) -> Tensor {
    make(x.doubles.map { $0 <= 0 ? 0 : $0 }, x.shape, x.type)
  }

  public func reluGradient(_ y: Tensor, dy: Tensor) -> Tensor {
    precondition(y.shape == dy.shape && y.type == dy.type, "\(y.shape) and \(dy.shape)")
    return make(zip(y.doubles, dy.doubles).map { $0 == 0 ? 0 : $1 }, y.shape, y.type)
  }
}
