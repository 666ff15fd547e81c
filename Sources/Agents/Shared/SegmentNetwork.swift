import Gym
import NeuralNetworks
import Tensors

/// What makes a neural agent the one it is: its network, and how it is run for one segment.
///
/// `NeuralAgent` brings the rest: embedding, output and halting heads, batch slots with carried
/// states, deep supervision, optimisers, weight average, saving and restoring, costs.
public protocol SegmentNetwork: Sendable {
  static var id: PluginID { get }
  static var summary: String { get }
  static var settings: [Setting] { get }
  static var presets: [Preset] { get }

  /// How a puzzle is known to be finished.
  static var halting: HaltingRule { get }

  /// Whether a segment reads the answer tokens of the one before (at first: the question), and
  /// lessons may be traces. Default: false.
  static var readsThoughts: Bool { get }

  /// A network with initial weights. Throws a `GymError` where the settings do not fit together.
  init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initialiser: Initialiser) throws

  /// The trained weights of the network itself.
  var parameters: [Parameter] { get }

  /// The names of the states that are carried from segment to segment, as checkpoints hold their
  /// fixed start vectors.
  var stateNames: [String] { get }

  /// One segment. What is on the tape when it records is what the gradient flows through.
  ///
  /// - Parameters:
  ///   - states: the carried states, [B, S, D] each, in the order of `stateNames`.
  ///   - input: the embedded question, [B, S, D].
  /// - Returns: the new states, or what is to be read where none is carried; the heads read the
  ///   first.
  func segment(
    from states: [Variable], input: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> [Variable]

  /// The floating-point operations of one puzzle's segment, forward, counted from the shapes:
  /// all, and those that are recorded for the gradient.
  func flops(length: Int) -> (all: Double, recorded: Double)

  /// What a row of a batch is to teach. Default: drafts.
  func lesson(for row: Int, of batch: TrainingBatch, most: Int) -> Lesson

  /// The probability that after a training step the next segment reads the trace's state instead
  /// of its own. Default: 0.
  func teacherForcing(at step: Int) -> Double
}

extension SegmentNetwork {
  public static var readsThoughts: Bool { false }
  public func lesson(for row: Int, of batch: TrainingBatch, most: Int) -> Lesson { .drafts }
  public func teacherForcing(at step: Int) -> Double { 0 }
}
