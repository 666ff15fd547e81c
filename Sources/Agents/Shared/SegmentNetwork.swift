import Gym
import NeuralNetworks
import Tensors

/// What makes a neural agent the one it is: its network, and how it is run for one segment.
///
/// `NeuralAgent` brings the rest: embedding, output and halting heads, batch slots with carried
/// states, deep supervision, optimisers, weight average, answering, probing, saving and restoring,
/// costs. B is the batch, S the positions, D the hidden size.
public protocol SegmentNetwork: Sendable {
  /// The agent's name and version.
  static var id: PluginID { get }
  /// One line that says what the agent is.
  static var summary: String { get }
  /// What a person may set: `NeuralConfiguration.settings` with the network's own.
  static var settings: [Setting] { get }
  /// Named sets of values, most usual first.
  static var presets: [Preset] { get }

  /// Whether a segment reads the answer tokens of the one before (at first: the question), and
  /// lessons may be traces. Default: false.
  static var readsThoughts: Bool { get }

  /// The most segments that a puzzle gets. Default: the setting `max-segments`, or 1.
  static func segments(_ settings: Settings) -> Schedule

  /// A network with initial weights. Throws a `GymError` if the settings do not fit together.
  init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initialiser: Initialiser) throws

  /// The network as it runs once a share of the budget is used: the same weights, with cycles, say,
  /// that grow. Default: always the same. A network that is made runs as it does at the end.
  func arranged(at progress: Double) -> Self

  /// How a puzzle is known to be finished.
  var halting: HaltingRule { get }

  /// The trained weights of the network itself.
  var parameters: [Parameter] { get }

  /// The states that are carried from segment to segment.
  var stateNames: [StateName] { get }

  /// Which of the carried states the heads read. Default: the first.
  var outputState: Int { get }

  /// One segment. What is on the tape when it records is what the gradient flows through.
  ///
  /// - Parameters:
  ///   - states: the carried states, [B, S, D] each, in the order of `stateNames`.
  ///   - input: the embedded question, and positions.
  func segment(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment

  /// What the heads read at the first position after a segment, [B, D], for those who want nothing
  /// else of it. Default: taken from the segment.
  func firstOutput(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Variable

  /// The steps of a segment that a probe sees: for each the states that it changes, as indices into
  /// `stateNames`. Default: one step, which changes all.
  var steps: [[Int]] { get }

  /// One of the steps of a segment, after those before it. Its output is what the heads would read
  /// if the segment ended there. Default: the segment.
  func step(
    _ index: Int, from states: [Variable], input: SegmentInput,
    on replica: Replica
  ) -> Segment

  /// The operations of one puzzle's segment of `length` positions.
  func flops(length: Int) -> SegmentFlops

  /// What a row of a batch is to teach, in at most `most` segments. Default: drafts.
  func lesson(for row: Int, of batch: TrainingBatch, most: Int) -> Lesson

  /// The probability that after a training step the next segment reads the trace's state instead
  /// of its own. Default: 0.
  func teacherForcing(at step: Int, progress: Double) -> Double
}

extension SegmentNetwork {
  public static var readsThoughts: Bool { false }
  public static func segments(_ settings: Settings) -> Schedule {
    settings.declares("max-segments") ? settings.schedule("max-segments") : Schedule(1)
  }
  public func arranged(at progress: Double) -> Self { self }
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
  public func lesson(for row: Int, of batch: TrainingBatch, most: Int) -> Lesson { .drafts }
  public func teacherForcing(at step: Int, progress: Double) -> Double { 0 }
}

extension Settings {
  /// Whether there is a setting of this name.
  package func declares(_ name: String) -> Bool { declared.contains { $0.name == name } }
}
