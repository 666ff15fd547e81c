import Foundation

extension File {
  /// Writes a file whole or not at all: beside it, to disk, then renamed over it.
  static func replace(_ url: URL, with bytes: [UInt8]) throws {
    let target = url.resolvingSymlinksInPath()
    let folder = target.deletingLastPathComponent()
    let aside = folder.appendingPathComponent(".\(UUID().uuidString).partial")
    let name = Self.name(of: url)
    do {
      let file = try File(aside, flags: O_WRONLY | O_CREAT | O_EXCL, purpose: "write")
      do {
        try file.keepMode(of: target)
        try file.write(bytes)
        try file.synchronize()
        try file.close()
        // The rename itself reaches the disk with its folder.
        let parent = try File(reading: folder)
        guard rename(aside.path, target.path) == 0 else { throw failure("write", of: name) }
        try parent.synchronize()
      } catch {
        unlink(aside.path)
        throw error
      }
    } catch let error as JSONError {
      // Nobody knows the file aside: the error is about the one that was asked for.
      throw JSONError(file: name, message: error.message, expected: error.expected)
    }
  }

  /// Gives the file the permissions of one that stands already.
  private func keepMode(of url: URL) throws {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return }
    try setMode(status.st_mode & 0o7777)
  }
}
