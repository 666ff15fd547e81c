import Foundation
import Gym
import GymTestSupport
import SudokuExtreme

/// A task of a size, with further settings by name and text.
func makeSudoku(_ size: Int = 9, _ others: [String: String] = [:]) throws -> SudokuExtreme {
  var settings = Settings(SudokuExtreme.settings)
  try settings.set("size", to: "\(size)")
  for (name, text) in others { try settings.set(name, to: text) }
  return try SudokuExtreme(settings: settings)
}

/// A few puzzles of a task, item by item.
func examples(
  _ task: SudokuExtreme, count: Int, seed: UInt64, rating: ClosedRange<Double>? = nil
) throws -> [Example] {
  try (0..<count).map { index in
    var random = RandomStream(key: RandomKey(seed: seed, "sudoku tests"), stream: UInt64(index))
    return try task.generate(GenerationRequest(rating: rating), using: &random)
  }
}

/// Rows of the real puzzles beside the repository; empty if they are absent.
func realPuzzles(_ split: String) throws -> [Example] {
  guard let url = SharedData.url("sudoku/\(split).csv") else { return [] }
  var examples: [Example] = []
  try makeSudoku().readPuzzles(from: PuzzleSource(url)) { examples += $0.examples }
  return examples
}

/// The rank correlation of two lists (Spearman's, ties at their mean rank).
func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double {
  func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for index in start..<end { ranks[order[index]] = Double(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }
  let (ranksA, ranksB) = (ranks(a), ranks(b))
  let mean = Double(a.count - 1) / 2
  var (product, squareA, squareB) = (0.0, 0.0, 0.0)
  for (x, y) in zip(ranksA, ranksB) {
    product += (x - mean) * (y - mean)
    squareA += (x - mean) * (x - mean)
    squareB += (y - mean) * (y - mean)
  }
  return product / (squareA * squareB).squareRoot()
}
