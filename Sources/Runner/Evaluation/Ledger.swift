import JSON

/// What an agent's answers took in all: its size, its training, and its solving.
public struct Ledger: Sendable, Hashable {
  /// The number of trainable parameters; of several agents together, the sum.
  public var parameters: Int
  /// What training spent; nil if nothing was trained.
  public var training: Spending?
  /// What solving spent.
  public var solving: Spending
  /// The number of puzzles solved for it.
  public var puzzles: Int

  /// A ledger of what was measured.
  public init(parameters: Int, training: Spending?, solving: Spending, puzzles: Int) {
    self.parameters = parameters
    self.training = training
    self.solving = solving
    self.puzzles = puzzles
  }

  /// Floating-point operations of solving, a puzzle.
  public var flopsPerPuzzle: Double { solving.cost.flops / Double(max(1, puzzles)) }

  /// Thought tokens, a puzzle.
  public var tokensPerPuzzle: Double { Double(solving.cost.tokens) / Double(max(1, puzzles)) }

  /// The ledger as JSON.
  public var json: JSON {
    [
      "parameters": .integer(Int64(parameters)),
      "training": training?.json ?? .null,
      "solving": solving.json,
      "puzzles": .integer(Int64(puzzles)),
    ]
  }
}
