/// What a process did wrong. It costs the process what was asked of it, never the run.
struct ProcessFault: Error, Hashable, CustomStringConvertible {
  /// What happened to the process, by which it is decided whether to ask again.
  enum Kind: Hashable {
    /// It died, or wrote what cannot be understood.
    case broken
    /// It had all its time.
    case silent
    /// It failed too often, and is not started again.
    case givenUp
    /// Nobody waits for it any longer: it did nothing wrong.
    case stopped
  }

  let kind: Kind
  /// What happened, in a sentence without a full stop.
  let reason: String

  /// Somebody asked for a stop.
  static let stopped = ProcessFault("was stopped", .stopped)

  init(_ reason: String, _ kind: Kind = .broken) {
    self.kind = kind
    self.reason = reason
  }

  var description: String { reason }
}
