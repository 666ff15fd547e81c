import Gym
import Randomness

/// Whether an agent can fill a single blank: the answer itself, but for one cell.
///
/// Models trained on hard puzzles alone may not, since they never saw such questions
/// (arXiv 2601.10679).
public enum OneBlank: Sendable, Hashable {
  /// The task's questions are not answers with blanks; why.
  case notApplicable(String)
  /// How many were wholly solved, and in how many the blank itself was filled rightly.
  case measured(solved: Tally, filled: Tally)

  /// Answers but for one blank, as questions, with the cell of each.
  public struct Questions: Sendable, Hashable {
    /// The token that stands for a blank.
    public let blank: UInt8
    /// The examples, each question its answer but for the blank.
    public let examples: [Example]
    /// The blank cell of each example, an index into its tokens.
    public let cells: [Int]
  }

  /// Makes the questions, the blank of each at a random asked cell. A blank is the most frequent
  /// token of the questions that no answer holds.
  ///
  /// - Throws: a `GymError` that says why there are none.
  public static func questions(of examples: [Example], seed: UInt64) throws -> Questions {
    var counts = [Int](repeating: 0, count: 256)
    for token in examples.joinedTokens(\.question) { counts[Int(token)] += 1 }
    for token in examples.joinedTokens(\.answer) { counts[Int(token)] = 0 }
    counts[Int(Vocabulary.padding)] = 0
    let most = counts.max() ?? 0
    guard most > 0, let blank = counts.firstIndex(of: most).map({ UInt8($0) }) else {
      throw GymError("no token of the questions is a blank: the answers hold all of them")
    }
    let key = RandomKey(seed: seed, "one blank")
    var (questions, cells): ([Example], [Int]) = ([], [])
    for (index, example) in examples.enumerated() {
      guard let filled = filled(example, blank: blank) else {
        throw GymError("the answers do more than fill the questions' blanks")
      }
      var random = RandomStream(key: key, stream: UInt64(index))
      let asked = filled.indices.filter { example.answer[$0] != Vocabulary.padding }
      guard let cell = random.element(of: asked) else {
        throw GymError("a question asks for nothing")
      }
      var question = example
      question.question = filled
      question.question[cell] = blank
      questions.append(question)
      cells.append(cell)
    }
    return Questions(blank: blank, examples: questions, cells: cells)
  }

  /// A question with all blanks filled; nil if the answer does other things to it.
  private static func filled(_ example: Example, blank: UInt8) -> [UInt8]? {
    guard example.question.count == example.answer.count else { return nil }
    var filled = example.question
    for (cell, (given, answer)) in zip(example.question, example.answer).enumerated() {
      if given == blank {
        guard answer != Vocabulary.padding else { return nil }
        filled[cell] = answer
      } else if given != answer, answer != Vocabulary.padding {
        return nil
      }
    }
    return filled
  }
}

extension [Example] {
  fileprivate func joinedTokens(_ tokens: KeyPath<Example, [UInt8]>) -> [UInt8] {
    flatMap { $0[keyPath: tokens] }
  }
}
