/// An explanation of some of a task's symbols, or of places in its grid, for readers who do not
/// know the task: people and language models.
public struct LegendEntry: Sendable, Hashable {
  /// The explained characters of the vocabulary; empty if the entry explains places, such as the
  /// boxes of a Sudoku.
  public let symbols: String
  /// The meaning, such as "a wall": a few words, without a full stop.
  public let meaning: String

  /// An explanation of characters of the vocabulary.
  public init(_ symbols: String, _ meaning: String) {
    (self.symbols, self.meaning) = (symbols, meaning)
  }

  /// An explanation of places in the grid, such as "the boxes are the four 2×2 corners".
  public static func places(_ meaning: String) -> LegendEntry { LegendEntry("", meaning) }

  /// The characters as a legend shows them: from three on in a row that rises by one each, the
  /// first and the last, as in `1-9`.
  public var shownSymbols: String {
    var runs: [[Unicode.Scalar]] = []
    for scalar in symbols.unicodeScalars {
      if let last = runs.last?.last, last.value + 1 == scalar.value {
        runs[runs.count - 1].append(scalar)
      } else {
        runs.append([scalar])
      }
    }
    return runs.map { run in
      run.count < 3
        ? run.map { String(Character($0)) }.joined(separator: " ")
        : "\(Character(run[0]))-\(Character(run[run.count - 1]))"
    }.joined(separator: " ")
  }
}

extension LegendEntry: CustomStringConvertible {
  public var description: String {
    symbols.isEmpty ? meaning : "\(shownSymbols) is \(meaning)"
  }
}
