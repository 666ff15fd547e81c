/// A fault of an external process. It loses the answers that were asked of it, never the run.
package struct ProcessFault: Error, Hashable, CustomStringConvertible {
  /// The kind of fault, which decides whether to ask again.
  package enum Kind: Hashable {
    /// It died, or wrote something invalid.
    case broken
    /// It ran out of time.
    case silent
    /// It failed too often and is not restarted.
    case givenUp
    /// A stop was requested: the process did nothing wrong.
    case stopped
  }

  let kind: Kind
  /// A description in one sentence without a full stop.
  let reason: String

  /// A stop was requested.
  static let stopped = ProcessFault("was stopped", .stopped)

  init(_ reason: String, _ kind: Kind = .broken) {
    self.kind = kind
    self.reason = reason
  }

  package var description: String { reason }
}
