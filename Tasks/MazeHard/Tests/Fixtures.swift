import Foundation
import Gym
import MazeHard

/// The task with settings as text.
func maze(_ values: [String: String] = [:]) throws -> MazeHard {
  var settings = Settings(MazeHard.settings)
  for (name, text) in values { try settings.set(name, to: text) }
  return try MazeHard(settings: settings)
}

/// The statistic of Pearson's two-sample test over bins, divided by its degrees of freedom and
/// expressed in standard deviations above what equal distributions give (Wilson and Hilferty).
func chiSquareDeviation<Bin: Hashable>(_ first: [Bin], _ second: [Bin]) -> Double {
  var counts: [Bin: (Double, Double)] = [:]
  for bin in first { counts[bin, default: (0, 0)].0 += 1 }
  for bin in second { counts[bin, default: (0, 0)].1 += 1 }
  // Rare bins are pooled, so that the approximation holds.
  var pooled: [(Double, Double)] = []
  var rare = (0.0, 0.0)
  for (a, b) in counts.values {
    if a + b >= 20 { pooled.append((a, b)) } else { rare = (rare.0 + a, rare.1 + b) }
  }
  if rare.0 + rare.1 >= 20 { pooled.append(rare) }
  let (n, m) = (Double(first.count), Double(second.count))
  let statistic = pooled.reduce(0) { sum, pair in
    let difference = (m / n).squareRoot() * pair.0 - (n / m).squareRoot() * pair.1
    return sum + difference * difference / (pair.0 + pair.1)
  }
  let freedom = Double(max(pooled.count - 1, 1))
  let spread = 2 / (9 * freedom)
  return (cbrt(statistic / freedom) - (1 - spread)) / spread.squareRoot()
}

/// The probability of at least this deviation if the distributions are equal: the upper tail of
/// the normal distribution.
func chance(ofDeviation deviation: Double) -> Double { erfc(deviation / 2.squareRoot()) / 2 }
