import Foundation

/// A file that is deleted together with the object.
final class TemporaryFile {
  let url: URL

  init(_ ending: String) {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("reasongym-\(UUID().uuidString).\(ending)")
  }

  deinit { unlink(url.path) }
}
