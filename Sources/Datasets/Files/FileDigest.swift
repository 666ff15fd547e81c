import Crypto
import Foundation
import Gym

/// The SHA-256 of files from which a dataset is made.
enum FileDigest {
  /// The digest of a file; for a folder, the digest of one line per file in it, ordered by path.
  static func text(of url: URL) throws -> String {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    var hasher = SHA256()
    if isFolder.boolValue {
      // The names in a link to a folder are those in the folder.
      let url = url.resolvingSymlinksInPath()
      guard let names = FileManager.default.subpaths(atPath: url.path)?.sorted() else {
        throw GymError("the folder cannot be read", at: url.path)
      }
      for name in names {
        let file = url.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
          !isFolder.boolValue
        else { continue }
        hasher.update(data: Array("\(name) \(try text(of: file))\n".utf8))
      }
    } else {
      try hash(url, into: &hasher)
    }
    return ContentHash.hexadecimal(hasher.finalize())
  }

  private static func hash(_ url: URL, into hasher: inout SHA256) throws {
    do {
      let file = try FileHandle(forReadingFrom: url)
      while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
        hasher.update(data: part)
      }
    } catch {
      throw GymError("the file cannot be read (\(error.reason))", at: url.path)
    }
  }
}
