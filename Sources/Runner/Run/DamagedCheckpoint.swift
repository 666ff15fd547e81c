import Foundation

/// A checkpoint that is not as it was written.
public struct DamagedCheckpoint: Sendable, Hashable {
  /// Its own folder.
  public let folder: URL
  /// What is wrong with it, for a person.
  public let reason: String
}
