import Foundation
import Gym
import Synchronization

/// The server's front end: accepts connections, admits only bounded, plain requests, and passes
/// them to the HTTP servers behind it over sockets that only this process can reach.
///
/// FlyingFox reads lines of unlimited length, waits without limit and does not count connections;
/// here each connection has its own thread and limits on size and time, and their number is
/// limited.
final class ConnectionGuard: Sendable {
  private let configuration: ServerConfiguration
  private let folder: URL
  private let listener: Wire
  /// The port that it listens on.
  let port: UInt16
  private let state: Mutex<(connections: Int, isOpen: Bool, rate: RateLimit)>

  /// Opens the port.
  ///
  /// - Parameter folder: the folder with the sockets of the servers behind it.
  /// - Throws: a `GymError` if the port is not available.
  init(_ configuration: ServerConfiguration, folder: URL) throws {
    self.configuration = configuration
    self.folder = folder
    state = Mutex((0, true, RateLimit(perSecond: configuration.requestsPerSecond)))
    let descriptor = Sockets.stream(AF_INET)
    listener = Wire(descriptor: descriptor)
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    var address = Sockets.address(
      configuration.address == .loopback ? 0x7F00_0001 : 0, configuration.port)
    guard descriptor >= 0, Sockets.bind(descriptor, &address), listen(descriptor, 64) == 0 else {
      let reason = String(cString: strerror(errno))
      _ = Foundation.close(descriptor)
      throw GymError(
        "can't listen: \(reason)", at: "port \(configuration.port)",
        remedy: "Name another port, or 0 for any that is free.")
    }
    listener.prepare()
    port = Sockets.port(of: descriptor)
  }

  /// Accepts connections until the gate is closed; blocks.
  func run() {
    while state.withLock({ $0.isOpen }) {
      guard listener.waits(for: Int32(POLLIN), until: .now + .milliseconds(250)) else { continue }
      var peer = sockaddr_in()
      let descriptor = Sockets.accept(listener.descriptor, &peer)
      guard descriptor >= 0 else {
        // Probably out of file descriptors, until open connections end.
        usleep(20_000)
        continue
      }
      let wire = Wire(descriptor: descriptor)
      wire.prepare()
      admit(wire, from: peer.sin_addr.s_addr)
    }
    listener.close()
  }

  /// Lets `run` end.
  func close() { state.withLock { $0.isOpen = false } }

  private func admit(_ wire: Wire, from address: UInt32) {
    let refusal = state.withLock { state -> RequestHead.Refusal? in
      guard state.connections < configuration.maximumConnections else {
        return .init(status: 503, reason: "Too many connections; try again in a moment.")
      }
      state.connections += 1
      return state.rate.allows(address)
        ? nil : .init(status: 429, reason: "Too many requests; try again in a moment.")
    }
    if let refusal, refusal.status == 503 {
      // No thread for this one: whatever cannot be sent at once is lost.
      try? wire.write(Self.text(of: refusal), patience: 0.05)
      wire.close()
      return
    }
    Thread.detachNewThread { [self] in
      defer { state.withLock { $0.connections -= 1 } }
      serve(wire, refusal)
    }
  }

  /// One request and its response.
  private func serve(_ wire: Wire, _ refusal: RequestHead.Refusal?) {
    do {
      if let refusal { throw refusal }
      let (head, rest) = try readHead(wire)
      try pass(head, rest, wire)
      wire.finish()
    } catch let refusal as RequestHead.Refusal {
      // A client that has left does not receive it.
      try? wire.write(Self.text(of: refusal), patience: 1)
      wire.finish()
    } catch Wire.Failure.tooSlow {
      try? wire.write(
        Self.text(of: .init(status: 408, reason: "The request took too long.")), patience: 0.2)
      wire.close()
    } catch {
      wire.close()
    }
  }

