import Foundation
import GymUnpacking

/// An open file whose every failed call is a `JSONError` with its path.
final class File {
  /// The path, for errors.
  let name: String
  private let handle: FileHandle
  private var descriptor: Int32 { handle.fileDescriptor }

  /// A file that the caller opened, such as a pipe.
  init(_ handle: FileHandle, name: String) {
    self.handle = handle
    self.name = name
  }

  /// Opens a file with the flags of open(2).
  ///
  /// - Parameter name: what errors call it; nil for its path.
  init(_ url: URL, name: String? = nil, flags: Int32, purpose: String) throws {
    let name = name ?? Self.name(of: url)
    self.name = name
    guard url.isFileURL else {
      throw JSONError(file: name, message: "can't \(purpose) it", expected: "a file URL")
    }
    let descriptor = open(url.path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.failure(purpose, of: name) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Opens a file to read it.
  convenience init(reading url: URL, name: String? = nil) throws {
    try self.init(url, name: name, flags: O_RDONLY, purpose: "open")
  }

  /// The name of a file in errors.
  static func name(of url: URL) -> String { url.isFileURL ? url.path : url.absoluteString }

  /// Reads up to `count` bytes and appends them to `bytes`; none at the end of the file.
  ///
  /// - Returns: how many bytes it read.
  func read(_ count: Int, to bytes: inout [UInt8]) throws -> Int {
    let old = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    let got = try bytes.withUnsafeMutableBytes { buffer in
      try retry("read") {
        Foundation.read(descriptor, buffer.baseAddress?.advanced(by: old), count)
      }
    }
    bytes.removeLast(count - got)
    return got
  }

  /// The rest of the file, from the current position, as plain text.
  func plainBytes() throws -> PlainBytes {
    do { return try PlainBytes(of: descriptor) } catch { throw JSONError(error, file: name) }
  }

  /// The whole file as plain text and a zero, or nil if it is longer than `limit`, which may be
  /// endless.
  func readAll(limit: Int) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(limit, max(0, try size() ?? 0)) + 2)
    let plain = try plainBytes()
    while try read(plain, to: &bytes) {
      if bytes.count > limit { return nil }
    }
    bytes.append(0)
    return bytes
  }

  /// Appends what comes next of the file's plain text; false at the end.
  func read(_ plain: PlainBytes, to bytes: inout [UInt8]) throws -> Bool {
    do { return try plain.read(to: &bytes) } catch { throw JSONError(error, file: name) }
  }

  /// The size of a regular file; nil if it is none, such as a pipe.
  func size() throws -> Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("examine") }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// Writes all bytes.
  func write(_ bytes: some Collection<UInt8>) throws {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = try rest.withUnsafeBytes { buffer in
        try retry("write") { Foundation.write(descriptor, buffer.baseAddress, buffer.count) }
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Shortens the file.
  func truncate(to size: Int) throws {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw failure("shorten") }
  }

  /// Moves to a byte from the start.
  func seek(to offset: Int) throws {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw failure("seek in") }
  }

  /// Sets the permissions.
  func setMode(_ mode: mode_t) throws {
    guard fchmod(descriptor, mode) == 0 else { throw failure("set the permissions of") }
  }

  /// Waits until everything written is on disk.
  func synchronize() throws {
    guard fsync(descriptor) == 0 else { throw failure("write") }
  }

  /// Closes the file; closing twice does nothing.
  func close() throws {
    do {
      try handle.close()
    } catch {
      let fault = SystemFault(behind: error)
      throw JSONError(
        file: name, message: "can't write it: \(fault?.reason ?? "\(error)")",
        systemCode: fault?.code)
    }
  }

  private func retry(_ purpose: String, _ call: () -> Int) throws -> Int {
    while true {
      let result = call()
      if result >= 0 { return result }
      guard errno == EINTR else { throw failure(purpose) }
    }
  }

  private func failure(_ purpose: String) -> JSONError { Self.failure(purpose, of: name) }

  static func failure(_ purpose: String, of name: String) -> JSONError {
    let fault = SystemFault()
    // Advice about a full disk helps only when writing.
    return JSONError(
      file: name, message: "can't \(purpose) it: \(fault.reason)",
      systemCode: purpose == "write" ? fault.code : nil)
  }
}

extension JSONError {
  fileprivate init(_ fault: UnpackingFault, file: String) {
    self.init(file: file, message: fault.message, expected: fault.expected)
  }
}

/// An error of the operating system, with its message and advice for the user.
public struct SystemFault: Error, Sendable, Hashable {
  /// The value of `errno`.
  public let code: Int32

  /// The fault with this code; by default the current `errno`.
  public init(_ code: Int32 = errno) {
    self.code = code
  }

  /// The system fault that caused an error, if there is one.
  public init?(behind error: any Error) {
    if let fault = error as? SystemFault {
      self = fault
    } else if let code = (error as? JSONError)?.systemCode {
      self.init(code)
    } else {
      let error = error as NSError
      // On Linux the value is an Error that cannot be cast to NSError at once.
      let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error
      let underlying = cause.map { $0 as NSError } ?? error
      guard underlying.domain == NSPOSIXErrorDomain else { return nil }
      self.init(Int32(underlying.code))
    }
  }

  /// The system's message, such as "No space left on device".
  public var reason: String { String(cString: strerror(code)) }

  /// Advice for an error while writing; nil if there is none.
  public var remedy: String? {
    switch code {
    case ENOSPC: "Make room on that disk, or write elsewhere"
    case EDQUOT: "Your quota there is used up: make room, or write elsewhere"
    case EFBIG: "Files may not be so large there: raise the limit (ulimit -f), or write elsewhere"
    case EROFS: "What is mounted there cannot be written to: write elsewhere"
    case EACCES, EPERM: "You may not write there: change the permissions, or write elsewhere"
    case ENOENT: "The folder is missing: make it, or write elsewhere"
    case ENOTDIR: "A part of the path is not a folder: write elsewhere"
    case EISDIR: "A folder has that name: name a file"
    case EIO: "The disk reports a fault: write elsewhere"
    default: nil
    }
  }
}

extension SystemFault: CustomStringConvertible {
  public var description: String { reason }
}
