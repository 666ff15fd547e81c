/// The answer to one question of a split.
public struct SplitAnswer: Sendable, Hashable {
  /// The question with its label.
  public var example: Example
  /// The name of the puzzle, or variant, that it belongs to; nil if puzzles have no names.
  public var puzzle: String?
  /// The number of the puzzle's group, which is an original with its variants; nil if unknown.
  public var group: Int?
  /// Its position among the puzzle's questions, from 0; demonstrations do not count.
  public var position: Int
  /// The answer's tokens; nil if there is none.
  public var answer: [UInt8]?
  /// How sure the answer is, from 0 to 1; nil if unknown.
  public var confidence: Double?

  /// An answer to an example; nil if none was given.
  public init(
    to example: Example, puzzle: String?, group: Int? = nil, position: Int, answer: [UInt8]?,
    confidence: Double? = nil
  ) {
    self.example = example
    self.puzzle = puzzle
    self.group = group
    self.position = position
    self.answer = answer
    self.confidence = confidence
  }
}
