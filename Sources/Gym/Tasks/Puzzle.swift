import Foundation

/// What a file gives as one puzzle: its examples, and the demonstrations that explain them.
///
/// Most puzzles are one example and nothing else. An ARC task has demonstrations (known to the
/// solver, trained on even when the puzzle is held out) and examples (asked).
public struct Puzzle: Sendable, Hashable {
  /// The name of the puzzle's identity, if it has one of its own (ARC); nil otherwise.
  public var name: String?
  /// Solved examples that belong to the question; they go into training in every split.
  public var demonstrations: [Example]
  /// The examples that are asked; they go into the split that the puzzle is read for.
  public var examples: [Example]
  /// The line of the file at which it begins, for messages; nil if it was not read from lines.
  public var line: Int?
  /// The file that it stands in, if its source is several; it does not count for equality.
  public var file: URL?

  /// A puzzle of examples, without name and demonstrations unless they are given.
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

  /// Adds what equality compares.
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
