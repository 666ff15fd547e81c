/// Something that answers questions of any task: a trained model, a solver, a process.
///
/// An agent sees tokens, a grid and a vocabulary's size, never a task's rules. It is used by one
/// thread at a time; what it does in parallel is its own affair.
public protocol Agent: AnyObject {
  /// The name and version, such as `hrm@1`.
  static var id: PluginID { get }

  /// One line that says what it is.
  static var summary: String { get }

  /// What a person may set, with defaults and limits.
  static var settings: [Setting] { get }

  /// Named sets of values, most usual first. Default: none.
  static var presets: [Preset] { get }

  /// Makes an agent for a task's tokens and grid. Throws a `GymError` if the settings do not
  /// fit together or with the context.
  init(settings: Settings, context: AgentContext) throws

  /// The number of trainable parameters; 0 if there are none.
  var parameterCount: Int { get }

  /// Whether questions are to come with the solved examples that explain them, if puzzles have
  /// such (ARC). Default: false; an agent that is trained on them knows them by the identifier.
  var readsDemonstrations: Bool { get }

  /// Answers questions: one prediction each, in their order.
  func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction]
}

extension Agent {
  public static var presets: [Preset] { [] }
  public var parameterCount: Int { 0 }
  public var readsDemonstrations: Bool { false }
}
