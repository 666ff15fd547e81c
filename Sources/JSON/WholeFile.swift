import Foundation

/// A file that is written aside, brought to disk, and takes its name at the end: whole or not at all.
///
/// A failure leaves what stood there as it was and nothing else.
public final class WholeFile {
  private let url: URL
  private let target: URL
  private let aside: URL
  private let file: File
  private var size = 0

  /// Begins a file.
  ///
  /// - Throws: `JSONError` if it cannot be made.
  public init(_ url: URL) throws {
    self.url = url
    target = url.resolvingSymlinksInPath()
    aside = target.deletingLastPathComponent()
      .appendingPathComponent(".\(UUID().uuidString).partial")
    do {
      file = try File(aside, flags: O_WRONLY | O_CREAT | O_EXCL, purpose: "write")
    } catch let error as JSONError {
      // Nobody knows the file aside: the error is about the one that was asked for.
      throw error.about(File.name(of: url))
    }
  }

  /// Writes a file at once, over what stands there.
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

  /// Gives the file its name, and the permissions of what it replaces.
  ///
  /// - Parameter replaces: whether it may replace a file.
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
    // After `finish` nothing is there any more, or the file has its name besides.
    unlink(aside.path)
  }
}

extension JSONError {
  /// The same about another file, with how much was to be written if the disk is full.
  fileprivate func about(_ file: String, wanting size: Int = 0) -> JSONError {
    let isFull = systemCode == ENOSPC || systemCode == EDQUOT || systemCode == EFBIG
    return JSONError(
      file: file, message: message + (isFull && size > 0 ? " (\(size) bytes are to be written)" : ""),
      expected: expected, systemCode: systemCode)
  }
}
