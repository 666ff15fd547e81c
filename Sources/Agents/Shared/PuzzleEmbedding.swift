import Tensors

/// A learned row of e numbers per puzzle identifier, used as positions before the cells.
struct PuzzleEmbedding: Sendable {
  /// [identifiers, e]; nil if e is 0.
  let table: Tensor?
  /// The prefix has P positions of D numbers: the row's e numbers, then zeros.
  let rows: Int
  let hidden: Int

  init(_ configuration: NeuralConfiguration) {
    table =
      configuration.puzzleWidth > 0
      ? Tensor(zeros: [configuration.puzzleIdentifiers, configuration.puzzleWidth]) : nil
    rows = configuration.prefixRows
    hidden = configuration.block.hidden
  }

  /// The positions before the cells: [B, P, D] f32; nil if there are none.
  func prefix(of identifiers: [Int32]) -> Tensor? {
    guard rows > 0 else { return nil }
    let result = Tensor(zeros: [identifiers.count, rows, hidden])
    guard let table else { return result }
    let flat = result.reshaped([identifiers.count, rows * hidden])
    for (entry, identifier) in identifiers.enumerated() {
      let row = table.slice(Int(identifier)..<Int(identifier) + 1)
      flat.row(entry).slice(0..<row.count).copy(from: row.flat)
    }
    return result
  }

  /// The gradient of the used rows [B, e], from that of the positions [B, P, D].
  func rowGradients(_ gradient: Tensor) -> Tensor? {
    guard let table else { return nil }
    let (batch, width) = (gradient.shape[0], table.shape[1])
    let flat = gradient.reshaped([batch, rows * hidden])
    if width == rows * hidden { return flat }
    let result = Tensor(zeros: [batch, width])
    for entry in 0..<batch { result.row(entry).copy(from: flat.row(entry).slice(0..<width)) }
    return result
  }
}
