/// Tokens of a batch, [batch, cells].
public struct TokenGrid: Sendable, Hashable {
  /// The number of sequences.
  public let batch: Int
  /// The number of tokens per sequence.
  public let cells: Int
  /// The tokens, sequence by sequence; none is negative.
  public let tokens: [Int32]

  /// - Precondition: there is a token for each cell, none negative.
  public init(batch: Int, cells: Int, tokens: [Int32]) {
    precondition(tokens.count == batch * cells && tokens.allSatisfy { $0 >= 0 })
    self.batch = batch
    self.cells = cells
    self.tokens = tokens
  }
}
