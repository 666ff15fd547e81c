import Foundation
import Gym
import GymDatasets
import GymJSON
import GymTestSupport
import GymTraining

/// Runs of the toy agent in a temporary folder.
struct TestRun {
  let folder: TemporaryFolder
  let data: Dataset
  var budget = Budget.steps(40)
  var checkpoints = CheckpointInterval(steps: 10, minutes: nil)
  var validation = ValidationPlan()
  var settings = Settings(ToyAgent.settings)
  var ranks = Ranks.alone

  init(splits: [String: [[Int]]] = ["train": Array(repeating: [1, 1], count: 7)]) throws {
    folder = try TemporaryFolder()
    data = try TestDataset.write(splits, to: folder.url.appendingPathComponent("data"))
  }

  func url(_ name: String) -> URL { folder.url.appendingPathComponent(name) }

  func configuration() throws -> RunConfiguration {
    let split = try data.split("train")
    let context = AgentContext(
      vocabularyCount: 5, grid: ToyTask().grid, batchSize: 4,
      plannedSteps: budget.plannedSteps(split, batchSize: 4), seed: 11, workers: ranks.count,
      ranks: ranks)
    return RunConfiguration(
      agent: ToyAgent.id, agentSettings: settings, context: context,
      task: TaskReference(ToyTask()), data: data.url,
      dataHash: try data.contentHash(of: split), budget: budget, checkpoints: checkpoints,
      validation: validation)
  }

  func create(_ name: String, validates: Bool = false, force: Bool = false) throws -> TrainingRun {
    let configuration = try configuration()
    return try TrainingRun(
      creating: url(name), configuration,
      agent: ToyAgent(settings: settings, context: configuration.context),
      split: data.split("train"),
      validation: validates ? evaluation("validation") : nil, isReplacing: force)
  }

  func evaluation(_ split: String) throws -> Evaluation {
    try Evaluation(task: ToyTask(), split: data.split(split), batchSize: 4)
  }

  func resume(_ name: String, validates: Bool = false) throws -> TrainingRun {
    let configuration = try configuration()
    return try TrainingRun(
      resuming: url(name), configuration,
      agent: ToyAgent(settings: settings, context: configuration.context),
      split: data.split("train"),
      validation: validates ? evaluation("validation") : nil)
  }

  /// Trains to a step and leaves the files of a process killed there: metrics beyond the last
  /// checkpoint, a cut line, and a half-written checkpoint.
  func trainAndKill(_ name: String, after step: Int, validates: Bool = false) throws {
    let run = try create(name, validates: validates)
    let stopSignal = StopSignal()
    let end = try run.train(until: stopSignal) { event in
      if case .stepped(_, let progress) = event, progress.step == step { stopSignal.request() }
    }
    guard end == .interrupted else { throw GymError("the run was not interrupted") }
    let checkpoints = run.folder.checkpoints.folder
    let aside = checkpoints.appendingPathComponent(".writing-" + Self.name(step))
    try FileManager.default.moveItem(
      at: checkpoints.appendingPathComponent(Self.name(step)), to: aside)
    try FileManager.default.removeItem(at: aside.appendingPathComponent("manifest.json"))
    let metrics = try FileHandle(forWritingTo: run.folder.metricsFile)
    try metrics.seekToEnd()
    try metrics.write(contentsOf: Data("{\"step\":3".utf8))
    try metrics.close()
  }

  static func name(_ step: Int) -> String {
    "step-" + String(repeating: "0", count: 8 - String(step).count) + String(step)
  }

  /// The checkpoints' names.
  func checkpoints(of name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: url(name).appendingPathComponent("checkpoints").path
    ).sorted()
  }

  /// The final weights' bytes.
  func weights(of name: String, step: Int = 40) throws -> Data {
    try Data(
      contentsOf: url(name).appendingPathComponent(
        "checkpoints/\(Self.name(step))/agent/weights.json"))
  }

  /// The steps and losses in metrics.jsonl.
  func metrics(of name: String) throws -> [[JSON?]] {
    let reader = try JSONLinesReader(
      contentsOf: url(name).appendingPathComponent("metrics.jsonl"))
    var lines: [[JSON?]] = []
    while let line = try reader.next() {
      lines.append(["step", "steps", "loss", "exact-accuracy", "epoch"].map { line[$0] })
    }
    return lines
  }
}
