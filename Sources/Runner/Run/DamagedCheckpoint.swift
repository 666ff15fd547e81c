import Foundation

/// A checkpoint whose files differ from what was written.
public struct DamagedCheckpoint: Sendable, Hashable {
  /// Its own folder.
  public let folder: URL
  /// A readable description of the damage.
  public let reason: String
}
