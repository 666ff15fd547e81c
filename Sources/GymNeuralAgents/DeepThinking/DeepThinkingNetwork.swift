import Gym
import GymNetworks
import GymRandomness
import GymTensors

/// A deep thinking network: a recurrent 3×3 convolution that sees the question in every iteration
/// (recall), trained to improve whatever state it is given (arXiv 2106.04537, 2202.05826).
///
/// An iteration is h = conv(z) + conv(x), then residual blocks; a segment is `iterations` of them.
/// A convolution knows no grid, so that what was learned on small grids answers large ones, with
/// more iterations. Progressive loss: a step draws n iterations without gradient, then k with, of
/// `iterations` in all at most; or, with probability 1 − `progressive`, all of them with gradient.
/// Beyond what was published, the question's convolution is computed once a segment, the heads are
/// linear, and a norm ends each block.
public struct DeepThinkingNetwork: SegmentNetwork {
  public static let id = PluginID("deep-thinking", version: 1)
  public static let summary =
    "Recurrent convolution with recall: learns on small grids and answers large ones"
  private static let blocks = Setting.integer(
    "blocks", "residual blocks an iteration", default: 2, in: 1...16)
  private static let iterations = Setting.schedule(
    "iterations", "iterations a segment", default: 30, in: 1...1024)
  private static let progressive = Setting.number(
    "progressive", "share of steps that begin from a state reached without gradient",
    default: 0.5, in: 0...1)
  private static let ending = Setting.choice(
    "ending", "what ends a residual block", default: ConvolutionBlock.Ending.norm)
  public static let settings = NeuralConfiguration.settings(
    modules: Setting.list(blocks), Setting.list(iterations, progressive, ending), attends: false,
    maximumSegments: 1)
  public static let presets = [
    Preset(
      "paper", "the published size: D 128, 2 blocks, 30 iterations",
      ["hidden": .integer(128), "ending": .text("relu"), "loss": .text("softmax")]),
    Preset("small", "D 64, 2 blocks, 30 iterations", ["hidden": .integer(64)]),
    Preset(
      "tiny", "D 32, 1 block, 16 iterations: for trying things out",
      ["hidden": .integer(32), "blocks": .integer(1), "iterations": .integer(16)]),
    Preset(
      "fast", "D 64, 1 block, 30 iterations, learns cheaply: mazes and other grids of local rules",
      [
        "hidden": .integer(64), "blocks": .integer(1), "dtype": .text("bf16"),
        "batch": .integer(192), "loss": .text("softmax"), "fresh-symmetry": .flag(true),
        "halting-weight": .number(0.05), "optimizer": .text("muon"),
        "matrix-learning-rate": .text("0.02..0"), "learning-rate": .text("0.001..0"),
        "warmup-steps": .integer(100), "weight-decay": .number(0.01), "clip": .number(1),
        "weight-average": .number(0.998),
      ]),
  ]
  public static let answersOtherGrids = true

  /// The convolutions of the state and of the question.
  private let state: Parameter
  private let recall: Parameter
  private let blocks: [ConvolutionBlock]
  private let columns: Int
  private let schedule: Schedule
  private let progressive: Double
  /// The iterations of a segment: first those without gradient.
  private var skipped = 0
  private var recorded: Int

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initializer: Initializer
  ) {
    let (d, type) = (configuration.block.hidden, configuration.activationType)
    func convolution(_ name: String) -> Parameter {
      Parameter(name, initializer.lecun(name, d, 9 * d), computeType: type)
    }
    columns = configuration.grid.columns
    state = convolution("recur.state.weight")
    recall = convolution("recur.recall.weight")
    blocks = (0..<settings[Self.blocks]).map {
      ConvolutionBlock(
        "recur.blocks.\($0)", hidden: d, settings[Self.ending], initializer: initializer,
        computeType: type)
    }
    schedule = settings[Self.iterations]
    progressive = settings[Self.progressive]
    recorded = schedule.wholeValue(at: 1)
  }

  /// The first cell's state says whether the answer is right.
  public var halting: HaltingRule { .exactness }
  public var parameters: [Parameter] { [state, recall] + blocks.flatMap(\.parameters) }
  public var stateNames: [StateName] { [StateName("z", start: "z_init")] }

  public func arranged(at progress: Double) -> DeepThinkingNetwork {
    var network = self
    network.recorded = schedule.wholeValue(at: progress)
    return network
  }

  public func drawn(using random: inout RandomStream) -> DeepThinkingNetwork {
    guard random.chance(progressive) else { return self }
    var network = self
    network.skipped = random.below(recorded)
    network.recorded = random.integer(in: 1...recorded - network.skipped)
    return network
  }

  public func segment(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment {
    let question = recalled(input, on: replica)
    var z = states[0]
    replica.tape.withoutGradient {
      for _ in 0..<skipped { z = iterated(z, question, on: replica) }
    }
    for _ in 0..<recorded { z = iterated(z, question, on: replica) }
    return Segment(states: [z], output: z)
  }

  /// The iterations.
  public var steps: [[Int]] { Array(repeating: [0], count: recorded) }
  public func step(
    _ index: Int, from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment {
    let z = iterated(states[0], recalled(input, on: replica), on: replica)
    return Segment(states: [z], output: z)
  }

  private func recalled(_ input: SegmentInput, on replica: Replica) -> Variable {
    replica.tape.convolution(input.question, replica.weight(recall), columns: columns)
  }

  private func iterated(_ z: Variable, _ question: Variable, on replica: Replica) -> Variable {
    let tape = replica.tape
    let seen = tape.add(
      tape.convolution(z, replica.weight(state), columns: columns), question)
    return blocks.reduce(seen) { $1($0, columns: columns, on: replica) }
  }
}

/// The deep thinking network.
public typealias DeepThinking = NeuralAgent<DeepThinkingNetwork>

extension DeepThinkingNetwork {
  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    let blocks = weights.names.count {
      $0.hasPrefix("recur.blocks.") && $0.hasSuffix(".conv1.weight")
    }
    return blocks > 0 ? ["blocks": .integer(blocks)] : [:]
  }
}
