import Foundation
import Gym

/// The files of a folder of ARC tasks.
enum ARCFolder {
  /// Folders of collections are two or three levels deep.
  private static let maxDepth = 8

  /// The files of a folder, by path, or the one file that is named.
  ///
  /// Where a folder holds challenges files, only those are taken. A link that is named is followed;
  /// links to folders inside are passed over, and so are hidden files and those that do not end in
  /// `.json`.
  ///
  /// - Throws: a `GymError` if there is nothing, or a folder cannot be read.
  static func files(at source: PuzzleSource) throws -> [ARCFile] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.url.path, isDirectory: &isFolder) else {
      throw GymError("there is no file or folder", at: source.path)
    }
    guard isFolder.boolValue else { return [ARCFile(source.url, path: source.path)] }
    let files = try files(in: source.url, depth: 1, source.log)
    guard !files.isEmpty else {
      throw GymError(
        "the folder holds no task", at: source.path, expected: "files that end in .json")
    }
    return files
  }

  private static func files(
    in folder: URL, depth: Int, _ log: ReadingLog
  ) throws -> [ARCFile] {
    guard depth <= maxDepth else {
      throw GymError(
        "folders lie too deep", at: folder.path, expected: "at most \(maxDepth) levels")
    }
    let names: [String]
    do {
      // By path, since a folder's URL that is a link is taken for a file.
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw GymError("the folder cannot be read: \(error.reason)", at: folder.path)
    }
    let entries = names.filter { !$0.hasPrefix(".") }.sorted()
      .map(folder.appendingPathComponent)
    let challenges = entries.filter { $0.lastPathComponent.hasSuffix(ARCFile.challenges) }
    guard challenges.isEmpty else { return challenges.map { ARCFile($0) } }
    return try entries.flatMap { url -> [ARCFile] in
      guard isFolder(url) else { return url.pathExtension == "json" ? [ARCFile(url)] : [] }
      guard !isLink(url) else {
        log.note("\(url.path) is a link to a folder and is passed over; name it to have it read")
        return []
      }
      return try files(in: url, depth: depth + 1, log)
    }
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func isLink(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
