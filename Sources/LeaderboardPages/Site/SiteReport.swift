import Foundation

/// A report on the files that were written.
public struct SiteReport: Sendable, Hashable {
  /// The number of files.
  public internal(set) var files = 0
  /// Their total size in bytes.
  public internal(set) var bytes = 0
  /// The largest file, by its path in the site.
  public internal(set) var largestFile = ""
  /// The size of the largest file in bytes.
  public internal(set) var largestBytes = 0
  /// The page to open.
  public internal(set) var index: URL
}
