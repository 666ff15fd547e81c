import Foundation
import Gym
import Runner

/// The trained models that come with the gym, each a run folder with one checkpoint in bf16.
///
/// `pretrained:NAME` names one wherever a run folder is accepted.
enum ModelLibrary {
  /// The prefix of a model's name.
  static let prefix = "pretrained:"
  /// The environment variable for another folder of models.
  static let variable = "REASONGYM_MODELS"

  /// The folder of models: the variable's, or Fixtures/models of the checkout in which the program
  /// was built, or `models` beside the program; nil if there is none.
  static var folder: URL? {
    let files = FileManager.default
    if let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty {
      return URL(fileURLWithPath: path)
    }
    var folder = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
      .resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = folder.appendingPathComponent("models")
    if files.fileExists(atPath: beside.path) { return beside }
    while folder.pathComponents.count > 1 {
      let models = folder.appendingPathComponent("Fixtures/models")
      if files.fileExists(atPath: models.path) { return models }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// The names of the existing models, in order.
  static var names: [String] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    else { return [] }
    return names.filter { RunFolder(folder.appendingPathComponent($0)).holdsRun }.sorted()
  }

  /// The model that a text names; nil if the text does not start with the prefix.
  ///
  /// - Throws: a `GymError` that lists the existing models if there is no such model.
  static func model(named text: String) throws -> URL? {
    guard text.hasPrefix(prefix) else { return nil }
    let name = String(text.dropFirst(prefix.count))
    guard let folder else {
      throw GymError(
        "no folder of trained models is found", at: text,
        expected: "Fixtures/models of the checkout",
        remedy: "Name the folder by the variable \(variable)")
    }
    let names = names
    guard names.contains(name) else {
      let near = Suggestion.nearest(to: name, among: names)
      throw GymError(
        "there is no trained model \"\(name)\"", at: folder.path,
        expected: names.isEmpty
          ? "none: the folder is empty" : "one of \(names.joined(separator: ", "))",
        remedy: near.map { "Did you mean \(prefix)\($0)?" })
    }
    return folder.appendingPathComponent(name)
  }
}
