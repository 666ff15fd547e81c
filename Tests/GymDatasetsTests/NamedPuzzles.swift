import Foundation
import Gym
import GymDatasets
import GymJSON
import GymRandomness
import GymTestSupport
import Testing

/// A task whose puzzles have names and demonstrations, like ARC's.
struct Named: Task, SymmetricTask, AugmentingTask, ReadingTask, DemonstratedTask {
  static let id = PluginID("named", version: 1)
  static let summary = "Repeat the token."
  static let settings: [Setting] = []
  static let formats: [SourceFormat] = [.csv, .lines]
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("~abcdefg")
  let grid = GridShape(rows: 1, columns: 2)

  init(settings: Settings) {}

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example { example(1) }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    answer == example.question ? .solved() : .failed("not repeated")
  }

  func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    Symmetry(cells: [0, 1], tokens: [0] + random.shuffled([1, 2, 3, 4, 5, 6, 7]))
  }

  func canonicalForm(of question: [UInt8]) -> [UInt8]? { nil }

  func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) {
    for number in 0..<count {
      let symmetry = randomSymmetry(using: &random)
      body(
        Puzzle(
          name: puzzle.name.map { "\($0)_\(number)" },
          demonstrations: puzzle.demonstrations.map { transform($0, by: symmetry) },
          examples: puzzle.examples.map { transform($0, by: symmetry) }))
    }
  }

  func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle { Puzzle(try generate(request, using: &random)) }

  func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? {
    format == .arcJSON ? "[\(puzzle.demonstrations.count), \(puzzle.examples.count)]" : nil
  }

  /// A line is a name, the number of demonstrations and the number of examples, whose answers are
  /// not known if the line ends in a question mark.
  func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    for line in try String(contentsOf: source.url, encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      let counts = parts.dropFirst().compactMap { UInt8($0) }
      let isKnown = parts.last != "?"
      try body(
        Puzzle(
          name: parts[0], demonstrations: (0..<counts[0]).map { example($0 + 1) },
          examples: (0..<counts[1]).map { index in
            var example = example(index + 4)
            if !isKnown { example.answer = [] }
            return example
          }))
    }
  }

  private func example(_ token: UInt8) -> Example {
    Example(question: [token, token], answer: [token, token])
  }
}

/// The same puzzles, read with the default implementation.
struct Plain: Task, FormattedTask {
  static let id = PluginID("plain", version: 1)
  static let summary = "Repeat the token."
  static let settings: [Setting] = []
  static let formats: [SourceFormat] = [.csv, .jsonLines]
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("~abcdefg")
  let grid = GridShape(rows: 1, columns: 2)

  init(settings: Settings = Settings([])) {}

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example { throw GymError("nothing is generated") }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }
}
