import Gym
import Testing

@Suite struct LegendTests {
  @Test(
    "A legend shows consecutive symbols as a range",
    arguments: [
      ("123456789", "1-9 is a digit"), ("12", "1 2 is a digit"),
      ("ab0123x", "a b 0-3 x is a digit"),
      ("#", "# is a digit"), ("", "a digit"),
    ]) func isShownInRuns(_ symbols: String, _ shown: String)
  {
    #expect("\(LegendEntry(symbols, "a digit"))" == shown)
  }
}
