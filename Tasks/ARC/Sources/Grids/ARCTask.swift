import Gym

/// One task of ARC: pairs that demonstrate a rule, and questions to apply it to.
public struct ARCTask: Sendable, Hashable {
  /// The file's name without its extension, or the key in a challenges file.
  public var name: String
  /// The pairs under `train` in the file.
  public var demonstrations: [ARCPair]
  /// The questions under `test`.
  public var tests: [ARCTest]

  /// A task from demonstrations and tests.
  public init(name: String, demonstrations: [ARCPair], tests: [ARCTest]) {
    self.name = name
    self.demonstrations = demonstrations
    self.tests = tests
  }

  /// The task transformed by an augmentation, with the variant's name.
  public func augmented(by augmentation: ARCAugmentation) -> ARCTask {
    ARCTask(
      name: augmentation.name(of: name),
      demonstrations: demonstrations.map {
        ARCPair($0.question.augmented(by: augmentation), $0.answer.augmented(by: augmentation))
      },
      tests: tests.map {
        ARCTest($0.question.augmented(by: augmentation), $0.answer?.augmented(by: augmentation))
      })
  }
}

extension ARCTask {
  /// The task on a puzzle's canvases.
  ///
  /// - Throws: a `GymError` if a canvas contains no grid, or the puzzle has no name.
  public init(_ puzzle: Puzzle) throws {
    guard let name = puzzle.name else {
      throw GymError("an ARC task without a name", expected: "a puzzle with a name of its own")
    }
    func grid(_ tokens: [UInt8], _ what: String) throws -> ARCGrid {
      guard let grid = ARCCanvas.grid(in: tokens) else {
        throw GymError("a canvas holds no grid", at: "\(name), \(what)")
      }
      return grid
    }
    self.init(
      name: name,
      demonstrations: try puzzle.demonstrations.enumerated().map { index, example in
        ARCPair(
          try grid(example.question, "train pair \(index + 1), input"),
          try grid(example.answer, "train pair \(index + 1), output"))
      },
      tests: try puzzle.examples.enumerated().map { index, example in
        ARCTest(
          try grid(example.question, "test pair \(index + 1), input"),
          example.answer.allSatisfy { $0 == Vocabulary.padding }
            ? nil : try grid(example.answer, "test pair \(index + 1), output"))
      })
  }

  /// The task on canvases, every grid in the top left corner.
  ///
  /// - Parameters:
  ///   - source: the collection that the task comes from.
  ///   - path: the file, for the error.
  /// - Throws: a `GymError` if a grid is larger than the canvas.
  public func puzzle(
    source: String, on canvas: ARCCanvas = .full, path: String? = nil
  ) throws -> Puzzle {
    let grids =
      demonstrations.flatMap { [$0.question, $0.answer] }
      + tests.flatMap { [$0.question] + ($0.answer.map { [$0] } ?? []) }
    if let grid = grids.first(where: { max($0.rows, $0.columns) > canvas.side }) {
      throw GymError(
        "a grid of \(grid.rows)×\(grid.columns) is larger than the canvas",
        at: [path, "task \(name)"].compactMap { $0 }.joined(separator: ", "),
        expected: "at most \(canvas.side)×\(canvas.side)",
        remedy: "Set canvas to \(max(grid.rows, grid.columns)) or more, or leave such tasks out by "
          + "--skip-invalid.")
    }
    return Puzzle(
      name: name,
      demonstrations: demonstrations.map {
        Example(question: $0.question, answer: $0.answer, source: source, on: canvas)
      },
      examples: tests.map {
        Example(question: $0.question, answer: $0.answer, source: source, on: canvas)
      })
  }
}

extension Example {
  /// Two grids as canvases; a withheld answer becomes empty.
  ///
  /// The rating is the number of the answer's cells that differ from the question's.
  ///
  /// - Precondition: both fit on the canvas.
  init(question: ARCGrid, answer: ARCGrid?, source: String, on canvas: ARCCanvas) {
    self.init(
      question: canvas.encode(question),
      answer: answer.map { canvas.encode($0) } ?? [],
      rating: answer.map { Double($0.changes(from: question)) }, source: source)
  }
}

extension ARCGrid {
  /// The number of cells that differ from another grid's; all of them if the shapes differ.
  func changes(from other: ARCGrid) -> Int {
    guard hasShape(of: other) else { return cells.count }
    return zip(cells, other.cells).count { $0 != $1 }
  }
}

/// A question and its answer: a demonstration.
public struct ARCPair: Sendable, Hashable {
  /// The grid that is shown.
  public var question: ARCGrid
  /// The answer by the rule.
  public var answer: ARCGrid

  /// A question with its answer.
  public init(_ question: ARCGrid, _ answer: ARCGrid) {
    self.question = question
    self.answer = answer
  }
}

/// A question of a task; its answer may be withheld.
public struct ARCTest: Sendable, Hashable {
  /// The grid that is shown.
  public var question: ARCGrid
  /// The answer by the rule; nil if it is withheld.
  public var answer: ARCGrid?

  /// A question with its answer, or nil.
  public init(_ question: ARCGrid, _ answer: ARCGrid?) {
    self.question = question
    self.answer = answer
  }
}
