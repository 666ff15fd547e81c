import ArgumentParser
import Gym

/// How long an agent may think about each puzzle, and how often.
struct SolvingOptions: ParsableArguments {
  /// The maximum number of chains per puzzle.
  static let maximumChains = 10_000

  @Flag(help: "Let the agent stop a puzzle as soon as it thinks that it is done.")
  var halt = false

  @Option(help: ArgumentHelp("The fewest segments before it may stop.", valueName: "M"))
  var minSegments: Int?

  @Flag(help: "Let an answer that keeps the rules win over all votes.")
  var votesVerify = false

  func validate() throws {
    try check("--min-segments", minSegments, in: 1...100_000)
    if minSegments != nil, !halt {
      throw ValidationError("--min-segments is for --halt: pass both.")
    }
  }

  /// Makes sure that there are votes for the rules to choose among.
  ///
  /// - Parameter remedy: the options that give votes.
  func checkVotes(_ areVotes: Bool, remedy: String) throws {
    guard votesVerify, !areVotes else { return }
    throw ValidationError("--votes-verify chooses among votes: pass \(remedy).")
  }

  /// The options of a solver.
  func options(
    segments: Int?, keepsThoughts: Bool = false, chains: Int = 1, noise: NoiseOptions? = nil
  ) throws -> SolveOptions {
    let noise = try noise?.deviation(chains: chains) ?? 0
    if let segments, let minSegments, minSegments > segments {
      throw ValidationError(
        "--min-segments is \(minSegments), of \(segments.counted("segment")) in all.")
    }
    return SolveOptions(
      segments: segments, halts: halt, minimumSegments: minSegments ?? 1,
      keepsThoughts: keepsThoughts, chains: chains, noise: noise)
  }
}

/// The noise that tells several chains of thought about a puzzle apart.
struct NoiseOptions: ParsableArguments {
  /// The default; no model has been good enough yet to choose it by.
  private static let usual = 0.3

  @Option(
    help: ArgumentHelp(
      "Standard deviation of the noise that tells chains apart (see --chains).", valueName: "σ"))
  var noise: Double?

  func validate() throws {
    if let noise, !(0...100).contains(noise) {
      throw ValidationError("--noise is \(noise); expected a number in 0...100.")
    }
  }

  /// The standard deviation for a number of chains; 0 for one.
  func deviation(chains: Int) throws -> Double {
    if noise != nil, chains == 1 {
      throw ValidationError("--noise is for several chains: pass --chains too.")
    }
    if noise == 0 {
      throw ValidationError(
        "--noise is 0, which makes all \(chains) chains equal; expected more, or one chain.")
    }
    return chains > 1 ? noise ?? Self.usual : 0
  }
}
