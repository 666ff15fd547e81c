import Foundation

extension File {
  /// Writes a file whole or not at all: beside it, to disk, then renamed over it.
  static func replace(_ url: URL, with bytes: [UInt8]) throws {
    try WholeFile.write(bytes, to: url)
  }

  /// Gives the file the permissions of one that stands already.
  func keepMode(of url: URL) throws {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return }
    try setMode(status.st_mode & 0o7777)
  }
}
