import Gym

extension MazeHard {
  public var rules: String {
    "The question is a maze. Walk from S to G in steps up, down, left or right, never onto a wall, "
      + "by a path with as few steps as possible. The answer is the maze with every space on that "
      + "path replaced by o, and everything else as it was."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry("#", "a wall"), LegendEntry(" ", "a free space"), LegendEntry("S", "the start"),
      LegendEntry("G", "the goal"), LegendEntry("o", "in the answer, a space on the path"),
    ]
  }
}
