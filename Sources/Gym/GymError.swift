/// An error that says what went wrong, where, what was expected, and what to do next.
public struct GymError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, in one sentence without a full stop.
  public let what: String
  /// The file, line, setting or item concerned.
  public let location: String?
  /// What was expected instead.
  public let expected: String?
  /// What the reader can do next.
  public let remedy: String?

  /// An error; everything but `what` can be left out if `what` already says it.
  public init(
    _ what: String, at location: String? = nil, expected: String? = nil, remedy: String? = nil
  ) {
    self.what = what
    self.location = location
    self.expected = expected
    self.remedy = remedy
  }

  public var description: String {
    var text = location.map { "\($0): \(what)" } ?? what
    if let expected { text += "; expected \(expected)" }
    if let remedy { text += ". \(remedy)" }
    return text
  }
}
