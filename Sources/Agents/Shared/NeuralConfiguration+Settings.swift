import Gym
import NeuralNetworks
import Tensors

extension NeuralConfiguration {
  /// Where Q-learning takes its target from.
  static let qTarget = Setting.choice(
    "q-target", "where the target for the value of going on comes from",
    default: HaltingRule.QTarget.exact)

  /// What a person may set on a neural agent.
  ///
  /// - Parameters:
  ///   - modules: the sizes of the network's parts.
  ///   - own: the network's other settings.
  ///   - gradient: those that say how far back the gradient goes.
  ///   - loops: whether there is an outer loop over segments.
  ///   - halting: those that say when a puzzle gets no more segments.
  ///   - average: the default decay of the weight average.
  static func settings(
    modules: [Setting], _ own: [Setting] = [], gradient: [Setting] = [], loops: Bool = true,
    halting: [Setting] = [], average: Double = 0
  ) -> [Setting] {
    let most = Setting.integer(
      "max-segments", "most segments a puzzle (M_max)", default: 16, in: 1...1024)
    let exploration = Setting.number(
      "exploration", "probability of a random minimum of segments", default: 0.1, in: 0...1)
    let sizes: [Setting] = [
      .integer("hidden", "hidden size D", default: 128, in: 4...8192),
      .integer("heads", "attention heads", default: 4, in: 1...128),
      .number("expansion", "width of SwiGLU before its factor 2/3", default: 4, in: 0.1...16),
    ]
    let input: [Setting] = [
      .choice("positions", "how a cell's place enters", default: Positions.rotary),
      .integer(
        "puzzle-width", "width of the puzzle embedding; 0 for none, -1 for the hidden size",
        default: -1, in: -1...65_536),
      .choice(
        "dtype", "storage of activations and of the weights in products",
        default: ElementType.float32),
    ]
    let batch: [Setting] = [
      .integer("batch", "puzzles a training step", default: 64, in: 1...65_536),
      .choice("loss", "cross-entropy over the cells", default: CrossEntropy.stablemax),
    ]
    let loop = loops ? [most] + halting + [exploration] : []
    return sizes + modules + input + own + batch + gradient + loop + optimiser(average)
  }

  private static func optimiser(_ average: Double) -> [Setting] {
    [
      .number("learning-rate", "of all but the puzzle embedding", default: 1e-3, in: 0...10),
      .integer("warmup-steps", "steps of linear warm-up", default: 200, in: 0...1_000_000_000),
      .number(
        "minimum-rate-ratio", "share of the rate that a cosine ends at; 1 for a constant rate",
        default: 1, in: 0...1),
      .number(
        "weight-decay", "decoupled, of all but the puzzle embedding", default: 0.1,
        in: 0...100),
      .number("beta1", "AdamATan2's first decay", default: 0.9, in: 0...0.999_999),
      .number("beta2", "AdamATan2's second decay", default: 0.95, in: 0...0.999_999),
      .number("puzzle-learning-rate", "of the puzzle embedding", default: 1e-3, in: 0...10),
      .number("puzzle-weight-decay", "of the puzzle embedding", default: 0.1, in: 0...100),
      .number(
        "weight-average", "decay of the weights' average that answers are made with; 0 for none",
        default: average, in: 0...0.999_999),
    ]
  }

  /// The same for a network with a number of blocks.
  static func settings(
    blocks: Int, _ own: [Setting] = [], loops: Bool = true, halting: [Setting] = [],
    average: Double = 0
  ) -> [Setting] {
    settings(
      modules: [.integer("blocks", "blocks of the network", default: blocks, in: 1...128)], own,
      loops: loops, halting: halting, average: average)
  }

  /// The configuration that settings give for a task.
  ///
  /// - Throws: a `GymError` where the heads do not divide the hidden size into even parts.
  package init(_ settings: Settings, context: AgentContext, maxSegments: Int) throws {
    let (hidden, heads) = (settings.integer("hidden"), settings.integer("heads"))
    expansion = settings.number("expansion")
    guard let block = BlockConfiguration(hidden: hidden, heads: heads, expansion: expansion)
    else {
      throw GymError(
        "hidden is \(hidden) with \(heads) heads", expected: "heads that divide it into even parts",
        remedy: "Set hidden to a multiple of \(2 * heads)")
    }
    func schedule(_ name: String) -> LearningRateSchedule {
      LearningRateSchedule(
        base: settings.number(name), warmupSteps: settings.integer("warmup-steps"),
        totalSteps: context.plannedSteps, minimumRatio: settings.number("minimum-rate-ratio"))
    }
    self.block = block
    positions = settings.choice("positions")
    puzzleWidth = settings.integer("puzzle-width") < 0 ? hidden : settings.integer("puzzle-width")
    prefixRows = max(
      (puzzleWidth + hidden - 1) / hidden,
      settings.declares("prefix-rows") ? settings.integer("prefix-rows") : 0)
    activationType = settings.choice("dtype")
    vocabularyCount = context.vocabularyCount
    cells = context.grid.cells
    puzzleIdentifiers = context.puzzleIdentifiers
    batchSize = context.batchSize
    plannedSteps = context.plannedSteps
    loss = settings.choice("loss")
    self.maxSegments = maxSegments
    exploration = settings.declares("exploration") ? settings.number("exploration") : 0
    rate = schedule("learning-rate")
    decay = settings.number("weight-decay")
    beta1 = settings.number("beta1")
    beta2 = settings.number("beta2")
    puzzleRate = schedule("puzzle-learning-rate")
    puzzleDecay = settings.number("puzzle-weight-decay")
    averageDecay = settings.number("weight-average")
  }
}
