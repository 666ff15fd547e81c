import GymReports
import Leaderboard

/// The costs of an entry in readable form; a dash if unknown.
struct UsageText: Sendable {
  let parameters, flops, seconds, provenance: String
  /// The training costs, if any are known.
  let training: String?

  /// - Parameter puzzles: the number of puzzles that the usage report covers.
  init(_ usage: UsageReport, puzzles: Int) {
    let count = Double(max(1, puzzles))
    parameters = usage.parameters.map { Figures.scaled(Double($0)) } ?? "–"
    flops = usage.flops.map { Figures.scaled($0 / count) } ?? "–"
    seconds = usage.seconds.map { Figures.seconds($0 / count) } ?? "–"
    provenance = usage.provenance.rawValue
    let parts = [
      usage.trainingFlops.map { Figures.scaled($0, "FLOP") },
      usage.trainingSeconds.map(Figures.seconds),
    ].compactMap { $0 }
    training = parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Whether nothing is known.
  var isEmpty: Bool { parameters == "–" && flops == "–" && seconds == "–" }

  /// The costs in one line, for screens without space for their columns.
  var brief: HTML {
    guard !isEmpty else { return "" }
    let parts = [
      parameters == "–" ? nil : "\(parameters) parameters",
      flops == "–" ? nil : "\(flops)\(flops == "0" ? "\u{A0}" : "")FLOP",
      seconds == "–" ? nil : seconds,
    ].compactMap { $0 }
    return "<small class=\"brief\">\(parts.joined(separator: " · ")) (\(provenance))</small>"
  }
}
