import ARC
import Gym
import GymTestSupport
import Testing

@Suite struct CanvasTests {
  @Test("The end-of-grid marks lie below and to the right of the grid")
  func borderStandsBelowAndRight() throws {
    let tokens = ARCCanvas.full.encode(try ARCGrid([[0, 9], [5, 1]]), row: 3, column: 4)
    var expected = [UInt8](repeating: 0, count: 900)
    for (row, column, token) in [
      (3, 4, 2), (3, 5, 11), (3, 6, 1), (4, 4, 7), (4, 5, 3), (4, 6, 1), (5, 4, 1), (5, 5, 1),
    ] { expected[row * 30 + column] = UInt8(token) }
    #expect(tokens == expected)
  }

  @Test("A grid that fills the canvas has no end-of-grid marks")
  func fullGridHasNoBorder() throws {
    var random = RandomStream(seed: 1, "canvas")
    let grid = try randomGrid(30...30, using: &random)
    let tokens = ARCCanvas.full.encode(grid)
    #expect(!tokens.contains(1) && !tokens.contains(0))
    #expect(ARCCanvas.crop(tokens) == grid)
  }

  @Test("A grid that is placed on a canvas is read back unchanged")
  func canvasesAreReadBack() throws {
    var random = RandomStream(seed: 2, "canvas")
    for trial in 0..<500 {
      let canvas = ARCCanvas(side: random.integer(in: ARCCanvas.sides))
      let grid = try randomGrid(1...canvas.side, using: &random)
      let row = random.below(canvas.side + 1 - grid.rows)
      let column = random.below(canvas.side + 1 - grid.columns)
      let tokens = canvas.encode(grid, row: row, column: column)
      let placement = try #require(ARCCanvas.placement(in: tokens), "trial \(trial)")
      #expect(placement.grid == grid && placement.row == row && placement.column == column)
      #expect(ARCCanvas.crop(tokens, row: row, column: column) == grid)
      #expect(ARCCanvas.grid(in: tokens) == grid)

      // Tokens beyond grid and border are ignored by the crop, but not by the whole.
      var noisy = tokens
      for cell in noisy.indices where noisy[cell] == 0 { noisy[cell] = UInt8(random.below(12)) }
      #expect(ARCCanvas.crop(noisy, row: row, column: column) == grid, "trial \(trial)")
      #expect((ARCCanvas.placement(in: noisy) == nil) == (noisy != tokens))
    }
  }

  /// The released crop, word for word: grow row by row, keep the largest area.
  @Test("Cropping agrees with the released code on random canvases")
  func cropIsTheReleasedOne() throws {
    var random = RandomStream(seed: 3, "canvas")
    for trial in 0..<500 {
      let tokens = (0..<900).map { _ in
        UInt8(random.below(24) == 0 ? random.below(256) : 2 + random.below(10))
      }
      var (best, size, width) = (0, (0, 0), 30)
      for rows in 1...30 {
        for column in 1...30 where column <= width {
          let token = tokens[(rows - 1) * 30 + column - 1]
          if token < 2 || token > 11 {
            width = column - 1
            break
          }
        }
        if rows * width > best { (best, size) = (rows * width, (rows, width)) }
      }
      let crop = ARCCanvas.crop(tokens)
      #expect(crop?.rows ?? 0 == size.0 && crop?.columns ?? 0 == size.1, "trial \(trial)")
    }
  }

  @Test("A canvas without a valid grid gives no grid")
  func garbageIsNoGrid() {
    for tokens in [
      [], [2], [UInt8](repeating: 0, count: 900), [UInt8](repeating: 1, count: 900),
      [UInt8](repeating: 255, count: 900), [UInt8](repeating: 2, count: 901),
    ] {
      #expect(ARCCanvas.crop(tokens) == nil)
      #expect(ARCCanvas.placement(in: tokens) == nil)
    }
    #expect(ARCCanvas.crop([UInt8](repeating: 2, count: 900), row: -1, column: 30) == nil)
  }

  @Test("A task with a grid larger than the canvas is refused, or left out if told so")
  func largerGridsAreRefused() throws {
    try withTemporaryFolder { folder in
      let wide = "[[" + [String](repeating: "2", count: 13).joined(separator: ",") + "]]"
      for (name, grid) in [("small", "[[1]]"), ("wide", wide)] {
        try write(
          """
          {"train": [{"input": [[3]], "output": \(grid)}], "test": [{"input": [[4]]}]}
          """, to: folder.appendingPathComponent("\(name).json"))
      }
      let arc = try makeARC(["canvas": "12", "max-size": "10"])
      func names(_ log: ReadingLog) throws -> [String?] {
        var source = PuzzleSource(folder)
        source.log = log
        var names: [String?] = []
        try arc.readPuzzles(from: source) { names.append($0.name) }
        return names
      }
      let log = ReadingLog(skipsInvalid: true)
      #expect(try names(log) == ["small"])
      #expect(log.leftOut.count == 1 && log.leftOut[0].contains("wide.json"), "\(log.leftOut)")
      let error = "\(try #require(throws: GymError.self) { try names(ReadingLog()) })"
      #expect(error.contains("wide.json, task wide: a grid of 1×13 is larger"), "\(error)")
      #expect(error.contains("Set canvas to 13 or more"), "\(error)")
    }
  }

  @Test("Generated grids must fit on the canvas")
  func generatedGridsFit() throws {
    let error = #expect(throws: GymError.self) { try makeARC(["canvas": "12"]) }
    #expect("\(try #require(error))".contains("max-size is 15, and the canvas has 12 rows"))
  }
}
