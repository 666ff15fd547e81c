import Gym

extension ARC {
  public var rules: String {
    "A few pairs of coloured grids are shown, each a question and its answer; one rule leads from "
      + "the question to the answer in all of them. Find it and apply it to the last question. "
      + "An answer may have another size than its question; it is right if its size and every cell "
      + "are right."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry("|", "the end of a grid, below and to the right of it"),
      LegendEntry("0123456789", "a colour: 0 is the background in most tasks"),
      .places("a grid of at most 30×30 cells stands in the canvas; . around it is no cell"),
    ]
  }
}
