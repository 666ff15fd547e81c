import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymJSON

/// A saved state of a run: `checkpoints/step-00001234/` with the agent's files in `agent/`,
/// `state.json`, and `manifest.json` with the SHA-256 of each of them.
public struct Checkpoint: Sendable, Hashable {
  /// Its folder, every file of which has been verified.
  public let folder: URL
  let state: CheckpointState

  /// The number of steps when it was saved.
  public var step: Int { state.step }
  /// The cost of training up to then.
  public var training: ResourceUsage { state.spending }
  /// Its validation score, if it was validated.
  public var validation: ValidationScore? { state.validation }
  /// The folder of the agent's own files.
  public var agentFolder: URL { folder.appendingPathComponent("agent") }

  /// The SHA-256 of its manifest, and so of its whole contents.
  public func hash() throws -> String { try FileDigest.text(ofFile: Self.manifestFile(in: folder)) }

  static func stateFile(in folder: URL) -> URL { folder.appendingPathComponent("state.json") }
  static func manifestFile(in folder: URL) -> URL { folder.appendingPathComponent("manifest.json") }

  /// Opens a checkpoint after verifying every byte of it.
  ///
  /// - Throws: a `GymError` or `JSONError` that names the missing or damaged file.
  init(verifying folder: URL) throws {
    let manifest = Self.manifestFile(in: folder)
    let files = try JSONFields(JSON(contentsOf: manifest), at: manifest.path).value("files")
    guard let members = files.object else {
      throw GymError("\"files\" is \(files.kind)", at: manifest.path, expected: "an object")
    }
    let found = Set(try FileSystem.files(under: folder)).subtracting([manifest.lastPathComponent])
    guard found == Set(members.names) else {
      let names = found.symmetricDifference(members.names).sorted().joined(separator: ", ")
      throw GymError("not the files that manifest.json lists: \(names)", at: folder.path)
    }
    for (name, value) in members {
      let file = folder.appendingPathComponent(name)
      guard try FileDigest.text(ofFile: file) == value.string else {
        throw GymError("the file is damaged: its SHA-256 is not the manifest's", at: file.path)
      }
    }
    self.folder = folder
    state = try CheckpointState(contentsOf: Self.stateFile(in: folder))
  }

  /// Writes the manifest of a folder's files, and waits until all of them are on disk.
  static func seal(_ folder: URL) throws {
    let files = try FileSystem.files(under: folder)
    let hashes = try files.map { name -> (String, JSON) in
      let file = folder.appendingPathComponent(name)
      return (name, .string(try FileDigest.text(ofFile: file)))
    }
    let manifest: JSON = ["files": .object(JSONObject(hashes))]
    try manifest.write(to: manifestFile(in: folder))
    try FileSystem.synchronize(everythingIn: folder)
  }
}

/// The contents of a checkpoint besides the agent's own state.
struct CheckpointState: Sendable, Hashable {
  /// The steps taken.
  var step: Int
  /// The position of the next batch.
  var sampler: SamplerState
  /// The cost of training so far.
  var spending: ResourceUsage
  /// The score of this state, if it was validated.
  var validation: ValidationScore?
  /// The history of all validations, including this one.
  var history: ValidationHistory

  /// The state of a run that has not started.
  static let start = CheckpointState(
    step: 0, sampler: SamplerState(), spending: ResourceUsage(), validation: nil,
    history: ValidationHistory())

  init(
    step: Int, sampler: SamplerState, spending: ResourceUsage, validation: ValidationScore?,
    history: ValidationHistory
  ) {
    self.step = step
    self.sampler = sampler
    self.spending = spending
    self.validation = validation
    self.history = history
  }

  init(contentsOf file: URL) throws {
    let fields = try JSONFields(JSON(contentsOf: file), at: file.path)
    step = try fields.integer("step", in: 0...JSONFields.maximumCounted)
    sampler = SamplerState(
      epoch: try fields.integer("epoch", in: 0...JSONFields.maximumCounted),
      position: try fields.integer("position", in: 0...JSONFields.maximumCounted))
    // The first runs only counted seconds.
    spending =
      fields.has("spending")
      ? try ResourceUsage(fields.fields("spending"))
      : ResourceUsage(seconds: try fields.number("seconds", in: 0...1e12))
    validation = fields.has("score") ? try ValidationScore(fields.fields("score")) : nil
    history =
      fields.has("validations")
      ? try ValidationHistory(fields.fields("validations")) : ValidationHistory()
  }

  var json: JSON {
    [
      "step": JSON(step),
      "epoch": JSON(sampler.epoch),
      "position": JSON(sampler.position),
      "spending": spending.json,
      "score": validation?.json ?? .null,
      "validations": history.json,
    ]
  }
}

/// A checkpoint whose files differ from what was written.
public struct DamagedCheckpoint: Sendable, Hashable {
  /// Its own folder.
  public let folder: URL
  /// A readable description of the damage.
  public let reason: String
}
