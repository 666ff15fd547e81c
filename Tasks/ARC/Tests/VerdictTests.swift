import ARC
import Gym
import Testing

@Suite struct VerdictTests {
  /// Agents return grids as rows; a canvas is made from them.
  @Test("An answer given as rows is placed on a canvas")
  func gridsGivenAsRowsAreAnswers() throws {
    let arc = try makeARC()
    let canvas = ARCCanvas.full.encode(try ARCGrid([[7, 6], [0, 9]]))
    #expect(arc.answer(ofRows: ["76", "09"]) == canvas)
    for rows in [[], [""], ["76", "0"], ["7x"], ["|"], [String](repeating: "1", count: 31)] {
      #expect(arc.answer(ofRows: rows) == nil, "\(rows)")
    }
  }

  private func example(_ answer: ARCGrid, row: Int = 0, column: Int = 0) throws -> Example {
    Example(
      question: ARCCanvas.full.encode(try ARCGrid([[1]]), row: row, column: column),
      answer: ARCCanvas.full.encode(answer, row: row, column: column))
  }

  @Test("Only the grid decides, not its place on the canvas")
  func gridDecides() throws {
    let arc = try makeARC()
    let answer = try ARCGrid([[1, 2], [3, 4]])
    let example = try example(answer)
    var tokens = example.answer
    #expect(arc.verify(tokens, for: example).isSolved)

    tokens[500] = 7
    #expect(arc.verify(tokens, for: example).isSolved, "cells beyond the grid do not count")

    tokens[31] = 8
    let wrong = arc.verify(tokens, for: example)
    #expect(!wrong.isSolved && wrong.wrongCells == [31])
    #expect(wrong.findings == [.init("shape", true)])
    #expect(wrong.problem == "row 2, column 2 is color 6, not 4")

    let other = arc.verify(
      ARCCanvas.full.encode(try ARCGrid([[1, 2, 0], [3, 4, 0]])), for: example)
    #expect(!other.isSolved && other.findings == [.init("shape", false)])
    #expect(other.problem == "the grid is 2×3, not 2×2")
  }

  @Test("A label that is not in the canvas's corner is read")
  func movedLabelsAreRead() throws {
    let arc = try makeARC()
    let moved = try example(try ARCGrid([[1, 2], [3, 4]]), row: 7, column: 20)
    #expect(arc.verify(moved.answer, for: moved).isSolved)
    #expect(
      !arc.verify(ARCCanvas.full.encode(try ARCGrid([[1, 2], [3, 4]])), for: moved).isSolved)
  }

  @Test("Turned and recolored questions have the same canonical form")
  func canonicalFormForgetsTurnsAndColors() throws {
    let arc = try makeARC()
    var random = RandomStream(seed: 4, "forms")
    var forms: Set<[UInt8]> = []
    for trial in 0..<100 {
      let question = ARCCanvas.full.encode(try randomGrid(2...12, using: &random))
      let form = try #require(arc.canonicalForm(of: question))
      let copy = arc.transform(question, by: arc.randomSymmetry(using: &random))
      #expect(arc.canonicalForm(of: copy) == form, "trial \(trial)")
      forms.insert(form)
    }
    #expect(forms.count > 95)
  }

  @Test("The task's symmetries are its augmentations")
  func symmetriesAreAugmentations() throws {
    var random = RandomStream(seed: 5, "symmetries")
    for _ in 0..<100 {
      let first = ARCAugmentation.random(using: &random)
      let second = ARCAugmentation.random(using: &random)
      #expect(ARCAugmentation(first.symmetry(of: .full)) == first)
      #expect(ARCAugmentation(first.symmetry(of: .full).inverse) == first.inverse)
      #expect(
        ARCAugmentation(first.symmetry(of: .full).then(second.symmetry(of: .full)))
          == first.then(second))
    }
    let shift = Symmetry(
      cells: (0..<900).map { UInt16(($0 + 1) % 900) }, tokens: Array(0...11))
    #expect(ARCAugmentation(shift) == nil)
  }

  @Test("A picture shows the grid without the rest of the canvas")
  func picturesShowTheGrid() throws {
    let arc = try makeARC()
    let question = ARCCanvas.full.encode(try ARCGrid([[1, 2], [3, 4]]))
    var noisy = question
    noisy[899] = 9
    let picture = arc.draw(question, answer: nil)
    #expect(picture.cells[31] == Drawing.Cell("4", .color(4)))
    #expect(picture.cells[2] == Drawing.Cell(" ", .outside))
    #expect(arc.draw(question, answer: noisy) == picture)
    #expect(arc.draw(question, answer: [UInt8](repeating: 200, count: 3)).cells.count == 900)
  }

  @Test("Settings that contradict one another are rejected")
  func settingsMustAgree() throws {
    let error = #expect(throws: GymError.self) {
      try makeARC(["family": "sort-bars", "concept": "Copy"])
    }
    #expect(error?.remedy == "Set concept to Order, or leave it out.")
    _ = try makeARC(["family": "sort-bars", "concept": "Order"])
    #expect(throws: GymError.self) { try makeARC(["family": "sort"]) }
  }

  @Test("A rating that no task can have is rejected")
  func impossibleRatingIsRefused() throws {
    let arc = try makeARC()
    var random = RandomStream(seed: 6, "ratings")
    #expect(throws: GymError.self) {
      try arc.generate(GenerationRequest(rating: 901...1000), using: &random)
    }
    let example = try arc.generate(GenerationRequest(rating: 20...30), using: &random)
    #expect((20...30).contains(try #require(example.rating)))
  }

  @Test("An answer of another canvas is drawn without a trap")
  func picturesTakeAnswersOfAnyLength() throws {
    let arc = try makeARC(["canvas": "10", "max-size": "10"])
    let question = arc.canvas.encode(try ARCGrid([[1]]))
    for side in [11, 24, 30] {
      let answer = [UInt8](repeating: 2, count: side * side)
      #expect(arc.draw(question, answer: answer).cells.count == 100)
    }
  }

  @Test("A label of another canvas is no label")
  func labelsOfOtherCanvasesAreUnknown() throws {
    let arc = try makeARC(["canvas": "10", "max-size": "10"])
    let grid = try ARCGrid([[1]])
    let tokens = arc.canvas.encode(grid)
    for row in [0, 20] {
      let label = ARCCanvas.full.encode(grid, row: row, column: 0)
      let verdict = arc.verify(tokens, for: Example(question: tokens, answer: label))
      #expect(!verdict.isSolved && verdict.wrongCells.isEmpty)
      #expect(verdict.problem == "the expected answer is not known")
    }
  }
}
