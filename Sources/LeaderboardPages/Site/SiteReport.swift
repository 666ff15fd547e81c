import Foundation
import Gym

/// A report on the files that were written.
public struct SiteReport: Sendable, Hashable {
  /// A benchmark without pages.
  public struct LeftOut: Sendable, Hashable, CustomStringConvertible {
    /// The benchmark's name.
    public let name: String
    /// Why its task cannot be made.
    public let error: GymError

    public var description: String { "\(name): \(error)" }
  }

  /// The number of files.
  public internal(set) var files = 0
  /// Their total size in bytes.
  public internal(set) var bytes = 0
  /// The largest file, by its path in the site.
  public internal(set) var largestFile = ""
  /// The size of the largest file in bytes.
  public internal(set) var largestBytes = 0
  /// The benchmarks without pages, since their tasks could not be made.
  public internal(set) var leftOut: [LeftOut] = []
  /// The page to open.
  public internal(set) var index: URL
}
