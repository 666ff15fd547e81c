import Foundation

/// A file that is written under a temporary name, flushed to disk and renamed at the end:
/// completely or not at all.
///
/// A failure leaves an existing file unchanged and no other file behind.
public final class WholeFile {
  private let url: URL
  private let target: URL
  private let aside: URL
  private let file: File
  private var size = 0

  /// Starts a file.
  ///
  /// - Throws: `JSONError` if it cannot be created.
  public init(_ url: URL) throws {
    self.url = url
    target = url.resolvingSymlinksInPath()
    aside = target.deletingLastPathComponent()
      .appendingPathComponent(".\(UUID().uuidString).partial")
    do {
      file = try File(aside, flags: O_WRONLY | O_CREAT | O_EXCL, purpose: "write")
    } catch let error as JSONError {
      // The user does not know the temporary file: the error names the requested one.
      throw error.about(File.name(of: url))
    }
  }

  /// Writes a file in one call, replacing an existing one.
  public static func write(_ bytes: some Collection<UInt8>, to url: URL) throws {
    let file = try WholeFile(url)
    try file.write(bytes)
    try file.finish()
  }

  /// Appends bytes.
  public func write(_ bytes: some Collection<UInt8>) throws {
    size += bytes.count
    try naming { try file.write(bytes) }
  }

  /// Gives the file its name, and the permissions of the file that it replaces.
  ///
  /// - Parameter replaces: whether it may replace an existing file.
  public func finish(replaces: Bool = true) throws {
    try naming {
      try file.keepMode(of: target)
      try file.synchronize()
      try file.close()
      // The new name itself reaches the disk with its folder.
      let parent = try File(reading: target.deletingLastPathComponent())
      let result =
        replaces ? rename(aside.path, target.path) : link(aside.path, target.path)
      guard result == 0 else { throw File.failure("write", of: File.name(of: url)) }
      try parent.synchronize()
    }
  }

  private func naming(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as JSONError {
      throw error.about(File.name(of: url), wanting: size)
    }
  }

  deinit {
    // After `finish` the temporary file is gone, or is a second name of the file.
    unlink(aside.path)
  }
}

extension JSONError {
  /// The same error about another file; with the number of bytes to be written if the disk is full.
  fileprivate func about(_ file: String, wanting size: Int = 0) -> JSONError {
    let isFull = systemCode == ENOSPC || systemCode == EDQUOT || systemCode == EFBIG
    return JSONError(
      file: file,
      message: message + (isFull && size > 0 ? " (\(size) bytes are to be written)" : ""),
      expected: expected, systemCode: systemCode)
  }
}

extension File {
  /// Gives the file the permissions of an existing one.
  func keepMode(of url: URL) throws {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return }
    try setMode(status.st_mode & 0o7777)
  }
}
