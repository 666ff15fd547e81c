import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymJSON

/// The complete configuration of a run; `config.json` in its folder.
public struct RunConfiguration: Sendable, Hashable {
  /// The agent that learns.
  public var agent: PluginID
  /// All its settings, by name.
  public var agentSettings: JSON
  /// The agent's context, including batch size, seed and workers.
  public var context: AgentContext
  /// The task of the puzzles, if known.
  public var task: TaskReference?
  /// The dataset's folder.
  public var data: URL
  /// The dataset's content hash: a run continues only with the data that it started with.
  public var dataHash: String
  /// The content hash of the split that it is validated on; nil if there is none, or if an earlier
  /// version began the run.
  public var validationHash: String?
  /// How long it trains.
  public var budget: Budget
  /// How often it saves its state.
  public var checkpoints: CheckpointInterval
  /// When it is validated, and when it stops early.
  public var validation: ValidationPlan
  /// The settings and budgets under which the run trained before, in order.
  public internal(set) var earlier: [EarlierPlan] = []
  /// Where its first weights come from, if they were imported; nil if they were drawn.
  public var origin: WeightsOrigin?

  /// A configuration for a new run; all values of the agent's settings are stored, as JSON.
  public init(
    agent: PluginID, agentSettings: Settings, context: AgentContext, task: TaskReference?,
    data: URL, dataHash: String, budget: Budget,
    checkpoints: CheckpointInterval = CheckpointInterval(),
    validation: ValidationPlan = ValidationPlan()
  ) {
    self.agent = agent
    self.agentSettings = agentSettings.json
    self.context = context
    self.task = task
    self.data = data
    self.dataHash = dataHash
    self.budget = budget
    self.checkpoints = checkpoints
    self.validation = validation
  }

  /// The settings in the form that an agent declares.
  ///
  /// - Throws: a `GymError` if they are not settings of that agent.
  public func settings(of agent: any Agent.Type) throws -> Settings {
    guard agent.id == self.agent else {
      throw GymError(
        "the run's agent is \(self.agent), not \(agent.id)",
        remedy: "Versions differ where results do: start a new run")
    }
    var settings = Settings(agent.settings)
    try settings.set(agentSettings)
    return settings
  }
}

extension RunConfiguration {
  private static let format = 1

  /// Reads a run's `config.json`.
  public init(contentsOf file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw GymError(
        "there is no run here: \(file.lastPathComponent) is missing",
        at: file.deletingLastPathComponent().path,
        expected: "a folder that \"reasongym train\" has made")
    }
    let fields = try JSONFields(JSON(contentsOf: file), at: file.path)
    let format = try fields.integer("format", in: 0...Int.max)
    guard format == Self.format else {
      throw GymError(
        "the run has format \(format)", at: file.path, expected: "format \(Self.format)")
    }
    agent = try fields.pluginID("agent")
    agentSettings = try fields.value("settings")
    task = fields.has("task") ? try TaskReference(fields.fields("task")) : nil
    let dataset = try fields.fields("data")
    data = URL(fileURLWithPath: try dataset.string("path"))
    dataHash = try dataset.string("sha256")
    context = try Self.context(fields.fields("context"))
    budget = try Budget(fields.fields("budget"))
    if budget.isInSteps, context.plannedSteps == nil {
      throw GymError("the context has no \"planned-steps\"", at: file.path, expected: "an integer")
    }
    checkpoints = try CheckpointInterval(fields.fields("checkpoints"))
    validation =
      fields.has("validation")
      ? try ValidationPlan(fields.fields("validation")) : ValidationPlan()
    earlier = fields.has("earlier") ? try fields.list("earlier").map(EarlierPlan.init) : []
    origin = fields.has("origin") ? try WeightsOrigin(fields.fields("origin")) : nil
    validationHash =
      fields.has("validation-sha256") ? try fields.string("validation-sha256") : nil
  }

  /// Writes the file, completely or not at all.
  func write(to file: URL) throws {
    try json.write(to: file)
  }

  /// The configuration in the form of `config.json`.
  public var json: JSON {
    var json: JSONObject = [
      "format": JSON(Self.format),
      "agent": .string(agent.description),
      "settings": agentSettings,
      "context": [
        "vocabulary": JSON(context.vocabularyCount),
        "rows": JSON(context.grid.rows),
        "columns": JSON(context.grid.columns),
        "regions": context.regions.map { .array($0.map { JSON($0) }) } ?? .null,
        "exchangeable": .array(context.exchangeable.map { JSON($0) }),
        "blank": context.blank.map { JSON($0) } ?? .null,
        "identifiers": JSON(context.puzzleIdentifiers),
        "batch": JSON(context.batchSize),
        "planned-steps": context.plannedSteps.map { JSON($0) } ?? .null,
        "seed": JSON(context.seed),
        "workers": JSON(context.workers),
      ],
      "task": task?.json ?? .null,
      "data": ["path": .string(data.path), "sha256": .string(dataHash)],
      "budget": budget.json,
      "checkpoints": checkpoints.json,
      "validation": validation.json,
      "origin": origin?.json ?? .null,
    ]
    if let validationHash { json["validation-sha256"] = .string(validationHash) }
    if !earlier.isEmpty { json["earlier"] = .array(earlier.map(\.json)) }
    return .object(json)
  }

  private static func regions(_ fields: JSONFields, cells: Int) throws -> [Int] {
    try fields.integers("regions", count: cells, in: 0...cells - 1)
  }

  private static func context(_ fields: JSONFields) throws -> AgentContext {
    let rows = try fields.integer("rows", in: 1...65_536)
    let columns = try fields.integer("columns", in: 1...(65_536 / rows))
    let vocabularyCount = try fields.integer("vocabulary", in: 2...255)
    return AgentContext(
      vocabularyCount: vocabularyCount, grid: GridShape(rows: rows, columns: columns),
      regions: fields.has("regions") ? try regions(fields, cells: rows * columns) : nil,
      // Runs from before tasks named such tokens lack the member.
      exchangeable: fields.has("exchangeable")
        ? try fields.distinctIntegers("exchangeable", in: 1...vocabularyCount - 1).map { UInt8($0) }
        : [],
      blank: fields.has("blank") ? UInt8(try fields.integer("blank", in: 1...254)) : nil,
      puzzleIdentifiers: try fields.integer("identifiers", in: 1...Int(Int32.max)),
      batchSize: try fields.integer("batch", in: 1...1_000_000),
      plannedSteps: fields.has("planned-steps")
        ? try fields.integer("planned-steps", in: 1...Int.max) : nil,
      seed: try fields.unsigned("seed"), workers: try fields.integer("workers", in: 1...1 << 20))
  }
}

