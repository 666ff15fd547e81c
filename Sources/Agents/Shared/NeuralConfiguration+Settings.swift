import Gym
import NeuralNetworks
import Tensors

extension NeuralConfiguration {
  /// Where Q-learning takes its target from.
  static let qTarget = Setting.choice(
    "q-target", "where the target for the value of going on comes from",
    default: HaltingRule.QTarget.exact)

  /// The settings of a neural agent.
  ///
  /// - Parameters:
  ///   - modules: the sizes of the network's parts.
  ///   - own: the network's other settings.
  ///   - gradient: those that say how far back the gradient goes.
  ///   - loops: whether there is an outer loop over segments.
  ///   - halting: those that say when a puzzle gets no more segments.
  ///   - average: the default decay of the weight average.
  ///   - attends: whether the network consists of attention and SwiGLU, and takes positions.
  ///   - puzzleWidth: the default width of the puzzle embedding.
  ///   - mostSegments: the default of the most segments a puzzle.
  static func settings(
    modules: [Setting], _ own: [Setting] = [], gradient: [Setting] = [], loops: Bool = true,
    halting: [Setting] = [], average: Double = 0, attends: Bool = true, puzzleWidth: Int = -1,
    maximumSegments: Int = 16
  ) -> [Setting] {
    let maximum = Setting.schedule(
      "max-segments", "most segments a puzzle (M_max)", default: maximumSegments, in: 1...1024)
    let weight = Setting.schedule(
      "halting-weight", "weight of the halting head's loss", default: 0.5, in: 0...10)
    let exploration = Setting.number(
      "exploration", "probability of a random minimum of segments", default: 0.1, in: 0...1)
    let hidden = Setting.integer("hidden", "hidden size D", default: 128, in: 4...8192)
    let sizes: [Setting] = [
      .integer("heads", "attention heads", default: 4, in: 1...128),
      .number("expansion", "width of SwiGLU before its factor 2/3", default: 4, in: 0.1...16),
      .choice(
        "gating", "SwiGLU plain, or with a norm before the down-projection",
        default: BlockConfiguration.Gating.plain),
    ]
    let input: [Setting] = [
      .choice("positions", "how a cell's place enters", default: Positions.rotary),
      .choice(
        "position-injection", "which updates vectors of positions are added to",
        default: PositionInjection.question),
      .number("rotary-base", "base of rotary positions", default: 10_000, in: 1...1e9),
      .integer(
        "prefix-rows", "fewest positions in front of the cells", default: 0, in: 0...1024),
      .integer(
        "puzzle-width", "width of the puzzle embedding; 0 for none, -1 for the hidden size",
        default: puzzleWidth, in: -1...65_536),
    ]
    let type = Setting.choice(
      "dtype", "storage of activations and of the weights in products",
      default: ElementType.float32)
    let batch: [Setting] = [
      .integer("batch", "puzzles a training step", default: 64, in: 1...65_536),
      .choice("loss", "cross-entropy over the cells", default: CrossEntropy.stablemax),
      .choice("loss-cells", "which cells the loss is over", default: LossCells.asked),
      .number(
        "label-smoothing", "share of the target that is spread over all tokens", default: 0,
        in: 0...0.9),
      .flag(
        "fresh-symmetry", "whether every draw of a puzzle is another symmetric copy",
        default: false),
      .schedule(
        "reveal", "share of drawn puzzles with some blanks filled in as further clues",
        default: 0.0, in: 0...1),
    ]
    let loop = loops ? [maximum] + halting + [weight, exploration] : []
    let rates = optimizer(average).filter { attends || !$0.name.hasPrefix("puzzle-") }
    return [hidden] + (attends ? sizes : []) + modules + (attends ? input : []) + [type] + own
      + batch + gradient + loop + rates
  }

  private static func optimizer(_ average: Double) -> [Setting] {
    [
      .choice("optimizer", "what steps the weights", default: OptimizerKind.adamATan2),
      .schedule(
        "learning-rate", "of all that no other rate is for", default: 1e-3, in: 0...10),
      .schedule(
        "matrix-learning-rate", "of the blocks' matrices under muon", default: 0.02, in: 0...10),
      .integer("warmup-steps", "steps of linear warm-up", default: 200, in: 0...1_000_000_000),
      .number(
        "weight-decay", "decoupled, of all that no other decay is for", default: 0.1,
        in: 0...100),
      .number(
        "matrix-weight-decay", "of the blocks' matrices under muon", default: 0.005, in: 0...100),
      .number("beta1", "Adam's first decay", default: 0.9, in: 0...0.999_999),
      .number("beta2", "Adam's second decay", default: 0.95, in: 0...0.999_999),
      .number("momentum", "muon's momentum", default: 0.95, in: 0...0.999_999),
      .number(
        "clip", "largest norm of all gradients together; 0 for no clipping", default: 0,
        in: 0...1e9),
      .schedule("puzzle-learning-rate", "of the puzzle embedding", default: 1e-3, in: 0...10),
      .number("puzzle-weight-decay", "of the puzzle embedding", default: 0.1, in: 0...100),
      .number(
        "weight-average", "decay of the weights' average that answers are made with; 0 for none",
        default: average, in: 0...0.999_999),
    ]
  }

