import Foundation

extension File {
  /// Writes a file completely or not at all: to a temporary file beside it, to disk, then renamed
  /// over it.
  static func replace(_ url: URL, with bytes: [UInt8]) throws {
    try WholeFile.write(bytes, to: url)
  }

  /// Gives the file the permissions of an existing one.
  func keepMode(of url: URL) throws {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return }
    try setMode(status.st_mode & 0o7777)
  }
}
