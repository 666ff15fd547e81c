import ArgumentParser
import Gym
import Runner

/// How much an agent may think about each puzzle, and how often.
struct SolvingOptions: ParsableArguments {
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

  /// The options of a solver.
  func options(segments: Int?, keepsThoughts: Bool = false) throws -> SolveOptions {
    if let segments, let minSegments, minSegments > segments {
      throw ValidationError("--min-segments is \(minSegments), of \(segments) segments in all.")
    }
    return SolveOptions(
      segments: segments, halts: halt, minimumSegments: minSegments ?? 1,
      keepsThoughts: keepsThoughts)
  }
}
