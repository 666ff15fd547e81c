import Gym
import GymNetworks
import GymRandomness
import GymTensors

/// The network of a neural agent, and how it runs for one segment.
///
/// `NeuralAgent` provides everything else: embedding, output and halting heads, batch slots with
/// carried states, deep supervision, optimizers, weight average, answering, probing, saving and
/// restoring, costs. B is the batch, S the positions, D the hidden size.
public protocol SegmentNetwork: Sendable {
  /// The agent's name and version.
  static var id: PluginID { get }
  /// A one-line description of the agent.
  static var summary: String { get }
  /// The settings that a user can change: `NeuralConfiguration.settings` with the network's own.
  static var settings: [Setting] { get }
  /// Named sets of values, most common first.
  static var presets: [Preset] { get }

  /// Whether a segment reads the answer tokens of the previous one (at first: the question), so
  /// that supervision targets may be traces. Default: false.
  static var readsThoughts: Bool { get }

  /// Whether states have an axis of symbols, over which the network shares its weights: S is then
  /// the channels times the positions (see `SymbolAxis`). Default: false.
  static func hasSymbolAxis(_ settings: Settings) -> Bool

  /// Whether the weights fit every grid, so that what was learned on one answers another. Default:
  /// false.
  static var answersOtherGrids: Bool { get }

  /// The maximum number of segments per puzzle. Default: the setting `max-segments`, or 1.
  static func segments(_ settings: Settings) -> Schedule

