import Gym

extension NQueens {
  public var rules: String {
    "Place queens on a board of \(size) rows and \(size) columns that already holds some. In the "
      + "answer there are \(size) queens, the given ones where they stand, and no two of them are "
      + "in the same row, column or diagonal; every other cell is empty."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry(".", "in the question, a cell that is to be decided"),
      LegendEntry("-", "in the answer, an empty cell"), LegendEntry("Q", "a queen"),
    ]
  }
}
