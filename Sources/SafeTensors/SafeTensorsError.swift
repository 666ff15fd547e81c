/// An error in a safetensors file, with what was expected.
public struct SafeTensorsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// The problem, with what was expected instead.
  public let problem: String

  /// An error in a file: the problem, with what was expected instead.
  public init(file: String, _ problem: String) {
    self.file = file
    self.problem = problem
  }

  public var description: String { "\(file): \(problem)" }
}
