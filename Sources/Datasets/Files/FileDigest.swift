import Foundation
import Gym

/// SHA-256 of bytes, files and folders, in lower-case hexadecimal.
public enum FileDigest {
  /// The digest of bytes.
  public static func text(ofBytes bytes: [UInt8]) throws -> String {
    Hexadecimal.text(try SHA256.hash(bytes))
  }

  /// The digest of a file.
  public static func text(ofFile url: URL) throws -> String {
    var hasher = try SHA256()
    do {
      let file = try FileHandle(forReadingFrom: url)
      while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
        hasher.update(part)
      }
    } catch {
      throw GymError("the file cannot be read (\(error.reason))", at: url.path)
    }
    return Hexadecimal.text(hasher.finalize())
  }

  /// The digest of a file; of a folder, that of one line per file in it, by path.
  public static func text(of url: URL) throws -> String {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    guard isFolder.boolValue else { return try text(ofFile: url) }
    // The names in a link to a folder are those in the folder.
    let url = url.resolvingSymlinksInPath()
    guard let names = FileManager.default.subpaths(atPath: url.path)?.sorted() else {
      throw GymError("the folder cannot be read", at: url.path)
    }
    var hasher = try SHA256()
    for name in names {
      let file = url.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      hasher.update(Array("\(name) \(try text(ofFile: file))\n".utf8))
    }
    return Hexadecimal.text(hasher.finalize())
  }
}
