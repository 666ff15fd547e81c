import Gym

/// The Abstraction and Reasoning Corpus: a few pairs of grids demonstrate a rule, and a question
/// asks to apply it.
///
/// Reads ARC-AGI-1 and -2, their Kaggle files and ConceptARC, and generates its own tasks from
/// procedural families in ConceptARC's sixteen concept groups.
/// Sources: Chollet, "On the Measure of Intelligence", arXiv 1911.01547; Moskvichev, Odouard,
/// Mitchell, "The ConceptARC Benchmark", arXiv 2305.07141.
public struct ARC: Task, ExchangeableTask {
  public static let id = PluginID("arc", version: 1)
  public static let summary = "Find the rule that a few pairs of grids share, and apply it."

  private static let concept = Setting.choice(
    "concept", "the concept group of generated tasks", default: ARCConceptChoice.any)
  private static let family = Setting.choice(
    "family", "the family of generated tasks", default: ARCFamilyChoice.any)
  private static let maxSize = Setting.integer(
    "max-size", "the most rows or columns of a generated question", default: 15, in: 10...30)
  private static let canvasSide = Setting.integer(
    "canvas", "the rows and columns that agents see; larger grids are refused", default: 30,
    in: ARCCanvas.sides)
  private static let colors = Setting.integer(
    "colours", "how many colors a generated task draws from", default: 6, in: 4...9)
  private static let distractors = Setting.integer(
    "distractors", "the most objects that do not matter", default: 2, in: 0...6)
  public static let settings = Setting.list(
    concept, family, maxSize, canvasSide, colors, distractors)

  public let settings: Settings
  public let vocabulary = Vocabulary(".|0123456789")
  public var grid: GridShape { GridShape(rows: canvas.side, columns: canvas.side) }
  /// The split whose tasks are of other concepts than those of all other splits, if concepts are
  /// chosen by split.
  public static let unseenSplit = "unseen"

  /// The canvas that every grid stands on.
  public let canvas: ARCCanvas
  let generator: ARCGenerator
  /// The generator of that split; the same as `generator` unless concepts are chosen by split.
  let unseenGenerator: ARCGenerator

  /// The colors except black, which is the ground.
  public var exchangeableTokens: [UInt8] {
    (1..<UInt8(ARCGrid.colors)).map { $0 + ARCCanvas.firstColor }
  }

  /// - Throws: a `GymError` if the family does not belong to the concept group, or a generated
  ///   grid may be larger than the canvas.
  public init(settings: Settings) throws {
    self.settings = settings
    canvas = ARCCanvas(side: settings[Self.canvasSide])
    guard settings[Self.maxSize] <= canvas.side else {
      throw GymError(
        "max-size is \(settings[Self.maxSize]), and the canvas has \(canvas.side) rows",
        at: "settings", expected: "a canvas that holds every generated grid",
        remedy: "Set max-size to \(canvas.side) as well, or a larger canvas.")
    }
    let concept = settings[Self.concept]
    let family = settings[Self.family]
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
        families: families, maxSize: settings[Self.maxSize],
        colors: settings[Self.colors], distractors: settings[Self.distractors])
    }
    self.generator = generator(known)
    unseenGenerator = generator(unseen)
  }

  /// The generator that a request is for.
  func generator(for request: GenerationRequest) -> ARCGenerator {
    request.split == Self.unseenSplit ? unseenGenerator : generator
  }
}

extension ARC {
  public var rules: String {
    "A few pairs of colored grids are shown, each a question and its answer; one rule leads from "
      + "the question to the answer in all of them. Find it and apply it to the last question. "
      + "An answer may have another size than its question; it is right if its size and every cell "
      + "are right."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry("|", "the end of a grid, below and to the right of it"),
      LegendEntry("0123456789", "a color: 0 is the background in most tasks"),
      .places(
        "a grid of at most \(canvas.side)×\(canvas.side) cells stands in the canvas; . around it "
          + "is not a cell"),
    ]
  }
}

extension ARC {
  /// The test pair of a generated task. `generatePuzzle` gives the whole task, with this pair if
  /// its demonstrations could be drawn at the first attempt.
  ///
  /// The rating is the number of the answer's cells that differ from the question's.
  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let draft = try generator(for: request).draft(request, using: &random)
    return Example(
      question: draft.test.question, answer: draft.test.answer, source: draft.source, on: canvas)
  }
}

extension ARC: DemonstratedTask {
  public func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle {
    let (task, draft) = try generator(for: request).task(request, using: &random)
    return try task.puzzle(source: draft.source, on: canvas)
  }

  public func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? {
    format == .arcJSON ? try ARCTask(puzzle).json.text() : nil
  }
}

extension ARC: AskedCellsTask {
  public func askedCells(of example: Example) -> [Int] {
    example.answer.indices.filter { example.answer[$0] >= ARCCanvas.firstColor }
  }

  /// An answer is right if the grid on its canvas is exactly the expected one.
  ///
  /// The grid is cropped as in the released evaluation: everything beyond the grid and its
  /// end-of-grid border is ignored. Finding: `shape`, the grid has the right numbers of rows and
  /// columns.
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    func failed(_ problem: String, cells: [Int] = [], shape: Bool = false) -> Verdict {
      .failed(problem, cells: cells, findings: [.init("shape", shape)])
    }
    guard answer.count == canvas.cells else {
      return failed("the answer has \(answer.count) cells, not \(canvas.cells)")
    }
    guard example.answer.count == canvas.cells,
      let expected = ARCCanvas.placement(in: example.answer)
    else {
      return failed("the expected answer is not known")
    }
    let (row, column) = (expected.row, expected.column)
    guard let grid = ARCCanvas.crop(answer, row: row, column: column) else {
      return failed("the answer holds no grid", cells: [row * canvas.side + column])
    }
    guard grid.hasShape(of: expected.grid) else {
      return failed(
        "the grid is \(grid.rows)×\(grid.columns), not "
          + "\(expected.grid.rows)×\(expected.grid.columns)")
    }
    let wrong = grid.cells.indices.filter { grid.cells[$0] != expected.grid.cells[$0] }
    guard let first = wrong.first else { return .solved([.init("shape", true)]) }
    return failed(
      "row \(first / grid.columns + 1), column \(first % grid.columns + 1) is color "
        + "\(grid.cells[first]), not \(expected.grid.cells[first])",
      cells: wrong.map {
        (row + $0 / grid.columns) * canvas.side + column + $0 % grid.columns
      }, shape: true)
  }
}

extension ARC: RatedTask, DrawnTask {
  /// Levels by the number of cells that the rule changes; none if one concept or family is set,
  /// since not every one has tasks of every size, and no large ones for small grids.
  public var levels: [DifficultyLevel] {
    guard generator.families.count == ARCGenerator.families.count else { return [] }
    let all = [
      DifficultyLevel("small", rating: 1...12), DifficultyLevel("medium", rating: 13...40),
      DifficultyLevel("large", rating: 41...900),
    ]
    // Of tasks with at most 10 rows, one in five thousand changes 41 cells; with 12, one in 150.
    return generator.maxSize < 12 ? Array(all.dropLast()) : all
  }

  /// Nil: the rating depends on the answer, so that only `generate` knows it.
  public func rating(of question: [UInt8]) -> Double? { nil }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    // Of an answer, only the grid that counts is drawn, without anything beyond it.
    let tokens =
      answer.map { answer in
        // Tokens of another length may hold a grid that is larger than this canvas.
        (answer.count == canvas.cells ? ARCCanvas.crop(answer) : nil).map { canvas.encode($0) }
          ?? answer
      } ?? question
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