  /// The same for a network with a number of blocks.
  static func settings(
    blocks: Int, _ own: [Setting] = [], loops: Bool = true, halting: [Setting] = [],
    average: Double = 0, puzzleWidth: Int = -1
  ) -> [Setting] {
    settings(
      modules: [.integer("blocks", "blocks of the network", default: blocks, in: 1...128)], own,
      loops: loops, halting: halting, average: average, puzzleWidth: puzzleWidth)
  }

  /// The configuration that settings give for a task.
  ///
  /// - Parameter hasSymbolAxis: whether the network's states have an axis of symbols.
  /// - Throws: a `GymError` if the settings do not fit together or with the task.
  package init(
    _ settings: Settings, context: AgentContext, segments: Schedule, hasSymbolAxis: Bool = false
  ) throws {
    let heads = settings.declares("heads") ? settings.integer("heads") : 1
    // What a network without attention does not ask for.
    let settings = try settings.completed(
      by: Self.settings(modules: [], loops: false, puzzleWidth: 0))
    let hidden = settings.integer("hidden")
    expansion = settings.number("expansion")
    guard
      let block = BlockConfiguration(
        hidden: hidden, heads: heads, expansion: expansion, gating: settings.choice("gating"))
    else {
      throw GymError(
        "hidden is \(hidden) with \(heads) heads",
        expected: "a multiple of \(2 * heads), so that every head has an even width",
        remedy: "Change hidden or heads")
    }
    self.block = block
    positions = settings.choice("positions")
    guard !positions.turnsWithAxes || block.headSize % 4 == 0 else {
      throw GymError(
        "positions is \(positions.rawValue) with heads of \(block.headSize) numbers",
        expected: "a multiple of 4", remedy: "Set hidden to a multiple of \(4 * heads)")
    }
    guard !positions.knowsRegions || context.regions != nil else {
      throw GymError(
        "positions is \(positions.rawValue), and the task has no regions",
        remedy: "Set positions to rows-columns or rotary-2d")
    }
    regions = positions.knowsRegions ? context.regions ?? [] : []
    positionInjection = settings.choice("position-injection")
    rotaryBase = settings.number("rotary-base")
    puzzleWidth = settings.integer("puzzle-width") < 0 ? hidden : settings.integer("puzzle-width")
    prefixRows = max((puzzleWidth + hidden - 1) / hidden, settings.integer("prefix-rows"))
    activationType = settings.choice("dtype")
    vocabularyCount = context.vocabularyCount
    grid = context.grid
    blank = context.blank
    symbols =
      hasSymbolAxis
      ? SymbolAxis(
        exchangeable: context.exchangeable, vocabularyCount: context.vocabularyCount) : nil
    puzzleIdentifiers = context.puzzleIdentifiers
    batchSize = context.batchSize
    loss = settings.choice("loss")
    labelSmoothing = settings.number("label-smoothing")
    lossCells = settings.choice("loss-cells")
    guard lossCells == .asked || blank != nil else {
      throw GymError(
        "loss-cells is blanks, and the task has no blank token",
        remedy: "Set loss-cells to asked")
    }
    haltingWeight =
      settings.declares("halting-weight") ? settings.schedule("halting-weight") : Schedule(0.5)
    self.segments = segments
    exploration = settings.declares("exploration") ? settings.number("exploration") : 0
    optimizer = settings.choice("optimizer")
    rate = settings.schedule("learning-rate")
    matrixRate = settings.schedule("matrix-learning-rate")
    puzzleRate = settings.schedule("puzzle-learning-rate")
    warmupSteps = settings.integer("warmup-steps")
    decay = settings.number("weight-decay")
    matrixDecay = settings.number("matrix-weight-decay")
    puzzleDecay = settings.number("puzzle-weight-decay")
    beta1 = settings.number("beta1")
    beta2 = settings.number("beta2")
    momentum = settings.number("momentum")
    clip = settings.number("clip")
    averageDecay = settings.number("weight-average")
    augmentation = TrainingAugmentation(
      drawsFreshSymmetry: settings.flag("fresh-symmetry"), revealed: settings.schedule("reveal"))
  }
}
