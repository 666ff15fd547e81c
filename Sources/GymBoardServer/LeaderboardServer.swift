import FlyingFox
import Foundation
import Gym
import GymBoards

/// Serves a leaderboard: its pages, a small JSON API, and submissions with a token.
///
/// FlyingFox does the HTTP; a `ConnectionGuard` in front of it limits what clients can ask of it.
public struct LeaderboardServer: Sendable {
  private let board: any BoardWriting
  private let configuration: ServerConfiguration
  private let log: @Sendable (String) -> Void

  /// A server that is not running yet.
  ///
  /// - Parameter log: receives a line for each error and each accepted submission, on any thread.
  /// - Throws: a `GymError` for a token that is too short or not allowed in a header, and for
  ///   limits that would reject everything.
  public init(
    board: any BoardWriting, configuration: ServerConfiguration,
    log: @escaping @Sendable (String) -> Void
  ) throws {
    if let token = configuration.token {
      guard token.utf8.count >= 16, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw GymError(
          "the token is too short or contains spaces", expected: "16 or more characters of ASCII",
          remedy: "Make one with: openssl rand -hex 16")
      }
    }
    guard configuration.maximumBody > 0, configuration.maximumConnections > 0,
      configuration.maximumHead > 0, configuration.patience > 0,
      configuration.requestsPerSecond > 0
    else { throw GymError("the server's limits let nothing through", expected: "positive limits") }
    (self.board, self.configuration, self.log) = (board, configuration, log)
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameters:
  ///   - bound: receives the port at once; requests wait until the pages are made.
  ///   - ready: receives the port once requests are answered.
  public func run(
    bound: @Sendable (UInt16) -> Void = { _ in },
    ready: @escaping @Sendable (UInt16) -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rg-\(UUID().uuidString.prefix(13))")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw GymError.unwritten(folder.path, error, "the folder for the pages cannot be created")
    }
    // Nothing in it is needed again; if it can't be removed, the system cleans up.
    defer { try? FileManager.default.removeItem(at: folder) }
    let connections = try ConnectionGuard(configuration, folder: folder)
    bound(connections.port)
    let site = ServedSite(board: board, title: configuration.title, folder: folder, log: log)
    do {
      try site.make()
    } catch {
      // A gate that is closed before it runs gives its port back.
      connections.close()
      connections.run()
      throw error
    }
    let handler = BoardHandler(board: board, configuration: configuration, site: site, log: log)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for inner in InnerServer.allCases {
        let server = HTTPServer(
          address: .unix(path: inner.socket(in: folder)), timeout: inner.answerTime,
          logger: .disabled, handler: handler)
        group.addTask { try await server.run() }
      }
      group.addTask {
        for path in InnerServer.allCases.map({ $0.socket(in: folder) }) {
          let isListening = try await Self.waits(for: path)
          guard isListening else { throw GymError("the server did not start", at: path) }
        }
        Thread.detachNewThread { connections.run() }
        ready(connections.port)
        try await _Concurrency.Task.sleep(for: .seconds(1 << 40))
      }
      defer {
        connections.close()
        group.cancelAll()
      }
      do {
        try await group.next()
      } catch is CancellationError {
        return
      }
    }
  }

  private static func waits(for path: String) async throws -> Bool {
    for _ in 0..<500 {
      let descriptor = Sockets.connect(to: path)
      if descriptor >= 0 {
        Wire(descriptor: descriptor).close()
        return true
      }
      try await _Concurrency.Task.sleep(for: .milliseconds(10))
    }
    return false
  }
}

/// The address and limits of a leaderboard's server.
public struct ServerConfiguration: Sendable, Hashable {
  /// Who can reach the server.
  public enum Address: String, Sendable, Hashable, CaseIterable {
    /// Only this machine.
    case loopback
    /// Every machine that can reach this one.
    case any
  }

  /// The port; 0 for any free one.
  public var port: UInt16
  /// Who can reach it.
  public var address: Address
  /// The token that a submission must contain; without one, nothing can be submitted.
  public var token: String?
  /// The heading of the list of several benchmarks.
  public var title: String
  /// The maximum size of a submission in bytes.
  public var maximumBody: Int
  /// The maximum number of simultaneous connections; further ones are asked to retry.
  public var maximumConnections = 64
  /// The maximum size of a request's line and headers in bytes.
  public var maximumHead = 16 << 10
  /// The seconds allowed for a request's line and headers, and for each pause afterwards.
  public var patience = 10.0
  /// The requests per second allowed for each address, after a first burst of four seconds' worth.
  public var requestsPerSecond = 100.0

  /// A configuration; all other properties keep their defaults unless they are set.
  public init(
    port: UInt16 = 8080, address: Address = .loopback, token: String? = nil,
    title: String = "Leaderboard", maximumBody: Int = 64 << 20
  ) {
    (self.port, self.address, self.token) = (port, address, token)
    (self.title, self.maximumBody) = (title, maximumBody)
  }
}
