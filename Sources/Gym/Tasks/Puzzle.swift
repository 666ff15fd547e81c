import Foundation

/// One puzzle as a file defines it: its examples, and the demonstrations that explain them.
///
/// Most puzzles are a single example. An ARC task has demonstrations (known to the solver, and
/// trained on even if the puzzle is held out) and examples (asked).
public struct Puzzle: Sendable, Hashable {
  /// The name, if the puzzle has an identity of its own (ARC); nil otherwise.
  public var name: String?
  /// Solved examples that belong to the question; they go into training whatever the split.
  public var demonstrations: [Example]
  /// The examples that are asked; they go into the split that the puzzle is read for.
  public var examples: [Example]
  /// The line of the file at which it begins, for messages; nil if it was not read from lines.
  public var line: Int?
  /// The file that contains it, if the source is several files; ignored by equality.
  public var file: URL?

  /// A puzzle from examples, by default without name and demonstrations.
  public init(
    name: String? = nil, demonstrations: [Example] = [], examples: [Example], line: Int? = nil
  ) {
    self.name = name
    self.demonstrations = demonstrations
    self.examples = examples
    self.line = line
  }

  /// Whether name, examples and line are the same.
  public static func == (a: Puzzle, b: Puzzle) -> Bool {
    a.name == b.name && a.demonstrations == b.demonstrations && a.examples == b.examples
      && a.line == b.line
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(demonstrations)
    hasher.combine(examples)
    hasher.combine(line)
  }

  /// A puzzle of one example.
  public init(_ example: Example, line: Int? = nil) {
    self.init(examples: [example], line: line)
  }
}
