import Gym

/// The defaults for training, the same for all commands.
public enum TrainingDefaults {
  /// The number of puzzles per validation.
  public static let validationLimit = 256

  /// The number of examples per step: an agent's setting "batch", or 32 if it has none.
  public static func batchSize(_ settings: Settings) -> Int {
    settings.declared.contains { $0.name == "batch" } ? settings.integer("batch") : 32
  }
}
