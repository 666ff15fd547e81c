import Foundation

/// The bytes of an open file as plain text: unpacked if gzip packed them, in UTF-8 if they
/// are in UTF-16, and without a byte order mark.
///
/// Memory does not grow with the file, which may be a pipe.
public final class PlainBytes {
  private let zlib: Zlib
  private let file: OpaquePointer
  private var recoder: UTF16Recoder?
  private var hasBegun = false

  /// How many bytes are unpacked at a time.
  private static let chunk = 1 << 18

  /// Reads an open file from its current position; the descriptor stays the caller's.
  public init(of descriptor: Int32) throws(UnpackingFault) {
    zlib = try Zlib.loaded.get()
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw Self.systemFault() }
    guard let file = zlib.open(copy, "rb") else {
      close(copy)
      throw UnpackingFault("can't read it: there is no memory for it")
    }
    _ = zlib.setBuffer(file, 1 << 16)
    self.file = file
  }

  deinit { _ = zlib.close(file) }

  /// Appends the bytes that come next; false at the end.
  public func read(to bytes: inout [UInt8]) throws(UnpackingFault) -> Bool {
    while true {
      var part = try unpacked()
      let isAtEnd = part.isEmpty
      if !hasBegun {
        hasBegun = true
        if let kind = PackedKind(of: part) { throw kind.fault }
        recoder = UTF16Recoder(of: part)
        if recoder == nil, part.starts(with: [0xEF, 0xBB, 0xBF]) { part.removeFirst(3) }
      }
      if recoder != nil {
        guard let text = recoder?.utf8(of: part, isLast: isAtEnd) else {
          throw UnpackingFault(
            "the file is UTF-16, and broken in it",
            expected: "whole characters; save it as UTF-8")
        }
        part = text
      }
      bytes += part
      if isAtEnd { return !part.isEmpty }
      // A part may be no more than a mark.
      if !part.isEmpty { return true }
    }
  }

  /// The next unpacked bytes; none at the end.
  private func unpacked() throws(UnpackingFault) -> [UInt8] {
    let part = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
      errno = 0
      count = max(0, Int(zlib.read(file, buffer.baseAddress, UInt32(Self.chunk))))
    }
    if part.count == Self.chunk { return part }
    var code: Int32 = 0
    let text = zlib.errorText(file, &code).map { String(cString: $0) } ?? ""
    switch code {
    case Zlib.ok, Zlib.streamEnd: return part
    case Zlib.errno: throw Self.systemFault()
    case Zlib.bufferError:
      throw UnpackingFault(
        "the file is gzip, and cut off", expected: "the whole file; get it anew")
    default:
      throw UnpackingFault(
        "the file is gzip, and damaged (\(text))", expected: "the file as gzip wrote it")
    }
  }

  private static func systemFault() -> UnpackingFault {
    UnpackingFault("can't read it: \(String(cString: strerror(errno)))")
  }
}

/// Why the bytes of a file cannot be had as plain text, without the file's name.
public struct UnpackingFault: Error, Sendable, Hashable {
  /// The fault, without a full stop.
  public let message: String
  /// The expectation that was not met.
  public let expected: String?

  init(_ message: String, expected: String? = nil) {
    (self.message, self.expected) = (message, expected)
  }
}
