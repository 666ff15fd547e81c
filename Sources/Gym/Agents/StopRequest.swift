import Synchronization

/// Whether somebody asked for a stop; agents that take long look at it while they solve.
public final class StopRequest: Sendable, Hashable {
  private let requested = Mutex(false)

  /// Nobody has asked yet.
  public init() {}

  /// Whether a stop was asked for.
  public var isRequested: Bool { requested.withLock { $0 } }

  /// Asks for a stop.
  ///
  /// - Returns: whether one was asked for already.
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

/// What an agent throws that was stopped while it solved, with what it had answered by then.
public struct StoppedSolving: Error, Sendable, Hashable {
  /// The predictions in the order of the questions; nil for those that are still to be answered.
  /// Each is what an agent that was not stopped would have given.
  public let predictions: [Prediction?]

  /// A stop with so many answers.
  public init(_ predictions: [Prediction?]) {
    self.predictions = predictions
  }
}
