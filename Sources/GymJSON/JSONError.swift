/// Says why a JSON text was rejected, or why a file could not be read or written, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's path, or the name that the caller gave to the text.
  public let file: String
  /// The line, from 1; nil if the error concerns no place in the text.
  public let line: Int?
  /// The column, from 1, counted in Unicode scalars; nil if the error concerns no place in the
  /// text.
  public let column: Int?
  /// The problem, without a full stop.
  public let message: String
  /// The text or value that was expected instead.
  public let expected: String?
  /// The value of `errno` if the system reported the error.
  public let systemCode: Int32?

  /// An error, at a place in the text or about the file as a whole.
  public init(
    file: String, line: Int? = nil, column: Int? = nil, message: String, expected: String? = nil,
    systemCode: Int32? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.expected = expected
    self.systemCode = systemCode
  }

  /// `file:line:column: message; expected …. What to do`
  public var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ":\(column)" }
    text += ": \(message)"
    if let expected { text += "; expected \(expected)" }
    if let remedy = systemCode.flatMap({ SystemFault($0).remedy }) { text += ". \(remedy)" }
    return text
  }
}
