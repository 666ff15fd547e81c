/// Why the bytes of a file cannot be had as plain text, without the file's name.
public struct UnpackingFault: Error, Sendable, Hashable {
  /// The fault, without a full stop.
  public let message: String
  /// The expectation that was not met.
  public let expected: String?
  /// The value of `errno` if the system is behind it.
  public let systemCode: Int32?

  init(_ message: String, expected: String? = nil, systemCode: Int32? = nil) {
    (self.message, self.expected, self.systemCode) = (message, expected, systemCode)
  }
}
