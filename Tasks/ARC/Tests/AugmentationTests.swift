import ARC
import Gym
import Testing

@Suite struct AugmentationTests {
  @Test("Variants of a task differ from one another, and each has its own name")
  func variantsAreDistinctAndNamed() throws {
    let arc = try makeARC()
    var random = RandomStream(seed: 1, "augmentations")
    let puzzle = try arc.generatePuzzle(GenerationRequest(), using: &random)
    let task = try ARCTask(puzzle)
    let variants = arc.augmentations(of: puzzle, count: 200, using: &random)
    #expect(variants.count == 200)
    #expect(Set(variants.map(\.name)).count == 200)
    let contents = Set((variants + [puzzle]).map { $0.demonstrations + $0.examples })
    #expect(contents.count == 201)
    for variant in variants {
      let name = try #require(variant.name)
      let (base, augmentation) = ARCAugmentation.parse(name)
      #expect(base == task.name)
      #expect(try ARCTask(variant) == task.augmented(by: augmentation))
    }
  }

  @Test("A grid with few colors has only as many variants as it can have")
  func fewColorsHaveFewVariants() throws {
    let arc = try makeARC()
    var random = RandomStream(seed: 2, "augmentations")
    // One color on a square that every turn keeps: nine names for it, one of them taken.
    let grid = ARCCanvas.full.encode(try ARCGrid([[1]]))
    let puzzle = Puzzle(name: "dot", examples: [Example(question: grid, answer: grid)])
    #expect(arc.augmentations(of: puzzle, count: 100, using: &random).count == 8)
    #expect(arc.augmentations(of: puzzle, count: 0, using: &random).isEmpty)
    let blank = ARCCanvas.full.encode(try ARCGrid([[0]]))
    let dull = Puzzle(name: "dull", examples: [Example(question: blank, answer: blank)])
    #expect(arc.augmentations(of: dull, count: 100, using: &random).isEmpty)
  }

  @Test("Malformed puzzles are augmented without a trap")
  func strangePuzzlesDoNotTrap() throws {
    let arc = try makeARC()
    var random = RandomStream(seed: 3, "augmentations")
    for tokens in [[], [1, 2], [UInt8](repeating: 255, count: 900)] as [[UInt8]] {
      let puzzle = Puzzle(examples: [Example(question: tokens, answer: [])])
      for variant in arc.augmentations(of: puzzle, count: 3, using: &random) {
        #expect(variant.examples[0].question.count == tokens.count)
      }
      #expect(arc.placed(puzzle.examples, using: &random) == puzzle.examples)
    }
  }

  @Test("Placing moves the examples of a task on the canvas, except at least one")
  func allButOneExampleIsMoved() throws {
    var random = RandomStream(seed: 4, "placing")
    var moved = 0
    for trial in 0..<50 {
      let arc = try makeARC(["max-size": "12", "canvas": "\(13 + trial % 18)"])
      let puzzle = try arc.generatePuzzle(GenerationRequest(), using: &random)
      let examples = puzzle.demonstrations + puzzle.examples
      let placed = arc.placed(examples, using: &random)
      let unmoved = zip(examples, placed).count { $0 == $1 }
      #expect(unmoved >= 1)
      moved += examples.count - unmoved
      for (before, after) in zip(examples, placed) {
        let question = try #require(ARCCanvas.placement(in: after.question))
        let answer = try #require(ARCCanvas.placement(in: after.answer))
        #expect(question.grid == ARCCanvas.grid(in: before.question))
        #expect(answer.grid == ARCCanvas.grid(in: before.answer))
        #expect(question.row == answer.row && question.column == answer.column)
        #expect(arc.verify(after.answer, for: after).isSolved)
      }
    }
    #expect(moved > 150)
    #expect(try makeARC().placed([], using: &random).isEmpty)
  }

  /// Malformed canvases are placed by the grid that is cropped from them, well-formed ones as
  /// usual: one token is changed at a time.
  @Test("A malformed canvas is placed by the grid that is cropped from it")
  func damagedCanvasesArePlacedByTheirGrid() throws {
    var random = RandomStream(seed: 5, "placing")
    var moved = 0
    for trial in 0..<400 {
      let canvas = ARCCanvas(side: trial % 2 == 0 ? 30 : random.integer(in: ARCCanvas.sides))
      let arc = try makeARC(["canvas": "\(canvas.side)", "max-size": "10"])
      var tokens = canvas.encode(try randomGrid(1...canvas.side, using: &random))
      let grid = try #require(ARCCanvas.grid(in: tokens))
      let (cell, token) = (random.below(canvas.cells), UInt8(random.below(256)))
      if trial / 2 % 4 > 0 {
        tokens[trial / 2 % 4 == 1 ? cell : cell / canvas.side * canvas.side] = token
      }
      let cropped = ARCCanvas.grid(in: tokens)
      let example = Example(question: tokens, answer: canvas.encode(grid))
      for placed in arc.placed([example, example], using: &random) where placed != example {
        moved += 1
        let found = try #require(ARCCanvas.placement(in: placed.question), "trial \(trial)")
        #expect(found.grid == cropped, "trial \(trial)")
        let answer = try #require(ARCCanvas.placement(in: placed.answer))
        #expect((answer.row, answer.column) == (found.row, found.column))
        #expect(answer.grid == grid)
      }
    }
    #expect(moved > 0)
  }
}
