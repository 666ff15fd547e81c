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
