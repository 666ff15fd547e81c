import Foundation
import Gym

/// A hash that tells whether two splits contain the same arrays, however they are stored.
///
/// It is the SHA-256, in hexadecimal, of one line for each of inputs, labels, puzzle_identifiers,
/// puzzle_indices and group_indices in that order: name, element type, dimensions and the SHA-256
/// of the values, separated by spaces, with a newline. Tokens count as `|u1`, the others as `<i4`,
/// little-endian, in C order.
enum ContentHash {
  /// The contribution of one array.
  struct Part {
    let element: NpyElement
    let shape: [Int]
    let digest: [UInt8]
  }

  /// The arrays, in order.
  static let names = [
    "inputs", "labels", "puzzle_identifiers", "puzzle_indices", "group_indices",
  ]

  /// The hash of the arrays' parts, in the order of `names`.
  static func text(_ parts: [Part]) throws -> String {
    var hasher = try SHA256()
    for (name, part) in zip(names, parts) {
      let extents = part.shape.map(String.init).joined(separator: ",")
      let line = "\(name) \(part.element.rawValue) \(extents) \(Hexadecimal.text(part.digest))\n"
      hasher.update(Array(line.utf8))
    }
    return Hexadecimal.text(hasher.finalize())
  }
}

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
