import Gym
import GymReports

/// The files that all sites share: real files, whose bytes are part of the executable.
enum Assets {
  /// The style sheet.
  static let style =
    Styles.page + text(PackageResources.layout_css) + text(PackageResources.tables_css)
    + Styles.figures + Styles.charts
    + text(PackageResources.puzzles_css).replacing(
      "/* colors of roles */", with: Drawing.Role.colorRules(prefix: ".drawing "))

  /// The script that decodes and draws pictures, the counterpart of `EncodedDrawing`, and the one
  /// of the puzzle browser.
  static let puzzleScript =
    text(PackageResources.drawing_js).replacing("/* roles without text */", with: silentRoles)
    + text(PackageResources.browsing_js)

  /// The script that compares any two entries; its data are `PairSection.data`.
  static let pairScript = text(PackageResources.pairs_js)

  /// The script that sorts, searches and filters the ranking. Without it all rows are shown.
  static let rankingScript = text(PackageResources.ranking_js)

  /// The script that puts a button for copying below every command.
  static let copyingScript = text(PackageResources.copying_js)

  /// The contents of the puzzle browser's page; the script fills it.
  static let browser = HTML(trusted: text(PackageResources.browser_html))

  /// The roles of cells that show no text, as script literals.
  private static let silentRoles = Drawing.Role.all.filter { !$0.showsText }
    .map(\.className.scriptLiteral).joined(separator: ",")

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
