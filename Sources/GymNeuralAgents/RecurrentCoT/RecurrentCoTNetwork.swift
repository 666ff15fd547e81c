import Gym
import GymNetworks

/// Chain of thought emulated by a recurrent network: one stack with HRM's number of blocks, whose
/// every thought is written as tokens.
///
/// A thought sees the question and the thought before it as decoded tokens (the greatest logit of
/// each cell, embedded again); no other state crosses. It learns to give the next state of the
/// task's reasoning trace and to say DONE at the last. While it learns, the thought before is the
/// trace's with a probability that falls from 1 to 0 (scheduled sampling, arXiv 1506.03099). Where
/// there is no trace, each thought is a draft of the answer.
public struct RecurrentCoTNetwork: StackNetwork {
  /// Controlled changes that show what matters.
  public enum Control: String, Sendable, Hashable, CaseIterable {
    /// Nothing: thoughts are taught from the puzzle's own trace, and cross as tokens alone.
    case none
    /// Each puzzle's thoughts are taught from another puzzle's trace, but for the answer.
    case swappedTraces = "swapped-traces"
    /// Traces are ignored: each thought is a draft of the answer.
    case finalAnswerOnly = "final-answer-only"
    /// The stack's output crosses to the next thought too, as a latent state.
    case latentCarry = "latent-carry"
  }

  public static let id = PluginID("recurrent-cot", version: 1)
  public static let summary = "recurrent chain of thought: each thought is written as tokens"
  private static let control = Setting.choice(
    "control", "what is changed to see what matters", default: Control.none)
  private static let forcingSteps = Setting.integer(
    "forcing-steps", "steps over which teacher forcing falls to 0; 0 for the whole budget",
    default: 0, in: 0...1_000_000_000)
  public static let settings = NeuralConfiguration.settings(
    blocks: 4, Setting.list(control, forcingSteps))
  public static let presets =
    NeuralConfiguration.presets(paper: 8, small: 4, tiny: 2)
    + NeuralConfiguration.fastPresets(
      for: settings, blocks: "4", tinyBlocks: "2", tinyOwn: ["blocks": .integer(2)])
  public static let readsThoughts = true

  public let stack: TransformerStack
  private let control: Control
  private let forcingSteps: Int

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initializer: Initializer
  ) throws {
    control = settings[Self.control]
    guard control != .swappedTraces || configuration.batchSize > 1 else {
      throw GymError(
        "control is \(control.rawValue), and a batch holds one puzzle: there is none to swap with",
        expected: "a batch of 2 or more", remedy: "Set batch to 2 or more, or control to none")
    }
    forcingSteps = settings[Self.forcingSteps]
    stack = Self.stack(settings, configuration, initializer)
  }

  public var halting: HaltingRule { .done }
  /// The control, except for the latent state, which drafts carry as well.
  public var settingsOfTraces: [String] {
    control == .swappedTraces || control == .finalAnswerOnly ? ["control"] : []
  }
  public var stateNames: [StateName] {
    control == .latentCarry ? [StateName("z", start: "z_init")] : []
  }

  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    var values = weights.blocks(of: "stack")
    // The other controls change training alone.
    if weights.shape(of: "z_init") != nil {
      values["control"] = .text(Control.latentCarry.rawValue)
    }
    return values
  }

  public func supervision(for row: Int, of batch: TrainingBatch, maximum: Int) -> SupervisionTarget
  {
    guard !batch.traces.isEmpty else { return .drafts }
    return switch control {
    case .none, .latentCarry: SupervisionTarget(thinning: batch.traces[row], to: maximum)
    // The last state, the answer, is taught from the labels.
    case .swappedTraces:
      SupervisionTarget(thinning: batch.traces[(row + 1) % batch.count], to: maximum)
    case .finalAnswerOnly: .drafts
    }
  }

  public func teacherForcing(at step: Int, progress: Double) -> Double {
    max(0, 1 - (forcingSteps > 0 ? Double(step) / Double(forcingSteps) : progress))
  }
}

/// Recurrent chain-of-thought emulation.
public typealias RecurrentCoT = NeuralAgent<RecurrentCoTNetwork>
