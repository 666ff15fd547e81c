import Gym
import JSON

/// The total costs of an agent's answers: its size, its training, and its solving.
public struct AgentUsage: Sendable, Hashable {
  /// The number of trainable parameters; the sum for several agents.
  public var parameters: Int
  /// The cost of training; nil if nothing was trained.
  public var training: ResourceUsage?
  /// The cost of solving.
  public var solving: ResourceUsage
  /// The number of puzzles solved at that cost.
  public var puzzles: Int

  /// A usage report of measured costs.
  public init(parameters: Int, training: ResourceUsage?, solving: ResourceUsage, puzzles: Int) {
    self.parameters = parameters
    self.training = training
    self.solving = solving
    self.puzzles = puzzles
  }

  /// Floating-point operations of solving, per puzzle.
  public var flopsPerPuzzle: Double { solving.cost.flops / Double(max(1, puzzles)) }

  /// Thought tokens per puzzle.
  public var tokensPerPuzzle: Double { Double(solving.cost.tokens) / Double(max(1, puzzles)) }

  /// The usage report as JSON.
  public var json: JSON {
    [
      "parameters": JSON(parameters),
      "training": training?.json ?? .null,
      "solving": solving.json,
      "puzzles": JSON(puzzles),
    ]
  }

  /// Reads what `json` wrote.
  public init(_ fields: JSONFields) throws {
    parameters = try fields.integer("parameters", in: 0...JSONFields.maximumCounted)
    training = fields.has("training") ? try ResourceUsage(fields.fields("training")) : nil
    solving = try ResourceUsage(fields.fields("solving"))
    puzzles = try fields.integer("puzzles", in: 0...JSONFields.maximumCounted)
  }
}
