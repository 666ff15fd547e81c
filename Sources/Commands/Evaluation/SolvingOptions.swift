import ArgumentParser
import Gym
import Runner

/// How long an agent may think about each puzzle, and how often.
struct SolvingOptions: ParsableArguments {
  /// The default noise for several chains; no model has been good enough yet to choose it by.
  private static let noise = 0.3
  /// The maximum number of chains per puzzle.
  static let maximumChains = 10_000

  @Flag(help: "Let the agent stop a puzzle as soon as it thinks that it is done.")
  var halt = false

  @Option(help: ArgumentHelp("The fewest segments before it may stop.", valueName: "M"))
  var minSegments: Int?

  @Flag(help: "Let an answer that keeps the rules win over all votes.")
  var votesVerify = false

  @Option(
    help: ArgumentHelp(
      "Standard deviation of the noise that tells chains apart (see --chains).", valueName: "σ"))
  var noise: Double?

  func validate() throws {
    if let noise, !(0...100).contains(noise) {
      throw ValidationError("--noise is \(noise); expected a number in 0...100.")
    }
    try check("--min-segments", minSegments, in: 1...100_000)
    if minSegments != nil, !halt {
      throw ValidationError("--min-segments is for --halt: pass both.")
    }
  }

  /// The options of a solver.
  func options(
    segments: Int?, keepsThoughts: Bool = false, chains: Int = 1
  ) throws -> SolveOptions {
    if noise != nil, chains == 1 {
      throw ValidationError("--noise is for several chains: pass --chains too.")
    }
    if let segments, let minSegments, minSegments > segments {
      throw ValidationError("--min-segments is \(minSegments), of \(segments) segments in all.")
    }
    return SolveOptions(
      segments: segments, halts: halt, minimumSegments: minSegments ?? 1,
      keepsThoughts: keepsThoughts, chains: chains, noise: chains > 1 ? noise ?? Self.noise : 0)
  }
}
