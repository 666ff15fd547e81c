import Gym
import GymRandomness

/// The same toy with only the members that the protocol requires.
struct PlainRows: Task, FormattedTask {
  static let id = PluginID("plain-rows", version: 1)
  static let summary = EvenRows.summary
  static let settings: [Setting] = []
  static let formats = [SourceFormat.csv, .lines, .jsonLines, .textGrid]

  let settings: Settings
  let rows: EvenRows
  var vocabulary: Vocabulary { rows.vocabulary }
  var grid: GridShape { rows.grid }
  var rules: String { rows.rules }
  var legend: [LegendEntry] { rows.legend }

  init(settings: Settings) throws {
    self.settings = settings
    rows = try EvenRows(settings: Settings(EvenRows.settings))
  }

  /// The defaults for a toy with other settings.
  init(of rows: EvenRows) {
    settings = Settings(Self.settings)
    self.rows = rows
  }

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    try rows.generate(request, using: &random)
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    rows.verify(answer, for: example)
  }
}
