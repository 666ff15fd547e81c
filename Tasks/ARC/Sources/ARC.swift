import Gym
import Randomness

/// The Abstraction and Reasoning Corpus: a few pairs of grids demonstrate a rule, and a question
/// asks to apply it.
///
/// Reads ARC-AGI-1 and -2, their Kaggle files and ConceptARC, and generates its own tasks from
/// procedural families in ConceptARC's sixteen concept groups.
/// Sources: Chollet, "On the Measure of Intelligence", arXiv 1911.01547; Moskvichev, Odouard,
/// Mitchell, "The ConceptARC Benchmark", arXiv 2305.07141.
public struct ARC: Task {
  public static let id = PluginID("arc", version: 1)
  public static let summary = "Find the rule that a few pairs of grids share, and apply it."

  public static let settings: [Setting] = [
    .choice("concept", "the concept group of generated tasks", default: ARCConceptChoice.any),
    .choice("family", "the family of generated tasks", default: ARCFamilyChoice.any),
    .integer(
      "max-size", "the most rows or columns of a generated question", default: 15, in: 10...30),
    .integer("colours", "how many colours a generated task draws from", default: 6, in: 4...9),
    .integer("distractors", "the most objects that do not matter", default: 2, in: 0...6),
  ]

  public let settings: Settings
  public let vocabulary = Vocabulary(".|0123456789")
  public let grid = GridShape(rows: ARCCanvas.side, columns: ARCCanvas.side)
  /// The split whose tasks are of other concepts than those of all other splits, if concepts are
  /// chosen by split.
  public static let unseenSplit = "unseen"

  let generator: ARCGenerator
  /// The generator of that split; the same as `generator` unless concepts are chosen by split.
  let unseenGenerator: ARCGenerator

  /// The colors except black, which is the ground.
  public var exchangeableTokens: [UInt8] {
    (1..<UInt8(ARCGrid.colors)).map { $0 + ARCCanvas.firstColor }
  }

  /// - Throws: a `GymError` if the family does not belong to the concept group.
  public init(settings: Settings) throws {
    self.settings = settings
    let concept: ARCConceptChoice = settings.choice("concept")
    let family: ARCFamilyChoice = settings.choice("family")
    func families(unseen: Bool) -> [any ARCFamily.Type] {
      ARCGenerator.families.filter {
        concept.holds($0.concept, unseen: unseen)
          && (family == .any || $0.name == family.rawValue)
      }
    }
    let (known, unseen) = (families(unseen: false), families(unseen: true))
    guard !known.isEmpty, !unseen.isEmpty else {
      let home = ARCGenerator.families.first { $0.name == family.rawValue }
      throw GymError(
        "family \(family.rawValue) is not of concept \(concept.rawValue)", at: "settings",
        remedy: home.map { "Set concept to \($0.concept.rawValue), or leave it out." })
    }
    func generator(_ families: [any ARCFamily.Type]) -> ARCGenerator {
      ARCGenerator(
        families: families, maxSize: settings.integer("max-size"),
        colors: settings.integer("colours"), distractors: settings.integer("distractors"))
    }
    self.generator = generator(known)
    unseenGenerator = generator(unseen)
  }

  /// The generator that a request is for.
  func generator(for request: GenerationRequest) -> ARCGenerator {
    request.split == Self.unseenSplit ? unseenGenerator : generator
  }

  /// Levels by the number of cells that the rule changes; none if one concept or family is set,
  /// since not every one has tasks of every size.
  public var levels: [DifficultyLevel] {
    guard generator.families.count == ARCGenerator.families.count else { return [] }
    return [
      DifficultyLevel("small", rating: 1...12), DifficultyLevel("medium", rating: 13...40),
      DifficultyLevel("large", rating: 41...900),
    ]
  }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    // Of an answer, only the grid that counts is drawn, without anything beyond it.
    let tokens = answer.map { ARCCanvas.crop($0).map { ARCCanvas.encode($0) } ?? $0 } ?? question
    return Drawing(
      grid: grid,
      cells: (0..<grid.cells).map { index in
        guard index < tokens.count, tokens[index] >= ARCCanvas.firstColor,
          vocabulary.contains(tokens[index])
        else { return Drawing.Cell(" ", .outside) }
        let color = Int(tokens[index] - ARCCanvas.firstColor)
        return Drawing.Cell("\(color)", .color(color))
      })
  }
}