  /// A network with initial weights. Throws a `GymError` if the settings do not fit together.
  init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initializer: Initializer) throws

  /// The network as it runs when a share of the budget is used: the same weights, but for example
  /// more cycles. Default: unchanged. A newly made network runs as at the end of training.
  func arranged(at progress: Double) -> Self

  /// The network as it runs in one training step, if chance has a part in that. Default: unchanged.
  func drawn(using random: inout RandomStream) -> Self

  /// How it is decided that a puzzle is finished.
  var halting: HaltingRule { get }

  /// The trained weights of the network itself.
  var parameters: [Parameter] { get }

  /// The states that are carried from segment to segment.
  var stateNames: [StateName] { get }

  /// Which of the carried states the heads read. Default: the first.
  var outputState: Int { get }

  /// One segment. The gradient flows through whatever is on the tape when it records.
  ///
  /// - Parameters:
  ///   - states: the carried states, [B, S, D] each, in the order of `stateNames`.
  ///   - input: the embedded question, and positions.
  func segment(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment

  /// The input of the heads at the first position after a segment, [B, D], for callers that need
  /// nothing else of it. Default: taken from the segment.
  func firstOutput(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Variable

  /// The steps of a segment for probing: for each the states that it changes, as indices into
  /// `stateNames`. Default: one step that changes all states.
  var steps: [[Int]] { get }

  /// One step of a segment, after the steps before it. Its output is what the heads would read if
  /// the segment ended there. Default: the segment.
  func step(
    _ index: Int, from states: [Variable], input: SegmentInput,
    on replica: Replica
  ) -> Segment

  /// The network's own settings that the names and shapes of weights show. Default: none.
  static func settings(shownBy weights: WeightsFile) -> [String: SettingValue]

  /// The network's own part of the released implementation's configuration. Default: nil, there is
  /// no released implementation.
  var released: ReleasedArrangement? { get }

  /// The targets of a batch row, in at most `maximum` segments. Default: drafts.
  func supervision(for row: Int, of batch: TrainingBatch, maximum: Int) -> SupervisionTarget

  /// The names of settings whose values mean something only with traces. Default: none.
  var settingsOfTraces: [String] { get }

  /// The probability that after a training step the next segment reads the trace's state instead
  /// of its own. Default: 0.
  func teacherForcing(at step: Int, progress: Double) -> Double
}

extension SegmentNetwork {
  public static var readsThoughts: Bool { false }
  public static func hasSymbolAxis(_ settings: Settings) -> Bool { false }
  public static var answersOtherGrids: Bool { false }
  public static func segments(_ settings: Settings) -> Schedule {
    settings[NeuralConfiguration.maxSegments]
  }
  public func arranged(at progress: Double) -> Self { self }
  public func drawn(using random: inout RandomStream) -> Self { self }
  public var outputState: Int { 0 }
  public var steps: [[Int]] { [Array(stateNames.indices)] }
  public func step(
    _ index: Int, from states: [Variable], input: SegmentInput,
    on replica: Replica
  ) -> Segment {
    segment(from: states, input: input, on: replica)
  }
  public func firstOutput(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Variable {
    let segment = segment(from: states, input: input, on: replica)
    return replica.tape.rows(segment.output, at: 0)
  }
  public func supervision(for row: Int, of batch: TrainingBatch, maximum: Int) -> SupervisionTarget
  { .drafts }
  public var settingsOfTraces: [String] { [] }
  public func teacherForcing(at step: Int, progress: Double) -> Double { 0 }
  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] { [:] }
  public var released: ReleasedArrangement? { nil }
}

/// The input of a network's segment besides the carried states.
public struct SegmentInput {
  /// The embedded question, [B, S, D].
  public let question: Variable
  /// Positions for updates that do not read the question, [B, S, D]; nil for none.
  public let places: Variable?
  /// Rotary positions for every attention; nil for none.
  public let rotary: RotaryTable?
  /// The operations that reading each question's demonstrations took; empty if there were none.
  let operations: [Double]

  init(
    question: Variable, places: Variable?, rotary: RotaryTable?, operations: [Double] = []
  ) {
    (self.question, self.places, self.rotary) = (question, places, rotary)
    self.operations = operations
  }

  /// The same values, without gradient flow.
  func withoutGradient(on tape: Tape) -> SegmentInput {
    SegmentInput(
      question: tape.constant(question.value),
      places: places.map { tape.constant($0.value) }, rotary: rotary)
  }
}

/// The result of a network's segment, or of one of its steps.
public struct Segment {
  /// The states to carry on, [B, S, D] each, in the order of the network's `stateNames`.
  public let states: [Variable]
  /// The input of the heads, [B, S, D].
  public let output: Variable
  private let starts: [Variable]
  private let terms: Int

  /// A segment's result.
  ///
  /// - Parameters:
  ///   - starts: leaves of the tape before the recorded part, one per state, if the gradient is the
  ///     implicit one.
  ///   - terms: the number of terms of its series.
  public init(
    states: [Variable], output: Variable, recordedFrom starts: [Variable] = [], terms: Int = 1
  ) {
    self.states = states
    self.output = output
    self.starts = starts
    self.terms = terms
  }

  /// The further terms of the implicit gradient's series: gradients of the states, to be added to
  /// those from the heads in one backward pass. Empty for other gradients.
  ///
  /// With Φ the recorded part and J its Jacobian with respect to the states, term k is (Jᵀ)ᵏ
  /// applied to the gradient from the heads: one backward pass through Φ each (the Neumann series
  /// of arXiv 2506.21734, section "Approximate gradient").
  ///
  /// - Parameter seeds: the heads' products, each with the gradient of the loss with respect to it.
  func furtherTerms(
    from seeds: [(variable: Variable, gradient: Tensor)], on tape: Tape
  ) -> [(variable: Variable, gradient: Tensor)] {
    guard !starts.isEmpty else { return [] }
    var seeds = seeds
    var sums = [Tensor?](repeating: nil, count: states.count)
    for _ in 1..<terms {
      let term = tape.gradients(of: starts, from: seeds)
      sums = zip(sums, term).map { sum, term in
        guard let sum, let term else { return sum ?? term }
        return tape.device.add(sum, term)
      }
      seeds = zip(states, term).compactMap { end, term in term.map { (end, $0) } }
    }
    return zip(states, sums).compactMap { end, sum in sum.map { (end, $0) } }
  }
}

/// A network whose segment is one fully recorded pass of one stack over the question and the
/// carried states.
public protocol StackNetwork: SegmentNetwork {
  /// The stack, x [B, S, D] → [B, S, D].
  var stack: TransformerStack { get }
}

extension StackNetwork {
  /// The stack that settings define, with initial weights.
  static func stack(
    _ settings: Settings, _ configuration: NeuralConfiguration, _ initializer: Initializer
  ) -> TransformerStack {
    TransformerStack(
      "stack", blocks: settings[NeuralConfiguration.blocks], configuration.block,
      initializer: initializer, computeType: configuration.activationType)
  }

  public var parameters: [Parameter] { stack.parameters }

  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    weights.blocks(of: "stack")
  }

  public func segment(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment {
    let output = stack(
      states.reduce(input.question, replica.tape.add), rotary: input.rotary, on: replica)
    return Segment(states: stateNames.isEmpty ? [] : [output], output: output)
  }

  public func firstOutput(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Variable {
    stack.first(
      of: states.reduce(input.question, replica.tape.add), rotary: input.rotary, on: replica)
  }
}
