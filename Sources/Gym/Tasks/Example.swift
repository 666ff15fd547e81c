import Foundation

/// A question with the answer that serves as its label.
public struct Example: Sendable, Hashable {
  /// The question's tokens, one per cell, row by row.
  public var question: [UInt8]
  /// The answer's tokens; as many as the question's, padding for cells that are not asked. Empty if
  /// a file gives no answer; building a dataset then solves the question.
  public var answer: [UInt8]
  /// How hard it is, in the task's own unit; nil if unknown.
  public var rating: Double?
  /// The source: the name of a collection, or that of the generator.
  public var source: String

  /// A question with its answer; `rating` is nil if unknown.
  public init(question: [UInt8], answer: [UInt8], rating: Double? = nil, source: String = "") {
    self.question = question
    self.answer = answer
    self.rating = rating
    self.source = source
  }
}

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

/// The result of a task's solver for a question.
public enum Solution: Sendable, Hashable {
  /// The one answer.
  case unique([UInt8])
  /// One of several answers.
  case several([UInt8])
  /// No answer exists.
  case none
  /// The question is not valid for this task; the text says why.
  case invalid(String)
  /// The task has no solver.
  case unsupported
}
