import Synchronization

/// Whether a stop was requested; agents that take long check it while they solve.
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

/// The error of an agent that was stopped while solving, with the answers that it had by then.
public struct StoppedSolving: Error, Sendable, Hashable {
  /// The predictions in the order of the questions; nil for those not answered yet. Each is what an
  /// agent that was not stopped would have given.
  public let predictions: [Prediction?]

  /// An error with the predictions so far.
  public init(_ predictions: [Prediction?]) {
    self.predictions = predictions
  }
}
