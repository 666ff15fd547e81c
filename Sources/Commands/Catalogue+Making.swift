import Datasets
import Gym
import JSON
import Runner

extension Catalogue {
  /// The task that a run or dataset refers to, with its settings.
  func task(_ reference: TaskReference) throws -> any Task {
    let type = try task(named: reference.id.description)
    var settings = Settings(type.settings)
    try settings.set(reference.settings)
    return try type.init(settings: settings)
  }

  /// The task of a dataset: what its manifest says, or what `name` says where it has none; nil
  /// where neither says anything.
  func task(of data: DatasetFolder, named name: String?) throws -> (any Task)? {
    if let manifest = data.manifest {
      let task = try task(TaskReference(id: manifest.task, settings: manifest.settings))
      guard let name, try self.task(named: name).id != manifest.task else { return task }
      throw GymError(
        "the dataset is of \(manifest.task)", at: data.url.path, expected: "one of \(name)",
        remedy: "Leave --task out")
    }
    guard let name else { return nil }
    let type = try task(named: name)
    let task = try type.init(settings: Settings(type.settings))
    guard task.grid.cells == data.cells, task.vocabulary.count == data.vocabularyCount else {
      throw GymError(
        "the dataset has \(data.cells) cells and \(data.vocabularyCount) tokens",
        at: data.url.path,
        expected: "\(task.grid.cells) cells and \(task.vocabulary.count) tokens, as \(type.id) has")
    }
    return task
  }
}
