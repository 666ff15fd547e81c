import GymTraining
import Testing

@Suite struct SentenceTests {
  @Test("Budgets are told in the singular where there is one")
  func budgets() {
    #expect("\(Budget.steps(1))" == "1 step" && "\(Budget.steps(20))" == "20 steps")
    #expect("\(Budget.epochs(1))" == "1 epoch" && "\(Budget.epochs(2))" == "2 epochs")
    #expect("\(Budget.minutes(1))" == "1 minute" && "\(Budget.minutes(0.5))" == "0.5 minutes")
    #expect("\(Budget.minutes(600))" == "600 minutes")
    #expect("\(Budget.flops(2.5e14))" == "2.5e14 floating-point operations")
    #expect("\(Budget.flops(5e6))" == "5e6 floating-point operations")
  }

  @Test("Perturbed starts are told with what tells them apart, if anything does")
  func starts() {
    func sentence(starts: Int, noise: Double) -> String {
      var points = FixedPoints(starts: starts, noise: noise)
      points.add(Array(repeating: [1, 2], count: starts)) { _ in true }
      return points.sentence
    }
    #expect(sentence(starts: 1, noise: 1).hasPrefix("From 1 start with noise of scale 1,"))
    #expect(sentence(starts: 8, noise: 1).hasPrefix("From 8 starts with noise of scale 1,"))
    #expect(sentence(starts: 8, noise: 0).contains("starts without noise, which are all equal,"))
    #expect(sentence(starts: 8, noise: 1).contains("1 distinct answer on average"))
  }
}
