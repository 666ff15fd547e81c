/// A generated puzzle, a value a cell.
struct RatedPuzzle {
  let clues: [UInt8]
  let answer: [UInt8]
  let rating: Double
}
