/// What is wrong with a safetensors file, and what was expected.
public struct SafeTensorsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// What is wrong, with what was expected instead.
  public let problem: String

  /// An error in a file: what is wrong, with what was expected instead.
  public init(file: String, _ problem: String) {
    self.file = file
    self.problem = problem
  }

  public var description: String { "\(file): \(problem)" }
}
