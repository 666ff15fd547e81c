import Foundation
import Gym

/// A run's folder with the one checkpoint that answers, as small as the agent can write it: what is
/// shipped as a trained model. It opens like any run, but cannot be trained further.
public enum PackedModel {
  /// The file that says what a packed model can do.
  public static func card(in url: URL) -> URL { url.appendingPathComponent("card.json") }

  /// Whether a folder holds a packed model rather than a run.
  public static func isPacked(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: card(in: url).path)
  }

  /// Writes the folder, whole or not at all.
  ///
  /// - Parameters:
  ///   - finish: adds what else belongs to it, while it has another name yet.
  ///   - isReplacing: whether a model that is there is deleted.
  public static func write(
    _ run: RunFolder, _ checkpoint: Checkpoint, of agent: any LearningAgent, to url: URL,
    isReplacing: Bool, finish: (URL) throws -> Void
  ) throws {
    let aside = url.deletingLastPathComponent()
      .appendingPathComponent(".packing-\(url.lastPathComponent)")
    if !isReplacing, FileManager.default.fileExists(atPath: url.path) {
      throw GymError(
        "there is something already", at: url.path,
        remedy: "Replace it by --force, or name another folder")
    }
    if isReplacing, FileManager.default.fileExists(atPath: url.path), !isPacked(url) {
      // A run holds what training cost: its optimizer's state, and all of its checkpoints.
      throw GymError(
        "this exists and is not a packed model, so it is not replaced", at: url.path,
        remedy: "Name another folder")
    }
    do {
      try FileSystem.remove(aside)
      let state = aside.appendingPathComponent("checkpoints")
        .appendingPathComponent(checkpoint.folder.lastPathComponent)
      try FileSystem.create(state.appendingPathComponent("agent"))
      var configuration = try RunConfiguration(contentsOf: run.configurationFile)
      // Where the data lay concerns nobody; what it was, its hash says.
      configuration.data = URL(fileURLWithPath: "/\(configuration.data.lastPathComponent)")
      try configuration.write(to: RunFolder(aside).configurationFile)
      try agent.export(to: state.appendingPathComponent("agent"))
      try checkpoint.state.json.write(to: Checkpoint.stateFile(in: state))
      try Checkpoint.seal(state)
      try finish(aside)
      try FileSystem.replace(url, with: aside)
    } catch {
      // What went wrong first is what is told.
      try? FileSystem.remove(aside)
      throw error
    }
  }
}
