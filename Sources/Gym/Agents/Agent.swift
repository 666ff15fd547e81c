/// Something that answers questions of any task: a trained model, a solver, an external process.
///
/// An agent sees tokens, the grid's shape and the size of the vocabulary, never a task's rules. It
/// is used from one thread at a time; it may use more threads internally.
public protocol Agent: AnyObject {
  /// The name and version, such as `hrm@1`.
  static var id: PluginID { get }

  /// A one-line description.
  static var summary: String { get }

  /// The settings that a user can change, with defaults and limits.
  static var settings: [Setting] { get }

  /// Named sets of values, most common first. Default: none.
  static var presets: [Preset] { get }

  /// Whether a trained agent answers questions of other grids than the one it was trained on.
  /// `restore` must then accept its state for any grid. Default: false.
  static var answersOtherGrids: Bool { get }

  /// Makes an agent for a task's tokens and grid. Throws a `GymError` if the settings do not fit
  /// together or do not fit the context.
  init(settings: Settings, context: AgentContext) throws

  /// The number of trainable parameters; 0 if there are none.
  var parameterCount: Int { get }

  /// Whether the agent wants the solved examples that explain a question, for puzzles that have
  /// them (ARC). Default: false; an agent that is trained on them recognizes them by the puzzle
  /// identifier.
  var readsDemonstrations: Bool { get }

  /// Whether answers commute with a renaming of `AgentContext.exchangeable`: a question with
  /// renamed
  /// tokens gets the renamed answer, up to rounding and to ties between tokens that the question
  /// lacks. Default: false.
  var commutesWithRenaming: Bool { get }

  /// Answers questions: one prediction per question, in the same order.
  func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction]
}

extension Agent {
  public static var presets: [Preset] { [] }
  public static var answersOtherGrids: Bool { false }
  public var parameterCount: Int { 0 }
  public var readsDemonstrations: Bool { false }
  public var commutesWithRenaming: Bool { false }
}
