/// Why the bytes of a file cannot be had as plain text, without the file's name.
public struct UnpackingFault: Error, Sendable, Hashable {
  /// What is wrong, without a full stop.
  public let message: String
  /// What was expected instead.
  public let expected: String?
  /// The value of `errno` where the system is behind it.
  public let systemCode: Int32?

  init(_ message: String, expected: String? = nil, systemCode: Int32? = nil) {
    (self.message, self.expected, self.systemCode) = (message, expected, systemCode)
  }
}
