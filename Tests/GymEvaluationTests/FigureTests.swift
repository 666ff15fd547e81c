import GymEvaluation
import Testing

/// Every figure agrees with scipy and statsmodels to a relative 1e-9.
@Suite struct FigureTests {
  private let figures: Figures

  init() throws {
    figures = try Figures()
  }

  @Test("Wilson intervals agree with the recorded figures")
  func wilsonIntervals() throws {
    for item in try figures.cases("wilson") {
      let interval = try Proportion(item.integer("solved"), of: item.integer("count"))
        .interval(confidence: item.number("confidence"))
      #expect(try agree(interval.lowerBound, item.number("low")), "\(item): \(interval)")
      #expect(try agree(interval.upperBound, item.number("high")), "\(item): \(interval)")
    }
  }

  @Test("McNemar's test agrees with the recorded figures")
  func mcNemarTests() throws {
    for item in try figures.cases("mcnemar") {
      let test = McNemarTest(wins: try item.integer("wins"), losses: try item.integer("losses"))
      // A subnormal double does not have nine digits.
      if try item.number("p") > 1e-300 || item.number("p") == 0 {
        #expect(try agree(test.pValue, item.number("p")), "\(item): \(test.pValue)")
      }
      // Near p = 1 the logarithm is accurate to the last place of that 1.
      let logP = try item.number("logP")
      #expect(agree(test.logPValue, logP) || abs(test.logPValue - logP) < 1e-14, "\(item)")
    }
  }

  @Test("Holm's correction agrees with the recorded figures")
  func holmCorrections() throws {
    for item in try figures.cases("holm") {
      let expected = try item.numbers("adjusted")
      let found = HolmCorrection.adjusted(try item.numbers("p"))
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) { #expect(agree(a, b), "\(a) for \(b)") }
    }
  }

  @Test("Means and intervals of samples agree with the recorded figures")
  func samples() throws {
    for item in try figures.cases("samples") {
      let sample = Sample(try item.numbers("values"))
      let interval = try #require(sample.interval(confidence: item.number("confidence")))
      let deviation = try #require(sample.standardDeviation)
      #expect(try agree(sample.mean, item.number("mean")), "\(item)")
      #expect(try agree(deviation, item.number("deviation")), "\(item): \(deviation)")
      let (mean, half) = try (item.number("mean"), item.number("half"))
      #expect(agree(interval.lowerBound, mean - half), "\(item): \(interval)")
      #expect(agree(interval.upperBound, mean + half), "\(item): \(interval)")
    }
  }

  @Test("Quantiles agree with the recorded figures")
  func quantiles() throws {
    for item in try figures.cases("quantiles") {
      let p = try item.number("p")
      let normal = NormalDistribution.quantile(p)
      // The median's 0 is accurate to the last place of 1.
      #expect(try agree(normal + 1e3, item.number("normal") + 1e3, within: 1e-15), "\(item)")
      if p != 0.5 { #expect(try agree(normal, item.number("normal")), "\(item): \(normal)") }
      for (degrees, expected) in try #require(item.json["t"]?.object) {
        let student = StudentDistribution(degreesOfFreedom: try #require(Int(degrees)))
        let (found, expected) = (student.quantile(p), try #require(expected.number))
        #expect(agree(found, expected) || p == 0.5 && abs(found) < 1e-9, "\(item): \(found)")
        #expect(agree(student.cumulative(found), p, within: 1e-9), "\(degrees) at \(p)")
      }
    }
  }
}
