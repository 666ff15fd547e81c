import Gym
import GymJSON

/// The cost of some work, and its duration.
public struct ResourceUsage: Sendable, Hashable {
  /// The counted cost, the same on every machine.
  public var cost: ComputeCost
  /// The duration in seconds on this machine.
  public var seconds: Double

  /// A usage of a cost and a duration, both zero by default.
  public init(cost: ComputeCost = ComputeCost(), seconds: Double = 0) {
    self.cost = cost
    self.seconds = seconds
  }

  /// The sum of two usages.
  public static func + (a: ResourceUsage, b: ResourceUsage) -> ResourceUsage {
    ResourceUsage(cost: a.cost + b.cost, seconds: a.seconds + b.seconds)
  }

  /// The usage as JSON.
  public var json: JSON {
    [
      "flops": .number(cost.flops), "passes": JSON(cost.passes),
      "tokens": JSON(cost.tokens), "seconds": .number(seconds),
    ]
  }

  /// Reads what `json` wrote.
  public init(_ fields: JSONFields) throws {
    cost = ComputeCost(
      flops: try fields.number("flops", in: 0...Double.greatestFiniteMagnitude),
      passes: try fields.integer("passes", in: 0...JSONFields.maximumCounted),
      tokens: try fields.integer("tokens", in: 0...JSONFields.maximumCounted))
    seconds = try fields.number("seconds", in: 0...1e12)
  }
}

extension ComputeCost {
  /// The cost with what cannot be one counted as none. Costs come from agents, processes of others
  /// among them, and are added up.
  public var bounded: ComputeCost {
    func bounded(_ count: Int) -> Int { max(0, min(count, 1 << 40)) }
    return ComputeCost(
      flops: flops >= 0 && flops < 1e300 ? flops : 0, passes: bounded(passes),
      tokens: bounded(tokens))
  }
}

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
