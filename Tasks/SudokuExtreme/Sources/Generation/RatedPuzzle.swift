/// A generated puzzle, one value per cell.
struct RatedPuzzle {
  let clues: [UInt8]
  let answer: [UInt8]
  let rating: Double
}
