import Foundation
import Synchronization

/// A new, empty folder, which is deleted with the object, or with the process if a static variable
/// holds the object.
package final class TemporaryFolder: Sendable {
  /// The folder's place.
  package let url: URL

  /// The folders that are not deleted yet.
  private static let open = Mutex<Set<URL>>([])

  /// Deletes them at the end of the process.
  private static let isDeletingAtExit: Bool = {
    atexit {
      for url in TemporaryFolder.open.withLock({ $0 }) {
        try? FileManager.default.removeItem(at: url)
      }
    } == 0
  }()

  /// Makes the folder.
  package init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("reasongym-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    _ = Self.isDeletingAtExit
    Self.open.withLock { _ = $0.insert(url) }
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
    Self.open.withLock { _ = $0.remove(url) }
  }

  /// A place in the folder.
  package subscript(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// Writes a file and returns its place.
  package func file(_ name: String, _ text: String) throws -> URL {
    try Data(text.utf8).write(to: self[name])
    return self[name]
  }

  /// The names of what is in the folder.
  package var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}

/// Hands `body` a new, empty folder, which is deleted afterwards.
package func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = try TemporaryFolder()
  return try withExtendedLifetime(folder) { try body(folder.url) }
}
