import Gym
import GymJSON

/// The description of a task that an external agent receives: name, settings, tokens and grid, and
/// in words the rules and the legend.
public struct TaskDescription: Sendable, Hashable {
  /// The task's name and version.
  public let id: PluginID
  /// A one-line description of the puzzle.
  public let summary: String
  /// The rules in a few sentences.
  public let rules: String
  /// The meaning of the tokens and of places in the grid.
  public let legend: [LegendEntry]
  /// The region of each cell; nil if the task has none.
  public let regions: [Int]?
  /// The values of all the task's settings, an object.
  public let settings: JSON
  /// The task's tokens and the text of each.
  public let vocabulary: Vocabulary
  /// The rows and columns of every question.
  public let grid: GridShape

  /// The description of a task.
  public init(_ task: some Task) {
    id = task.id
    summary = task.summary
    rules = task.rules
    legend = task.legend
    regions = task.regions
    settings = task.settings.json
    vocabulary = task.vocabulary
    grid = task.grid
  }
}

extension Vocabulary {
  /// Checks that each token's character is one code point, as other languages count characters.
  func checkIsPlain() throws {
    if let odd = characters.first(where: { $0.unicodeScalars.count != 1 }) {
      throw GymError(
        "the token \(String(reflecting: odd)) is of several code points",
        expected: "one code point per token, if a process reads them")
    }
  }

  /// Checks that files keep each token's character: they lose those that nobody can see.
  func checkIsVisible() throws {
    for scalar in characters.flatMap(\.unicodeScalars) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        throw GymError(
          "the process gives a vocabulary with the invisible U+"
            + String(scalar.value, radix: 16, uppercase: true),
          expected: "characters that can be seen, or spaces",
          remedy: "Let another stand for it, such as ⏎ for a line break")
      default: break
      }
    }
  }
}

extension [LegendEntry] {
  /// The legend in both protocols: `[{"symbols":"#","meaning":"a wall"},…]`.
  var json: JSON {
    .array(map { ["symbols": .string($0.symbols), "meaning": .string($0.meaning)] })
  }

  /// A legend as a process tells it; empty if it tells none.
  ///
  /// - Throws: a `GymError` that names the first invalid entry.
  init(declaredAs json: JSON?) throws {
    guard let json, !json.isNull else {
      self = []
      return
    }
    let wrong = GymError(
      "the process gives the legend \(Excerpt.of(json.description, limit: 60))",
      expected: "a list of at most 255 objects with symbols and meaning")
    guard let entries = json.array, entries.count <= 255 else { throw wrong }
    self = try entries.map { entry in
      guard let symbols = entry["symbols"]?.string, symbols.count <= 255,
        let meaning = entry["meaning"]?.string, (1...200).contains(meaning.count)
      else { throw wrong }
      return LegendEntry(symbols, Excerpt.of(meaning, limit: 200))
    }
  }
}
