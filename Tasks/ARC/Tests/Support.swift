import ARC
import Foundation
import Gym

func makeARC(_ settings: [String: String] = [:]) throws -> ARC {
  var values = Settings(ARC.settings)
  for (name, value) in settings { try values.set(name, to: value) }
  return try ARC(settings: values)
}

/// A grid of random colors.
func randomGrid(
  _ sides: ClosedRange<Int> = 1...30, using random: inout RandomStream
) throws -> ARCGrid {
  let (rows, columns) = (random.integer(in: sides), random.integer(in: sides))
  return try ARCGrid(
    rows: rows, columns: columns, cells: (0..<rows * columns).map { _ in UInt8(random.below(10)) })
}

func write(_ text: String, to url: URL) throws {
  try FileManager.default.createDirectory(
    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(text.utf8).write(to: url)
}

func read(_ url: URL) throws -> [Puzzle] {
  var puzzles: [Puzzle] = []
  try makeARC().readPuzzles(from: PuzzleSource(url)) { puzzles.append($0) }
  return puzzles
}

extension SplitReport {
  /// The three scores of both attempts, by tasks, shares and questions.
  var passAtTwo: [Score] { Array(scores.prefix(3)) }
}
