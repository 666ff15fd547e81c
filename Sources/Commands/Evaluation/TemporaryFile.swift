import Foundation

/// A file that goes with the object.
final class TemporaryFile {
  let url: URL

  init(_ ending: String) {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("reasongym-\(UUID().uuidString).\(ending)")
  }

  deinit { unlink(url.path) }
}
