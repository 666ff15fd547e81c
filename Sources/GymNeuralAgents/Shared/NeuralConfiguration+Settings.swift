import Gym
import GymNetworks
import GymTensors

extension NeuralConfiguration {
  // The settings of neural agents. A network that does not have one runs with the default here.

  static let hidden = Setting.integer("hidden", "hidden size D", default: 128, in: 4...8192)
  static let heads = Setting.integer("heads", "attention heads", default: 1, in: 1...128)
  static let expansion = Setting.number(
    "expansion", "width of SwiGLU before its factor 2/3", default: 4, in: 0.1...16)
  static let gating = Setting.choice(
    "gating", "SwiGLU plain, or with a norm before the down-projection",
    default: BlockConfiguration.Gating.plain)
  static let blocks = Setting.integer(
    "blocks", "blocks of the network", default: 1, in: 1...128)
  static let positions = Setting.choice(
    "positions", "how a cell's place enters", default: Positions.rotary)
  static let positionInjection = Setting.choice(
    "position-injection", "which updates vectors of positions are added to",
    default: PositionInjection.question
  )
  .unless(positions, is: .rotary, .rotary2D)
  static let rotaryBase = Setting.number(
    "rotary-base", "base of rotary positions", default: 10_000, in: 1...1e9
  )
  .unless(positions, is: .learned, .rowsColumns, .rowsColumnsRegions)
  static let prefixRows = Setting.integer(
    "prefix-rows", "fewest positions in front of the cells", default: 0, in: 0...1024)
  static let puzzleWidth = Setting.integer(
    "puzzle-width", "width of the puzzle embedding; 0 for none, -1 for the hidden size",
    default: 0, in: -1...65_536)
  static let activationType = Setting.choice(
    "dtype", "storage of activations and of the weights in products",
    default: ElementType.float32)

  package static let batch = Setting.integer(
    "batch", "puzzles per training step", default: 64, in: 1...65_536)
  static let loss = Setting.choice(
    "loss", "cross-entropy over the cells", default: CrossEntropy.stablemax)
  static let lossCells = Setting.choice(
    "loss-cells", "which cells the loss is over", default: LossCells.asked)
  static let labelSmoothing = Setting.number(
    "label-smoothing", "share of the target that is spread over all tokens", default: 0,
    in: 0...0.9)
  static let freshSymmetry = Setting.flag(
    "fresh-symmetry", "whether every draw of a puzzle is another symmetric copy", default: false)
  static let reveal = Setting.schedule(
    "reveal", "share of drawn puzzles with some blanks filled in as further clues",
    default: 0.0, in: 0...1)

  static let segmentsLimit = 1024
  static let maxSegments = Setting.schedule(
    "max-segments", "maximum segments per puzzle (M_max)", default: 1,
    in: 1...segmentsLimit)
  /// The rule that ends the outer loop, and the source of Q-learning's target.
  static let halts = Setting.list(halting, qTarget)
  static let halting = Setting.choice(
    "halting", "when a puzzle in training gets no more segments",
    default: HaltingRule.Kind.qLearning)
  static let qTarget = Setting.choice(
    "q-target", "where the target for the value of continuing comes from",
    default: HaltingRule.QTarget.exact
  )
  .onlyIf(halting, is: .qLearning)
  static let haltingWeight = Setting.schedule(
    "halting-weight", "weight of the halting head's loss", default: 0.5, in: 0...10)
  static let exploration = Setting.number(
    "exploration", "probability of a random minimum of segments", default: 0, in: 0...1
  )
  .unless(halting, is: .fixed)

