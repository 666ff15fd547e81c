import ARC
import Gym
import GymTesting
import Testing

@Test("ARC passes the conformance suite with every kind of settings")
func conforms() {
  let report = Conformance.check(
    ARC.self,
    variants: [
      [:], ["concept": "Copy", "max-size": "30"],
      ["family": "sort-bars", "max-size": "10", "distractors": "0", "colours": "4"],
      ["canvas": "12", "max-size": "11"], ["canvas": "10", "max-size": "10"],
    ])
  #expect(report.isEmpty, "\(report)")
}
