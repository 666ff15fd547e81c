import Gym

extension LightsOut {
  public var rules: String {
    "The question shows lights that are on or off. A press of a light turns it and the lights "
      + "directly above, below, left and right of it from on to off or from off to on. The answer "
      + "says for each light whether it is pressed, so that after all presses every light is off."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry(".", "in the question, a light that is off"),
      LegendEntry("*", "in the question, a light that is on"),
      LegendEntry("-", "in the answer, a light that is not pressed"),
      LegendEntry("x", "in the answer, a light that is pressed"),
    ]
  }
}
