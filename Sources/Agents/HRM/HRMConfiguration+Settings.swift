import Gym
import NeuralNetworks
import Tensors

extension HRMConfiguration {
  /// What a person may set. The defaults are the preset `small`.
  static let settings: [Setting] = [
    .integer("hidden", "hidden size D", default: 128, in: 4...8192),
    .integer("heads", "attention heads", default: 4, in: 1...128),
    .number("expansion", "width of SwiGLU before its factor 2/3", default: 4, in: 0.1...16),
    .integer("high-blocks", "blocks of the high module", default: 2, in: 1...64),
    .integer("low-blocks", "blocks of the low module", default: 2, in: 1...64),
    .integer("high-cycles", "high cycles a segment (N)", default: 2, in: 1...64),
    .integer("low-cycles", "low cycles a high cycle (T)", default: 2, in: 1...64),
    .choice("positions", "how a cell's place enters", default: Positions.rotary),
    .integer(
      "puzzle-width", "width of the puzzle embedding; 0 for none, -1 for the hidden size",
      default: -1, in: -1...65_536),
    .choice(
      "dtype", "storage of activations and of the weights in products",
      default: ElementType.float32),
    .choice("ablation", "what is left out", default: Ablation.none),
    .integer("batch", "puzzles a training step", default: 64, in: 1...65_536),
    .choice("loss", "cross-entropy over the cells", default: CrossEntropy.stablemax),
    .choice(
      "gradient", "how far back the gradient goes from a segment's end",
      default: Gradient.Kind.oneStep),
    .integer(
      "gradient-steps", "bptt: module updates gone back through; implicit: terms of the series",
      default: 6, in: 1...8192),
    .integer("max-segments", "most segments a puzzle (M_max)", default: 16, in: 1...1024),
    .choice(
      "halting", "when a puzzle in training gets no more segments", default: Halting.qLearning),
    .number(
      "exploration", "probability of a random minimum of segments", default: 0.1, in: 0...1),
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
      default: 0, in: 0...0.999_999),
  ]

  /// The published arrangement, and smaller ones for a plain processor.
  static let presets: [Preset] = [
    Preset(
      "paper", "the published Sudoku-Extreme arrangement: D 512, 4+4 blocks, 27.3M parameters",
      [
        "hidden": .integer(512), "heads": .integer(8), "high-blocks": .integer(4),
        "low-blocks": .integer(4), "batch": .integer(384), "learning-rate": .number(7e-5),
        "puzzle-learning-rate": .number(7e-5), "weight-decay": .number(1),
        "puzzle-weight-decay": .number(1), "warmup-steps": .integer(2000),
      ]),
    Preset("small", "D 128, 2+2 blocks: trains on a plain processor", [:]),
    Preset(
      "tiny", "D 64, 1+1 blocks: for trying things out",
      [
        "hidden": .integer(64), "heads": .integer(2), "high-blocks": .integer(1),
        "low-blocks": .integer(1), "expansion": .number(4),
      ]),
  ]

  /// The configuration that settings give for a task.
  init(_ settings: Settings, context: AgentContext) throws {
    let (hidden, heads) = (settings.integer("hidden"), settings.integer("heads"))
    guard
      let block = BlockConfiguration(
        hidden: hidden, heads: heads, expansion: settings.number("expansion"))
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
    highBlocks = settings.integer("high-blocks")
    lowBlocks = settings.integer("low-blocks")
    highCycles = settings.integer("high-cycles")
    lowCycles = settings.integer("low-cycles")
    positions = settings.choice("positions")
    puzzleWidth = settings.integer("puzzle-width") < 0 ? hidden : settings.integer("puzzle-width")
    activationType = settings.choice("dtype")
    ablation = settings.choice("ablation")
    vocabularyCount = context.vocabularyCount
    cells = context.grid.cells
    puzzleIdentifiers = context.puzzleIdentifiers
    batchSize = context.batchSize
    loss = settings.choice("loss")
    gradient = Gradient(settings.choice("gradient"), steps: settings.integer("gradient-steps"))
    halting = settings.choice("halting")
    maxSegments = ablation == .noOuterLoop ? 1 : settings.integer("max-segments")
    exploration = settings.number("exploration")
    rate = schedule("learning-rate")
    decay = settings.number("weight-decay")
    beta1 = settings.number("beta1")
    beta2 = settings.number("beta2")
    puzzleRate = schedule("puzzle-learning-rate")
    puzzleDecay = settings.number("puzzle-weight-decay")
    averageDecay = settings.number("weight-average")
  }
}
