import CTensorKernels

extension CPUDevice {
  public func embed(
    _ tokens: TokenGrid, table: Tensor, prefix: Tensor?, positions: Tensor?, scale: Float
  ) -> Tensor {
    let width = table.shape.last
    let prefixRows = prefix?.shape[1] ?? 0
    let length = prefixRows + tokens.cells
    check(table, hasType: .float32)
    precondition(table.shape.rank == 2 && tokens.tokens.allSatisfy { $0 < table.shape[0] })
    precondition(prefix.map { $0.shape == [tokens.batch, prefixRows, width] } ?? true)
    precondition(positions.map { $0.shape == [length, width] } ?? true)
    let result = makeActivation([tokens.batch, length, width])
    rg_embed(
      activationType.kernel, Int64(tokens.batch), Int64(tokens.cells), Int64(prefixRows),
      Int64(width), scale, tokens.tokens, table.floats, prefix?.floats, positions?.floats,
      result.address)
    return result
  }

  public func addEmbedGradients(
    _ tokens: TokenGrid, dy: Tensor, prefixRows: Int, scale: Float, table: Tensor,
    positions: Tensor?
  ) -> Tensor? {
    let width = table.shape.last
    let length = prefixRows + tokens.cells
    precondition(dy.shape == [tokens.batch, length, width] && dy.type == activationType)
    precondition(positions.map { $0.shape == [length, width] } ?? true)
    precondition(tokens.tokens.allSatisfy { $0 < table.shape[0] })
    let prefix =
      prefixRows > 0 ? makeTensor([tokens.batch, prefixRows, width], .float32) : nil
    rg_embed_backward(
      activationType.kernel, Int64(tokens.batch), Int64(tokens.cells), Int64(prefixRows),
      Int64(width), scale, tokens.tokens, dy.address, table.floats, prefix?.floats,
      positions?.floats)
    return prefix
  }
}