  static let optimizer = Setting.choice(
    "optimizer", "what steps the weights", default: OptimizerKind.adamATan2)
  static let rate = Setting.schedule(
    "learning-rate", "of all that no other rate is for", default: 1e-3, in: 0...10)
  static let matrixRate = Setting.schedule(
    "matrix-learning-rate", "of the blocks' matrices under muon", default: 0.02, in: 0...10
  )
  .onlyIf(optimizer, is: .muon)
  static let warmupSteps = Setting.integer(
    "warmup-steps", "steps of linear warm-up", default: 200, in: 0...1_000_000_000)
  static let decay = Setting.number(
    "weight-decay", "decoupled, of all that no other decay is for", default: 0.1, in: 0...100)
  static let matrixDecay = Setting.number(
    "matrix-weight-decay", "of the blocks' matrices under muon", default: 0.005, in: 0...100
  )
  .onlyIf(optimizer, is: .muon)
  static let beta1 = Setting.number("beta1", "Adam's first decay", default: 0.9, in: 0...0.999_999)
  static let beta2 = Setting.number(
    "beta2", "Adam's second decay", default: 0.95, in: 0...0.999_999)
  static let momentum = Setting.number(
    "momentum", "muon's momentum", default: 0.95, in: 0...0.999_999
  )
  .onlyIf(optimizer, is: .muon)
  static let clip = Setting.number(
    "clip", "largest norm of all gradients together; 0 for no clipping", default: 0, in: 0...1e9)
  static let puzzleRate = Setting.schedule(
    "puzzle-learning-rate", "of the puzzle embedding", default: 1e-3, in: 0...10
  )
  .unless(puzzleWidth, is: 0)
  static let puzzleDecay = Setting.number(
    "puzzle-weight-decay", "of the puzzle embedding", default: 0.1, in: 0...100
  )
  .unless(puzzleWidth, is: 0)
  static let averageDecay = Setting.number(
    "weight-average", "decay of the weights' average that answers are made with; 0 for none",
    default: 0, in: 0...0.999_999)

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
  ///   - segments: that of the most segments per puzzle.
  ///   - maximumSegments: its default.
  static func settings(
    modules: [Setting], _ own: [Setting] = [], gradient: [Setting] = [], loops: Bool = true,
    halting: [Setting] = [], average: Double = 0, attends: Bool = true, puzzleWidth: Int = -1,
    segments: SettingKey<Schedule> = NeuralConfiguration.maxSegments, maximumSegments: Int = 16
  ) -> [Setting] {
    var settings = Setting.list(hidden)
    if attends { settings += Setting.list(heads.withDefault(4), expansion, gating) }
    settings += modules
    if attends {
      settings += Setting.list(
        positions, positionInjection, rotaryBase, prefixRows,
        Self.puzzleWidth.withDefault(puzzleWidth))
      settings += demonstrationSettings
    }
    settings += Setting.list(activationType) + own
    settings += Setting.list(batch, loss, lossCells, labelSmoothing, freshSymmetry, reveal)
    settings += gradient
    if loops {
      settings += Setting.list(segments.withDefault(Schedule(Double(maximumSegments))))
      settings += halting + Setting.list(haltingWeight, exploration.withDefault(0.1))
    }
    settings += Setting.list(
      optimizer, rate, matrixRate, warmupSteps, decay, matrixDecay, beta1, beta2, momentum, clip)
    if attends { settings += Setting.list(puzzleRate, puzzleDecay) }
    return settings + Setting.list(averageDecay.withDefault(average))
  }

  /// The same for a network with a number of blocks.
  static func settings(
    blocks: Int, _ own: [Setting] = [], loops: Bool = true, halting: [Setting] = [],
    average: Double = 0, puzzleWidth: Int = -1
  ) -> [Setting] {
    settings(
      modules: Setting.list(Self.blocks.withDefault(blocks)), own, loops: loops, halting: halting,
      average: average, puzzleWidth: puzzleWidth)
  }

