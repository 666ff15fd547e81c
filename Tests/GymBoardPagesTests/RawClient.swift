import Foundation

/// A reply as received.
struct RawReply {
  let head: String
  let body: String

  /// The status; 0 if there was no answer.
  var status: Int {
    let words = head.split(separator: " ")
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }
}

/// A raw socket to a server on this machine, which sends what no correct client would.
final class RawClient {
  struct Failure: Error {}
  private let handle: FileHandle
  private var descriptor: Int32 { handle.fileDescriptor }

  init(_ port: UInt16) throws {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard descriptor >= 0 else { throw Failure() }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var time = timeval(tv_sec: 120, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else { throw Failure() }
  }

  func send(_ text: String) throws {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      #if canImport(Darwin)
        let flags: Int32 = 0
      #else
        let flags = Int32(MSG_NOSIGNAL)
      #endif
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, flags)
      }
      // A server that has answered already may not read on.
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Everything up to the end of the connection.
  func receive() throws -> RawReply {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &part, part.count, 0)
      guard count > 0 else { break }
      bytes += part[..<count]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.components(separatedBy: "\r\n\r\n")
    return RawReply(head: parts[0], body: parts.dropFirst().joined(separator: "\r\n\r\n"))
  }

  func exchange(_ text: String) throws -> RawReply {
    try send(text)
    return try receive()
  }
}
