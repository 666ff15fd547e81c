/// Where a leaderboard is served, and what it bears.
public struct ServerConfiguration: Sendable, Hashable {
  /// Who can reach the server.
  public enum Address: String, Sendable, Hashable, CaseIterable {
    /// This machine alone.
    case loopback
    /// Whoever reaches this machine.
    case any
  }

  /// The port; 0 for any that is free.
  public var port: UInt16
  /// Who can reach it.
  public var address: Address
  /// What a submission has to bring; without one, nothing can be submitted.
  public var token: String?
  /// What the list of several benchmarks is headed with.
  public var title: String
  /// The most bytes of a submission.
  public var maximumBody: Int
  /// The most connections at once; further ones are told to come back.
  public var maximumConnections = 64
  /// The most bytes of a request's line and headers.
  public var maximumHead = 16 << 10
  /// Seconds for a request's line and headers, and for each standstill of what follows.
  public var patience = 10.0
  /// Requests a second that one address may make, after a first burst of four seconds' worth.
  public var requestsPerSecond = 100.0

  /// A configuration; the rest keeps its defaults unless it is set.
  public init(
    port: UInt16 = 8080, address: Address = .loopback, token: String? = nil,
    title: String = "Leaderboard", maximumBody: Int = 64 << 20
  ) {
    (self.port, self.address, self.token) = (port, address, token)
    (self.title, self.maximumBody) = (title, maximumBody)
  }
}