  /// The configuration that settings give for a task.
  ///
  /// - Parameter hasSymbolAxis: whether the network's states have an axis of symbols.
  /// - Throws: a `GymError` if the settings do not fit together or with the task.
  package init(
    _ settings: Settings, context: AgentContext, segments: Schedule, hasSymbolAxis: Bool = false
  ) throws {
    let (hidden, heads) = (settings[Self.hidden], settings[Self.heads])
    expansion = settings[Self.expansion]
    guard
      let block = BlockConfiguration(
        hidden: hidden, heads: heads, expansion: expansion, gating: settings[Self.gating])
    else {
      // A network without attention has no heads to speak of.
      throw heads == 1
        ? GymError("hidden is \(hidden)", expected: "an even number")
        : GymError(
          "hidden is \(hidden) with \(heads) heads",
          expected: "a multiple of \(2 * heads), so that every head has an even width",
          remedy: "Change hidden or heads")
    }
    try Self.checkMemory(ofWeights: settings)
    self.block = block
    positions = settings[Self.positions]
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
    positionInjection = settings[Self.positionInjection]
    rotaryBase = settings[Self.rotaryBase]
    puzzleWidth = settings[Self.puzzleWidth] < 0 ? hidden : settings[Self.puzzleWidth]
    demonstrations = try Self.demonstrations(
      settings, hasSymbolAxis: hasSymbolAxis, puzzleWidth: puzzleWidth)
    let shownRows = demonstrations.map { $0.count * $0.rows } ?? 0
    prefixRows = max((puzzleWidth + hidden - 1) / hidden, settings[Self.prefixRows]) + shownRows
    activationType = settings[Self.activationType]
    vocabularyCount = context.vocabularyCount
    grid = context.grid
    blank = context.blank
    symbols =
      hasSymbolAxis
      ? SymbolAxis(
        exchangeable: context.exchangeable, vocabularyCount: context.vocabularyCount) : nil
    puzzleIdentifiers = context.puzzleIdentifiers
    batchSize = context.batchSize
    loss = settings[Self.loss]
    labelSmoothing = settings[Self.labelSmoothing]
    lossCells = settings[Self.lossCells]
    guard lossCells == .asked || blank != nil else {
      throw GymError(
        "loss-cells is blanks, and the task has no blank token",
        remedy: "Set loss-cells to asked")
    }
    haltingWeight = settings[Self.haltingWeight]
    self.segments = segments
    exploration = settings[Self.exploration]
    optimizer = settings[Self.optimizer]
    rate = settings[Self.rate]
    matrixRate = settings[Self.matrixRate]
    puzzleRate = settings[Self.puzzleRate]
    warmupSteps = settings[Self.warmupSteps]
    decay = settings[Self.decay]
    matrixDecay = settings[Self.matrixDecay]
    puzzleDecay = settings[Self.puzzleDecay]
    beta1 = settings[Self.beta1]
    beta2 = settings[Self.beta2]
    momentum = settings[Self.momentum]
    clip = settings[Self.clip]
    averageDecay = settings[Self.averageDecay]
    augmentation = TrainingAugmentation(
      drawsFreshSymmetry: settings[Self.freshSymmetry], revealed: settings[Self.reveal])
  }
}

extension NeuralConfiguration {
  /// The published arrangement for Sudoku-Extreme (arXiv 2506.21734), blocks aside.
  static let published: [String: SettingValue] = [
    "hidden": .integer(512), "heads": .integer(8), "batch": .integer(384),
    "learning-rate": .number(7e-5), "puzzle-learning-rate": .number(7e-5),
    "weight-decay": .number(1), "puzzle-weight-decay": .number(1),
    "warmup-steps": .integer(2000),
  ]

  /// The least size that is worth trying, blocks aside.
  static let smallest: [String: SettingValue] = ["hidden": .integer(64), "heads": .integer(2)]