  private func readHead(_ wire: Wire) throws -> (RequestHead, [UInt8]) {
    let deadline = ContinuousClock.now + .seconds(configuration.patience)
    var bytes: [UInt8] = []
    while true {
      let part = try wire.read(atMost: 4096, until: deadline)
      guard !part.isEmpty else { throw Wire.Failure.broken }
      let from = max(0, bytes.count - 3)
      bytes += part
      if let end = Self.endOfHead(bytes, from: from) {
        let head = try RequestHead(bytes[..<end], maximumBody: configuration.maximumBody)
        return (head, Array(bytes[(end + 4)...]))
      }
      guard bytes.count < configuration.maximumHead else {
        throw RequestHead.Refusal(status: 431, reason: "The header of the request is too long.")
      }
    }
  }

  private static func endOfHead(_ bytes: [UInt8], from: Int) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (from...bytes.count - 4).first {
      bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10
    }
  }

  /// Passes a request on, and the response back.
  private func pass(_ head: RequestHead, _ rest: [UInt8], _ wire: Wire) throws {
    let inner = head.length > 0 ? InnerServer.judging : .showing
    let server = Wire(descriptor: Sockets.connect(to: inner.socket(in: folder)))
    guard server.descriptor >= 0 else {
      throw RequestHead.Refusal(status: 503, reason: "The server is not ready.")
    }
    defer { server.close() }
    server.prepare()
    let patience = configuration.patience
    try server.write(head.bytes, patience: patience)
    if head.expectsContinue {
      try wire.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), patience: patience)
    }
    // The whole body has a time limit too: sending a byte now and then does not keep a connection
    // open.
    let deadline = ContinuousClock.now + .seconds(patience + Double(head.length) / 65_536)
    var part = Array(rest.prefix(head.length))
    var left = head.length
    while left > 0, !server.waits(for: Int32(POLLIN), until: .now + .microseconds(1)) {
      if part.isEmpty {
        let soon = min(deadline, .now + .seconds(patience))
        part = try wire.read(atMost: min(left, 64 << 10), until: soon)
        guard !part.isEmpty else { throw Wire.Failure.broken }
      }
      try server.write(part, patience: patience)
      left -= part.count
      part = []
    }
    let end = ContinuousClock.now + .seconds(inner.answerTime)
    while true {
      let part = try server.read(atMost: 64 << 10, until: end)
      guard !part.isEmpty else { return }
      try wire.write(part, patience: patience)
    }
  }

  private static func text(of refusal: RequestHead.Refusal) -> [UInt8] {
    let body = "{\"error\":\"\(refusal.reason)\"}\n"
    return Array(
      """
      HTTP/1.1 \(refusal.status) Refused\r
      Content-Type: application/json\r
      Content-Length: \(body.utf8.count)\r
      Retry-After: 1\r
      Connection: close\r
      \r
      \(body)
      """.utf8)
  }
}

/// The HTTP servers behind the guard.
enum InnerServer: String, CaseIterable {
  /// Answers requests without a body.
  case showing
  /// Answers requests with a body: submissions, which are judged.
  case judging

  /// The maximum seconds for a response.
  ///
  /// FlyingFox sets an alarm for each request, and Swift keeps the task of an alarm until its time
  /// would have come, even if it was cancelled long before: 0.7 KB with all that belongs to it. So
  /// only requests that may need long have a long one.
  var answerTime: Double { self == .showing ? 60 : 300 }

  /// The path of its socket.
  func socket(in folder: URL) -> String { folder.appendingPathComponent(rawValue).path }
}

/// Limits the request rate of each address with a token bucket.
struct RateLimit: Sendable {
  private let perSecond: Double
  private var buckets: [UInt32: (level: Double, at: ContinuousClock.Instant)] = [:]

  init(perSecond: Double) { self.perSecond = perSecond }

  /// Whether an address may make another request now.
  mutating func allows(_ address: UInt32, now: ContinuousClock.Instant = .now) -> Bool {
    // Memory is limited, and full buckets carry no information, so they can be dropped.
    if buckets.count > 4096 { buckets.removeAll() }
    let full = perSecond * 4
    let old = buckets[address] ?? (full, now)
    let level = min(full, old.level + old.at.duration(to: now).seconds * perSecond)
    buckets[address] = (max(0, level - 1), now)
    return level >= 1
  }
}
