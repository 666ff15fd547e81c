import Gym

extension SudokuExtreme {
  /// The number of guesses after which solving gives up on boards whose search may take forever.
  static let guessLimit = 10_000_000

  public func solve(_ question: [UInt8]) -> Solution {
    let values: [UInt8]
    do { values = try checkedValues(of: question) } catch { return .invalid(error.description) }
    let outcome = solver.solutions(of: values, limit: 2, guessLimit: Self.guessLimit)
    switch outcome.count {
    case 2...: return .several(tokens(outcome.answer))
    case _ where outcome.isExhausted:
      return .invalid("not decided within \(Self.guessLimit) guesses")
    case 1: return .unique(tokens(outcome.answer))
    default:
      // A board that violates the rules has no solution either, so this is checked only here.
      return geometry.firstRepeat(in: values).map { .invalid("\($0.text) in the question") }
        ?? .none
    }
  }
}