  /// The values that learn most per operation on puzzles with blanks, of those tried
  /// (Benchmarks/NOTES.md); cycles and gradient aside.
  static let fast: [String: SettingValue] = [
    "dtype": .text("bf16"), "batch": .integer(64), "loss": .text("softmax"),
    "loss-cells": .text("blanks"), "label-smoothing": .number(0.05),
    "positions": .text("rotary-2d+learned"), "rotary-base": .number(10), "prefix-rows": .integer(8),
    "puzzle-width": .integer(0), "gating": .text("normed"),
    "fresh-symmetry": .flag(true), "reveal": .text("0.5,0.2@0.2"),
    "max-segments": .text("1,4@0.2,8@0.9"), "halting": .text("exactness"),
    "halting-weight": .text("0,0.05@0.2"),
    "exploration": .number(0), "optimizer": .text("muon"),
    "matrix-learning-rate": .text("0.01..0"), "learning-rate": .text("0.0005..0"),
    "warmup-steps": .integer(100), "weight-decay": .number(0.01), "clip": .number(1),
    "weight-average": .number(0.998),
  ]

  /// The values that differ from `fast` in a network with an axis of symbols, where each cell has
  /// ten rows of numbers.
  static let fastSymbols: [String: SettingValue] = [
    "hidden": .integer(64), "heads": .integer(2), "expansion": .number(3),
    "prefix-rows": .integer(0), "batch": .integer(32), "weight-average": .number(0.999),
  ]

  /// The values that differ from `fast` on small puzzles, such as 6×6 Sudoku, trained for a minute.
  private static let fastTiny: [String: SettingValue] = smallest.merging([
    "batch": .integer(32), "prefix-rows": .integer(4), "positions": .text("rotary-2d+learned"),
    "label-smoothing": .number(0), "reveal": .number(0), "max-segments": .text("1,4@0.25"),
    "halting-weight": .text("0,0.05@0.25"),
    "matrix-learning-rate": .text("0.012..0"), "learning-rate": .text("0.0012..0"),
    "warmup-steps": .integer(50), "weight-average": .number(0.99),
  ]) { $1 }

  /// The presets `fast` and `fast-tiny`, which learn most per operation, for one agent.
  ///
  /// - Parameters:
  ///   - settings: the agent's; values of settings that it does not have are left out.
  ///   - hidden: the larger one's hidden size, as its summary states it.
  ///   - blocks: how many blocks the larger one has, as its summary states it.
  ///   - own: the larger one's own values, such as cycles.
  ///   - tinyHidden: the smaller one's hidden size.
  ///   - tinyBlocks: how many blocks the smaller one has.
  ///   - tinyOwn: the smaller one's own values.
  static func fastPresets(
    for settings: [Setting], hidden: Int = 128, blocks: String,
    own: [String: SettingValue] = [:], tinyHidden: Int = 64, tinyBlocks: String,
    tinyOwn: [String: SettingValue]
  ) -> [Preset] {
    let names = Set(settings.map(\.name))
    func known(_ values: [String: SettingValue]) -> [String: SettingValue] {
      values.filter { names.contains($0.key) }
    }
    return [
      Preset(
        "fast",
        "D \(hidden), \(blocks) blocks, learns cheaply: puzzles with blanks, such as Sudoku",
        known(fast.merging(own) { $1 })),
      Preset(
        "fast-tiny",
        "D \(tinyHidden), \(tinyBlocks) blocks, learns cheaply: small puzzles with blanks",
        known(fast.merging(fastTiny) { $1 }.merging(tinyOwn) { $1 })),
    ]
  }

  /// HRM's three sizes, with other numbers of blocks.
  ///
  /// - Parameter own: further values of the published arrangement.
  static func presets(
    paper: Int, small: Int, tiny: Int, own: [String: SettingValue] = [:]
  ) -> [Preset] {
    [
      Preset(
        "paper", "the published size: D 512, \(paper) blocks",
        published.merging(["blocks": .integer(paper)]) { $1 }.merging(own) { $1 }),
      Preset(
        "small", "D 128, \(small) blocks: trains on a plain processor",
        ["blocks": .integer(small)]),
      Preset(
        "tiny", "D 64, \(tiny) blocks: for trying things out",
        smallest.merging(["blocks": .integer(tiny)]) { $1 }),
    ]
  }
}
