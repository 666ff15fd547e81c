import Gym
import GymRandomness

/// A stand-in for the task of a dataset that does not name one: an answer is right if it
/// equals the label in every cell that is asked, as the released HRM code counts.
public struct LabelEquality: Task, FormattedTask {
  public static let id = PluginID("label-equality", version: 1)
  public static let summary = "Give the labels of a dataset whose task is not known."
  public static let settings: [Setting] = []
  public static let formats: [SourceFormat] = []

  public let settings = Settings([])
  public let rules = Self.summary
  public let legend: [LegendEntry] = []
  public let vocabulary: Vocabulary
  public let grid: GridShape

  /// - Throws: a `GymError` always: it is of a dataset, which settings do not name.
  public init(settings: Settings) throws {
    throw GymError("\(Self.id.name) is not a task of its own", expected: "a dataset")
  }

  /// The equality with the labels of a dataset.
  public init(_ data: Dataset) {
    vocabulary = Vocabulary(String(Self.characters(data.vocabularyCount)))
    let side = (1...256).first { $0 * $0 >= data.cells } ?? 256
    grid =
      side * side == data.cells
      ? GridShape(rows: side, columns: side) : GridShape(rows: 1, columns: data.cells)
  }

  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    throw GymError("\(Self.id.name) makes no puzzles")
  }

  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    guard answer.count == example.answer.count else {
      return .failed("the answer has \(answer.count.counted("cell")), not \(example.answer.count)")
    }
    let asked = askedCells(of: example)
    guard !asked.isEmpty else { return .failed("no cell is asked") }
    let wrong = asked.filter { answer[$0] != example.answer[$0] }
    guard let first = wrong.first else { return .solved() }
    return .failed(
      "cell \(first) is \(answer[first]), not \(example.answer[first])", cells: wrong)
  }

  /// A character for each token: digits, letters, and then others.
  private static func characters(_ count: Int) -> [Character] {
    let usual = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    let others = (UInt32(0x0100)...0x01C3).compactMap { Unicode.Scalar($0) }
    return Array((Array(usual) + others.map { Character($0) }).prefix(count))
  }
}
