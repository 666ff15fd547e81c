import GymReports
import Runner

extension ProbeReport {
  /// The report as readable tables and sentences.
  func text(title: String, width: Int) -> String {
    var table = TextTable(
      ("segment", .right), ("cells right", .right), ("solved", .right), ("residuals", .left))
    for step in segments {
      let residuals = states.compactMap { state in
        residual(of: state.name, in: step.segment).map {
          "\(state.name) \(Figures.fixed(2, of: $0))"
        }
      }
      table.add(
        "\(step.segment)", step.score.cellAccuracy.percent, step.score.exactAccuracy.percent,
        residuals.joined(separator: ", "))
    }
    var spread = TextTable(("state", .left), ("width", .right), ("participation ratio", .right))
    for state in states {
      spread.add(
        state.name, "\(state.width)", state.participation.map { Figures.fixed(2, of: $0) } ?? "–")
    }
    return """
      \(title)

      \(table.text(width: width))
      \(spread.text(width: width))
      One blank. \(oneBlank.sentence)
      Halting. \(haltingSentence)
      Perturbed starts. \(fixedPoints?.sentence ?? FixedPoints.nothing)

      """
  }
}