extension AgentContext {
  /// This context with another plan, number of workers or ranks.
  public func with(
    plannedSteps: Int? = nil, workers: Int? = nil, ranks: Ranks? = nil
  ) -> AgentContext {
    AgentContext(
      vocabularyCount: vocabularyCount, grid: grid, regions: regions, exchangeable: exchangeable,
      blank: blank, puzzleIdentifiers: puzzleIdentifiers,
      batchSize: batchSize, plannedSteps: plannedSteps ?? self.plannedSteps, seed: seed,
      workers: workers ?? self.workers, ranks: ranks ?? self.ranks)
  }

  /// This context for questions of another grid, whose regions are unknown.
  public func with(grid: GridShape) -> AgentContext {
    guard grid != self.grid else { return self }
    return AgentContext(
      vocabularyCount: vocabularyCount, grid: grid, exchangeable: exchangeable, blank: blank,
      puzzleIdentifiers: puzzleIdentifiers, batchSize: batchSize, plannedSteps: plannedSteps,
      seed: seed, workers: workers, ranks: ranks)
  }
}

/// A task as files identify it: its identifier and its settings.
public struct TaskReference: Sendable, Hashable {
  /// The task's name and version.
  public let id: PluginID
  /// All settings, by name.
  public let settings: JSON

  /// A reference to a task by its identifier and all its settings.
  public init(id: PluginID, settings: JSON) {
    self.id = id
    self.settings = settings
  }

  /// A reference to an existing task.
  public init(_ task: any Task) {
    self.init(id: task.id, settings: task.settings.json)
  }

  init(_ fields: JSONFields) throws {
    id = try fields.pluginID("id")
    settings = try fields.value("settings")
  }

  var json: JSON { ["id": .string(id.description), "settings": settings] }
}

/// The file that a run's first weights were imported from.
public struct WeightsOrigin: Sendable, Hashable {
  /// The file's name, without its folder.
  public let file: String
  /// The SHA-256 of its bytes.
  public let hash: String
  /// The cost of training up to then; nil if it is not known, as for weights of another program.
  public let training: ResourceUsage?
  /// The blocks that every stack got beyond those of the file.
  public let addedBlocks: Int

  /// - Throws: a `GymError` if the file cannot be read.
  public init(of url: URL, training: ResourceUsage?, addedBlocks: Int = 0) throws {
    file = url.lastPathComponent
    hash = try FileDigest.text(ofFile: url)
    self.training = training
    self.addedBlocks = addedBlocks
  }

  init(_ fields: JSONFields) throws {
    file = try fields.string("file")
    hash = try fields.string("sha256")
    training = fields.has("training") ? try ResourceUsage(fields.fields("training")) : nil
    addedBlocks =
      fields.has("added-blocks") ? try fields.integer("added-blocks", in: 0...1 << 20) : 0
  }

  var json: JSON {
    [
      "file": .string(file), "sha256": .string(hash), "training": training?.json ?? .null,
      "added-blocks": JSON(addedBlocks),
    ]
  }
}

extension ResourceUsage {
  /// Reads what `json` wrote, as text; nil if it is not that.
  public init?(text: String) {
    guard let json = try? JSON(parsing: Data(text.utf8)),
      let spending = try? ResourceUsage(JSONFields(json, at: "a spending"))
    else { return nil }
    self = spending
  }
}

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
  /// Whether this one has the same settings and the same budget.
  func hasPlan(of stored: RunConfiguration) -> Bool {
    agentSettings == stored.agentSettings && budget == stored.budget
  }

  /// Keeps the plan of the stored configuration, if this one differs from it.
  ///
  /// - Parameter steps: the number of steps taken under the stored one and those before it.
  mutating func remember(_ stored: RunConfiguration, steps: Int) {
    earlier = stored.earlier
    guard steps > 0, !hasPlan(of: stored) else { return }
    earlier.append(
      EarlierPlan(steps: steps, settings: stored.agentSettings, budget: stored.budget))
  }
}
