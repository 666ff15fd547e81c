import Synchronization

/// Whether a stop was requested; work that takes long checks it, an agent's while it solves, too.
public final class StopRequest: Sendable, Hashable {
  private let requested = Mutex(false)

  /// A request that has not been made yet.
  public init() {}

  /// Whether a stop was requested.
  public var isRequested: Bool { requested.withLock { $0 } }

  /// Requests a stop.
  ///
  /// - Returns: whether one had been requested already.
  @discardableResult
  public func request() -> Bool {
    requested.withLock { requested in
      defer { requested = true }
      return requested
    }
  }

  public static func == (a: StopRequest, b: StopRequest) -> Bool { a === b }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
