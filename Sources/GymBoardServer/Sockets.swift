import Foundation

/// System calls for sockets, whose C types differ slightly between systems.
enum Sockets {
  /// A new stream socket; negative if that fails.
  static func stream(_ domain: Int32) -> Int32 {
    #if canImport(Darwin)
      socket(domain, SOCK_STREAM, 0)
    #else
      socket(domain, Int32(SOCK_STREAM.rawValue), 0)
    #endif
  }

  /// An IPv4 address, with both parts in host byte order.
  static func address(_ host: UInt32, _ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = host.bigEndian
    return address
  }

  static func bind(_ descriptor: Int32, _ address: inout sockaddr_in) -> Bool {
    withGeneric(&address) { Foundation.bind(descriptor, $0, $1.pointee) } == 0
  }

  static func accept(_ descriptor: Int32, _ peer: inout sockaddr_in) -> Int32 {
    withGeneric(&peer) { Foundation.accept(descriptor, $0, $1) }
  }

  /// The port of a socket.
  static func port(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_in()
    _ = withGeneric(&address) { getsockname(descriptor, $0, $1) }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func withGeneric(
    _ address: inout sockaddr_in,
    _ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) -> Int32 {
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &size) }
    }
  }

  /// A socket connected to another one on this machine by its path; negative if that fails.
  static func connect(to path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room else { return -1 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = stream(AF_UNIX)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else {
      _ = Foundation.close(descriptor)
      return -1
    }
    return descriptor
  }
}
