import Gym

extension SudokuExtreme {
  /// Judges an answer by the rules alone: it keeps the clues, and each row, column and box contains
  /// every digit once. If a question has several solutions, each of them is right.
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    guard answer.count == grid.cells else {
      return verdict(
        "the answer has \(answer.count) cells instead of \(grid.cells)", complete: false)
    }
    guard example.question.count == grid.cells else {
      return verdict(
        "the question has \(example.question.count) cells instead of \(grid.cells)",
        complete: false)
    }
    let values = lenientValues(answer)
    let clues = lenientValues(example.question)
    let empty = values.indices.filter { values[$0] == 0 }
    let changed = clues.indices.filter { clues[$0] != 0 && clues[$0] != values[$0] }
    let violation = geometry.firstRepeat(in: values)

    let problem: String?
    let cells: [Int]
    if let cell = changed.first {
      let digit = Self.digits[Int(clues[cell]) - 1]
      problem = "\(geometry.name(ofCell: cell)) does not keep the clue \(digit)"
      cells = changed
    } else if let violation {
      problem = violation.text
      cells = violation.cells
    } else {
      problem = empty.first.map { "\(geometry.name(ofCell: $0)) holds no digit" }
      cells = empty
    }
    return verdict(
      problem, cells: cells, complete: empty.isEmpty, kept: changed.isEmpty,
      valid: empty.isEmpty && violation == nil)
  }

  private func verdict(
    _ problem: String?, cells: [Int] = [], complete: Bool, kept: Bool = false, valid: Bool = false
  ) -> Verdict {
    let findings: [Verdict.Finding] = [
      .init("complete", complete), .init("clues-kept", kept), .init("valid", valid),
    ]
    return problem.map { .failed($0, cells: cells, findings: findings) } ?? .solved(findings)
  }
}
