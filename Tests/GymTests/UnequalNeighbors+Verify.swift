import Gym

extension UnequalNeighbors {
  /// Judges by the rules, except the one that the fault omits.
  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    guard answer.count == grid.cells, example.question.count == grid.cells,
      Self.digits.allSatisfy({ (2...5).contains(answer[$0]) })
    else { return .failed("it is not a square of digits") }
    guard keepsClues(answer, example.question) else { return .failed("a clue is changed") }
    guard keepsSigns(answer, example.question) else { return .failed("a sign is broken") }
    let last = fault == .forgetsLastLines ? 1 : 0
    let rows = fault == .forgetsRows ? [] : Self.rows.dropLast(last)
    let columns = fault == .forgetsColumns ? [] : Self.columns.dropLast(last)
    guard (rows + columns).allSatisfy({ isFine($0.map { answer[$0] }) }) else {
      return .failed("a row or column holds a digit twice")
    }
    return .solved()
  }

  private func keepsClues(_ answer: [UInt8], _ question: [UInt8]) -> Bool {
    let clues = Self.digits.filter { question[$0] != Self.blank }
    let kept = clues.filter { answer[$0] == question[$0] }
    switch fault {
    case .forgetsClues: return true
    case .keepsFirstClue: return clues.first == kept.first
    default: return clues == kept
    }
  }

  private func keepsSigns(_ answer: [UInt8], _ question: [UInt8]) -> Bool {
    let broken = Self.pairs.filter { pair in
      switch fault {
      case .forgetsSigns: return false
      case .forgetsSignsAcross where pair.isAcross: return false
      case .forgetsSignsDown where !pair.isAcross: return false
      case .forgetsLastSigns where pair.second == Self.digits.last: return false
      case .readsSignsAtClues
      where question[pair.first] == Self.blank && question[pair.second] == Self.blank:
        return false
      default: break
      }
      let (first, second) = (answer[pair.first], answer[pair.second])
      return switch question[pair.sign] {
      case Self.less: first >= second
      case Self.greater: first <= second && fault != .forgetsGreater
      default: false
      }
    }
    return broken.count <= (fault == .toleratesBrokenSign ? 1 : 0)
  }

  private func isFine(_ line: [UInt8]) -> Bool {
    switch fault {
    case .comparesNeighbors: zip(line, line.dropFirst()).allSatisfy { $0 != $1 }
    case .addsUp: line.reduce(0, +) == 14
    default: Set(line).count == line.count
    }
  }
}
