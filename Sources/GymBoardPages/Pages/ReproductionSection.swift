import Foundation
import GymBoards
import GymReports

/// The command that repeats an entry and the data that it needs.
struct ReproductionSection: Sendable {
  let participant: Participant
  let benchmark: Benchmark

  var html: HTML {
    let folder: HTML =
      participant.command?.contains("DATA") == true ? "; put its folder in place of DATA" : ""
    let data: HTML = """
      <p class="hint">The puzzles are those of the dataset with the hash \
      <code>\(benchmark.dataHash)</code>\(folder).</p>

      """
    guard let command = participant.command else {
      return "<p>Its submitter gave no command.</p>\n" + data
    }
    // Options are not broken at their hyphens.
    let words = command.replacing(" && ", with: "\n").components(separatedBy: " ")
    let lines = words.map { word -> HTML in
      word.hasPrefix("-") ? "<span>\(word)</span>" : "\(word)"
    }.joined(" ")
    return "<pre class=\"command\" tabindex=\"0\">\(lines)</pre>\n" + data
  }
}

/// The cost of the best agent's training in plain words, and the command that trains it again.
struct ReproductionOfBest: Sendable {
  let ranking: Ranking
  let best: Contender

  private var members: [Participant] {
    best.members.map { ranking.standings[$0].entry.participant }
  }

  /// The cost of a training run in a few words, such as "300 trillion operations in 25 min"; nil
  /// if it is not known.
  var cost: String? {
    let times = members.compactMap(\.usage.trainingSeconds)
    let parts = [
      best.trainingFlops.map { Figures.worded($0) + " operations" },
      times.isEmpty ? nil : Figures.seconds(times.reduce(0, +) / Double(times.count)),
    ].compactMap { $0 }
    return parts.isEmpty || best.trainingFlops == 0 ? nil : parts.joined(separator: " in ")
  }

  /// The cost in a sentence; empty if it is not known.
  var sentence: HTML {
    guard let cost else { return "" }
    // A description begins with an article, which is written small within a sentence.
    let name = members.compactMap(\.machine).first ?? ""
    let inSentence = name.hasPrefix("A ") ? "a " + String(name.dropFirst(2)) : name
    let machine = name.isEmpty ? "" : " on \(inSentence)"
    let isMeasured = members.allSatisfy { $0.usage.provenance == .measured }
    return """
      <p class="price">\(best.seeds == 1 ? "Training took" : "Each training run took") \
      <strong>\(cost)</strong>\(machine), \
      \(isMeasured ? "measured by the gym’s own runner" : "as its submitter claims").</p>

      """
  }

  /// The command, folded away. A link to `#reproduce` opens it.
  var command: HTML {
    let known = members.first { $0.command != nil }
    let participant = known ?? members[0]
    let which: HTML =
      known == nil || best.seeds == 1
      ? ""
      : "<p>The run with seed \(participant.seed.map(String.init) ?? "–"); the others differ only in their seeds.</p>\n"
    return """
      <details class="reproduce"><summary>How to reproduce it</summary>
      <div id="reproduce">\(which)\
      \(ReproductionSection(participant: participant, benchmark: ranking.benchmark).html)</div>\
      </details>

      """
  }
}
