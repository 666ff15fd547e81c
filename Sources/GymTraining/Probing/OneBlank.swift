import Gym
import GymEvaluation
import GymRandomness

/// Whether an agent can fill a single blank: the question is the answer except for one cell.
///
/// Models trained only on hard puzzles may fail, since they have never seen such questions (arXiv
/// 2601.10679).
public enum OneBlank: Sendable, Hashable {
  /// The task's questions are not answers with blanks; the text says why.
  case notApplicable(String)
  /// How many were solved completely, and in how many the blank itself was filled correctly.
  case measured(solved: Proportion, filled: Proportion)

  /// Answers with one blank as questions, with the cell of each blank.
  public struct Questions: Sendable, Hashable {
    /// The token of a blank.
    public let blank: UInt8
    /// The examples; each question is its answer except for the blank.
    public let examples: [Example]
    /// The blank cell of each example, an index into its tokens.
    public let cells: [Int]
  }

  /// Makes the questions, each with its blank at a random asked cell. The blank token is the most
  /// frequent token of the questions that no answer contains.
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

  /// A question with all blanks filled; nil if the answer changes anything else.
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
