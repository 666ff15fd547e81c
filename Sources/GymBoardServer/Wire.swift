import Foundation

/// A connected socket that never waits longer than it is told to.
struct Wire: Sendable {
  /// Why the connection cannot continue.
  enum Failure: Error {
    case tooSlow
    case broken
  }

  let descriptor: Int32

  /// Waits until data can be read (or written); false if the time is up.
  func waits(for events: Int32, until deadline: ContinuousClock.Instant) -> Bool {
    while true {
      let left = ContinuousClock.now.duration(to: deadline).seconds
      guard left > 0 else { return false }
      var item = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let count = poll(&item, 1, Int32(min(left * 1000 + 1, 60_000)))
      if count > 0 { return true }
      if count < 0, errno != EINTR { return true }
    }
  }

  /// Reads some bytes; none at the end.
  func read(atMost count: Int, until deadline: ContinuousClock.Instant) throws -> [UInt8] {
    guard waits(for: Int32(POLLIN), until: deadline) else { throw Failure.tooSlow }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
    guard got >= 0 else { throw Failure.broken }
    bytes.removeLast(count - got)
    return bytes
  }

  /// Writes all bytes; each part must be accepted within the time limit.
  func write(_ bytes: [UInt8], patience: Double) throws {
    var sent = 0
    while sent < bytes.count {
      let deadline = ContinuousClock.now + .seconds(patience)
      guard waits(for: Int32(POLLOUT), until: deadline) else { throw Failure.tooSlow }
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Self.sendFlags)
      }
      if count < 0, errno == EAGAIN || errno == EINTR { continue }
      guard count > 0 else { throw Failure.broken }
      sent += count
    }
  }

  /// Signals the end of the data and waits briefly for the other side to finish, so that a reset
  /// does not lose the response.
  func finish() {
    shutdown(descriptor, Int32(SHUT_WR))
    let deadline = ContinuousClock.now + .seconds(1)
    for _ in 0..<64 {
      guard let rest = try? read(atMost: 64 << 10, until: deadline), !rest.isEmpty else { break }
    }
    close()
  }

  func close() { _ = Foundation.close(descriptor) }

  /// Makes reads and writes return at once, so that all waiting happens in `poll`. A closed peer is
  /// an error, not a signal.
  func prepare() {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    #if canImport(Darwin)
      var on: Int32 = 1
      setsockopt(
        descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }

  #if canImport(Darwin)
    private static let sendFlags: Int32 = 0
  #else
    private static let sendFlags = Int32(MSG_NOSIGNAL)
  #endif
}

extension Duration {
  /// The seconds as a number.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
