import Leaderboard

/// What an entry cost, as it is shown; a dash if it is not known.
struct LedgerText: Sendable {
  let parameters, flops, seconds, provenance: String
  /// Training, if anything of it is known.
  let training: String?

  /// - Parameter puzzles: the number of puzzles that the ledger is over.
  init(_ ledger: EntryLedger, puzzles: Int) {
    let count = Double(max(1, puzzles))
    parameters = ledger.parameters.map { Figures.scaled(Double($0)) } ?? "–"
    flops = ledger.flops.map { Figures.scaled($0 / count) } ?? "–"
    seconds = ledger.seconds.map { Figures.seconds($0 / count) } ?? "–"
    provenance = ledger.provenance.rawValue
    let parts = [
      ledger.trainingFlops.map { Figures.scaled($0) + "FLOP" },
      ledger.trainingSeconds.map(Figures.seconds),
    ].compactMap { $0 }
    training = parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Whether nothing is known.
  var isEmpty: Bool { parameters == "–" && flops == "–" && seconds == "–" }
}
