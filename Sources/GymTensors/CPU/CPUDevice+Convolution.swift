import CGymTensorKernels

extension CPUDevice {
  public func patches(_ x: Tensor, columns: Int) -> Tensor {
    let grid = Grid(x.shape, columns: columns)
    let result = makeTensor([grid.batch, grid.cells, 9 * grid.width], x.type)
    rg_patches(
      x.type.kernel, Int64(grid.batch), Int64(grid.rows), Int64(columns), Int64(grid.width),
      x.address, result.address)
    return result
  }

  public func patchesGradient(_ dy: Tensor, columns: Int) -> Tensor {
    let grid = Grid(patches: dy.shape, columns: columns)
    let result = makeTensor([grid.batch, grid.cells, grid.width], dy.type)
    rg_patches_backward(
      dy.type.kernel, Int64(grid.batch), Int64(grid.rows), Int64(columns), Int64(grid.width),
      dy.address, result.address)
    return result
  }

  public func relu(_ x: Tensor) -> Tensor {
    let result = makeTensor(x.shape, x.type)
    rg_relu(x.type.kernel, Int64(x.count), x.address, result.address)
    return result
  }

  public func reluGradient(_ y: Tensor, dy: Tensor) -> Tensor {
    precondition(y.shape == dy.shape && y.type == dy.type, "\(y.shape) and \(dy.shape)")
    let result = makeTensor(y.shape, y.type)
    rg_relu_backward(y.type.kernel, Int64(y.count), y.address, dy.address, result.address)
    return result
  }
}
