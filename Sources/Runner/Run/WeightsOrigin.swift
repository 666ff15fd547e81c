import Datasets
import Foundation
import Gym
import GymEvaluation
import JSON

/// The file that a run's first weights were imported from.
public struct WeightsOrigin: Sendable, Hashable {
  /// The file's name, without its folder.
  public let file: String
  /// The SHA-256 of its bytes.
  public let hash: String
  /// The cost of training up to then; nil if it is not known, as for weights of another program.
  public let training: ResourceUsage?

  /// - Throws: a `GymError` if the file cannot be read.
  public init(of url: URL, training: ResourceUsage?) throws {
    file = url.lastPathComponent
    hash = try FileDigest.text(ofFile: url)
    self.training = training
  }

  init(_ fields: JSONFields) throws {
    file = try fields.string("file")
    hash = try fields.string("sha256")
    training = fields.has("training") ? try ResourceUsage(fields.fields("training")) : nil
  }

  var json: JSON {
    ["file": .string(file), "sha256": .string(hash), "training": training?.json ?? .null]
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
