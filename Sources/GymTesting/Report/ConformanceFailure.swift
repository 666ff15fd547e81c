/// A promise of the gym's contracts that a plug-in breaks.
public struct ConformanceFailure: Sendable, Hashable {
  /// Which promise.
  public let check: Check
  /// The plug-in, with the settings that differ from the defaults.
  public let subject: String
  /// What was found, the first time.
  public let found: String
  /// How many times it was found.
  public internal(set) var count = 1
}

extension ConformanceFailure: CustomStringConvertible, CustomDebugStringConvertible {
  /// What is broken, what was found, and where to look.
  public var description: String {
    let times = count > 1 ? " (and \(count - 1) more times)" : ""
    return "\(subject) fails \(check.rawValue): \(found)\(times).\n    \(check.advice)"
  }

  public var debugDescription: String { description }
}
