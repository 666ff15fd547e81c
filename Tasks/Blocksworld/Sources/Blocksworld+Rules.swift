import Gym

extension Blocksworld {
  public var rules: String {
    "The upper \(blocks) rows show stacks of blocks as they are (left \(blocks) columns) and as "
      + "they shall become (right \(blocks) columns); the order of the stacks does not matter. Only "
      + "a block with nothing on it can be moved, onto the table or onto another block with nothing "
      + "on it. The answer is a plan in the last two rows, a move in each column from the left: the "
      + "block above, and below it the block to put it on, or = for the table. Columns that are "
      + "left over hold - twice; the cells above the plan do not matter."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry(".", "air, no block"),
      LegendEntry("*", "in the question, a cell for a part of the plan"),
      LegendEntry("-", "in the answer, no further move"),
      LegendEntry("=", "in the answer, the table"),
      LegendEntry(String("ABCDEFGH".prefix(blocks)), "a block"),
      .places("pictures in rows 1 to \(blocks), the plan in rows \(blocks + 1) and \(blocks + 2)"),
    ]
  }
}
