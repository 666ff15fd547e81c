import Foundation
import Gym

/// Checks of a file that a command writes at the end of its work, made before that begins.
enum OutputFile {
  /// Makes sure that a file can be written, as far as that can be known before.
  ///
  /// - Parameters:
  ///   - path: the path as the user gave it; nil for no file.
  ///   - replaces: whether an existing file may be replaced.
  /// - Throws: a `GymError` that names the path.
  static func check(_ path: String?, replaces: Bool) throws {
    guard let path else { return }
    guard !path.hasSuffix("/") else {
      throw GymError("this is the name of a folder", at: path, expected: "the name of a file")
    }
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    var status = stat()
    if stat(url.path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else {
        throw GymError("this is a folder", at: path, expected: "the name of a file")
      }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw GymError("this is a device or a pipe", at: path, expected: "the name of a file")
      }
      guard replaces else {
        throw GymError(
          "there is a file already", at: path, remedy: "Replace it by --force, or name another")
      }
    }
    try checkFolder(of: url, path)
  }

  /// Makes sure that a folder takes a new file: what is written is written aside and renamed.
  private static func checkFolder(of url: URL, _ path: String) throws {
    let folder = url.deletingLastPathComponent()
    // NSString's own way to it traps on Linux if the path has one character.
    let shown = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    let name = shown.isEmpty ? folder.path : String(shown)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) else {
      throw GymError(
        "there is no folder \(name)", at: path, remedy: "Make it, or name another place")
    }
    guard isFolder.boolValue else {
      throw GymError("\(name) is not a folder", at: path, expected: "the name of a file in one")
    }
    // Permissions alone do not tell: some file systems take no files, whoever asks.
    let trial = folder.appendingPathComponent(".\(UUID().uuidString).partial")
    let descriptor = open(trial.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let fault = SystemFault()
      // The folder is there, so a missing one is not the reason.
      throw GymError(
        "the folder \(name) takes no file: \(fault.reason)", at: path,
        remedy: fault.code == ENOENT ? "Name another place" : fault.remedy)
    }
    close(descriptor)
    unlink(trial.path)
  }
}
