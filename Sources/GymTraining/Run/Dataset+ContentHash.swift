import Foundation
import Gym
import GymDatasets

extension Dataset {
  /// A hash that identifies a split's examples: the manifest's content hash or, without a manifest,
  /// the SHA-256 of the names and hashes of the split's files. Reads the whole split.
  ///
  /// - Throws: a `GymError` if the arrays do not match the manifest, or a file of the split cannot
  ///   be read.
  public func contentHash(of split: DatasetSplit) throws -> String {
    if let stated = manifest?.split(split.name)?.contentHash {
      let found = try split.contentHash()
      guard found == stated else {
        throw GymError(
          "the arrays are not those that \(DatasetManifest.fileName) tells of", at: split.url.path,
          expected: "the content hash \(stated.prefix(16))…, not \(found.prefix(16))…",
          remedy: "Make the dataset again, or put a good copy back. Where they were changed on "
            + "purpose, remove \(DatasetManifest.fileName) and name the task by --task")
      }
      return stated
    }
    return try FileDigest.text(of: split.url)
  }
}
