import Gym
import JSON

/// The settings and the budget under which a run trained until they were changed on resuming.
public struct EarlierPlan: Sendable, Hashable {
  /// The number of steps when they were changed.
  public let steps: Int
  /// All of the agent's settings, by name.
  public let settings: JSON
  /// How long the run was to train.
  public let budget: Budget

  /// The form in `config.json`.
  public var json: JSON {
    ["steps": JSON(steps), "settings": settings, "budget": budget.json]
  }

  init(steps: Int, settings: JSON, budget: Budget) {
    (self.steps, self.settings, self.budget) = (steps, settings, budget)
  }

  init(_ fields: JSONFields) throws {
    self.init(
      steps: try fields.integer("steps", in: 0...JSONFields.maximumCounted),
      settings: try fields.value("settings"), budget: try Budget(fields.fields("budget")))
  }
}

extension RunConfiguration {
  /// Keeps the plan of the stored configuration, if this one differs from it.
  ///
  /// - Parameter steps: the number of steps taken under the stored one and those before it.
  mutating func remember(_ stored: RunConfiguration, steps: Int) {
    earlier = stored.earlier
    guard steps > 0, stored.agentSettings != agentSettings || stored.budget != budget else {
      return
    }
    earlier.append(
      EarlierPlan(steps: steps, settings: stored.agentSettings, budget: stored.budget))
  }
}
