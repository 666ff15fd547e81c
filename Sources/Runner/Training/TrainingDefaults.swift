import Gym

/// What training takes if nothing is said, by whichever command.
public enum TrainingDefaults {
  /// How many validation puzzles are solved each time.
  public static let validationLimit = 256

  /// The examples of a step: an agent's setting "batch", or 32 if it has none.
  public static func batchSize(_ settings: Settings) -> Int {
    settings.declared.contains { $0.name == "batch" } ? settings.integer("batch") : 32
  }
}
