import Tensors

/// A learned row of e numbers per puzzle identifier and channel, used as positions before the
/// cells.
struct PuzzleEmbedding: Sendable {
  /// [identifiers, C · e]; nil if e is 0.
  let table: Tensor?
  /// The prefix has P positions of D numbers: e numbers of the row, then zeros.
  let rows: Int
  let hidden: Int
  /// C: 1 without an axis of symbols.
  let channels: Int

  init(_ configuration: NeuralConfiguration) {
    channels = configuration.channels
    table =
      configuration.puzzleWidth > 0
      ? Tensor(zeros: [configuration.puzzleIdentifiers, channels * configuration.puzzleWidth])
      : nil
    rows = configuration.prefixRows
    hidden = configuration.block.hidden
  }

  /// The positions before the cells: [B · C, P, D] f32; nil if there are none.
  func prefix(of identifiers: [Int32]) -> Tensor? {
    guard rows > 0 else { return nil }
    let count = identifiers.count * channels
    let result = Tensor(zeros: [count, rows, hidden])
    guard let table else { return result }
    let flat = result.reshaped([count, rows * hidden])
    for (entry, identifier) in identifiers.enumerated() {
      let row = table.row(Int(identifier)).reshaped([channels, table.shape[1] / channels])
      for channel in 0..<channels {
        flat.row(entry * channels + channel).slice(0..<row.shape[1]).copy(from: row.row(channel))
      }
    }
    return result
  }

  /// The gradient of the used rows [B, C · e], from that of the positions [B · C, P, D].
  func rowGradients(_ gradient: Tensor) -> Tensor? {
    guard let table else { return nil }
    let (count, width) = (gradient.shape[0], table.shape[1] / channels)
    let flat = gradient.reshaped([count, rows * hidden])
    let shape: Shape = [count / channels, table.shape[1]]
    if width == rows * hidden { return flat.reshaped(shape) }
    let result = Tensor(zeros: [count, width])
    for entry in 0..<count { result.row(entry).copy(from: flat.row(entry).slice(0..<width)) }
    return result.reshaped(shape)
  }
}
