import Randomness

/// The tokens of a task whose questions are answers with cells left out.
public struct ClueTokens: Sendable, Hashable {
  /// The token of a cell to fill in.
  public let blank: UInt8
  /// The tokens of an answer that a question may also contain.
  public let clues: Set<UInt8>

  /// The tokens of a task.
  public init(blank: UInt8, clues: some Sequence<UInt8>) {
    (self.blank, self.clues) = (blank, Set(clues))
  }

  /// A question with extra clues: each blank gets the answer's token with probability `share`, if
  /// that token may be a clue.
  public func revealing(
    _ share: Double, of question: [UInt8], answer: [UInt8], using random: inout RandomStream
  ) -> [UInt8] {
    zip(question, answer).map { token, answer in
      token == blank && clues.contains(answer) && random.chance(share) ? answer : token
    }
  }
}
