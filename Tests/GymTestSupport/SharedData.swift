import Foundation

/// Real data beside the repository; tests that need them are disabled if they are not there.
package enum SharedData {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/data")

  /// A file or folder under the data; nil if it is not there.
  package static func url(_ path: String) -> URL? {
    let url = root.appendingPathComponent(path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// Whether a file or folder is there.
  package static func has(_ path: String) -> Bool { url(path) != nil }
}
