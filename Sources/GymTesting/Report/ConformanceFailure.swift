/// A requirement of the gym's contracts that a plug-in violates.
public struct ConformanceFailure: Sendable, Hashable {
  /// The requirement that is violated.
  public let check: Check
  /// The plug-in, with the settings that differ from the defaults.
  public let subject: String
  /// The first finding.
  public let found: String
  /// The number of times it was found.
  public internal(set) var count = 1
}

extension ConformanceFailure: CustomStringConvertible, CustomDebugStringConvertible {
  /// The requirement, the first finding, and where to look.
  public var description: String {
    let times = count > 1 ? " (and \(count - 1) more times)" : ""
    return "\(subject) fails \(check.rawValue): \(found)\(times).\n    \(check.advice)"
  }

  public var debugDescription: String { description }
}
