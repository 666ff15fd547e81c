import GymReports

/// A ranking as a table for a README or a paper: a row per agent, seeds folded, with intervals.
///
/// Agents that were given the rules or only count come last, marked as references.
public struct PaperTable: Sendable, Hashable {
  /// One agent.
  struct Row: Sendable, Hashable {
    let agent: String
    let kind: Participant.Kind
    let seeds: Int
    /// Mean share and its interval.
    let share: Double
    let interval: ClosedRange<Double>
    let parameters: Int?
    /// Floating-point operations per puzzle, and those of training.
    let flops, training: Double?
  }

  /// The benchmark's name, and the sentence that belongs below the table.
  let name, note: String
  let rows: [Row]

  /// The table of a ranking.
  public init(_ ranking: Ranking) {
    let benchmark = ranking.benchmark
    name = benchmark.name
    note =
      "Share of the \(benchmark.count) puzzles of \(benchmark.name) (\(benchmark.task)) that were "
      + "solved completely, mean over seeds, with 95 % intervals over puzzles and, if there are "
      + "several, seeds. References were given the rules, or only count or guess."
    let rows = ranking.contenders.map { contender -> Row in
      let usages = contender.members.map { ranking.standings[$0].entry.participant.usage }
      func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      }
      return Row(
        agent: contender.agent, kind: contender.kind, seeds: contender.seeds,
        share: contender.accuracy.mean, interval: contender.interval,
        parameters: usages.compactMap(\.parameters).max(),
        flops: mean(usages.compactMap(\.flops)).map { $0 / Double(benchmark.count) },
        training: contender.trainingFlops)
    }
    self.rows = rows.filter { !$0.kind.isReference } + rows.filter(\.kind.isReference)
  }
}

extension PaperTable {
  /// A Markdown table with intervals, in which external texts are never markup.
  public var markdown: String {
    let head = [
      "agent", "seeds", "solved", "95 % interval", "parameters", "FLOPs per puzzle",
      "FLOPs of training",
    ]
    let sides = ["---", "--:", "--:", ":-:", "--:", "--:", "--:"]
    let lines = [head, sides] + rows.map(markdownCells)
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
      + "\n" + note + "\n"
  }

  private func markdownCells(_ row: Row) -> [String] {
    let mark = row.kind.isReference ? " (reference)" : ""
    return [
      Self.escapedForMarkdown(row.agent) + mark, "\(row.seeds)",
      Figures.hundredths(row.share) + " %",
      Figures.hundredths(row.interval.lowerBound) + " to "
        + Figures.hundredths(row.interval.upperBound) + " %",
      Self.scaled(row.parameters.map(Double.init)), Self.scaled(row.flops),
      Self.scaled(row.training),
    ]
  }

  /// Replaces every character that may start markup, an address or a mention by its number.
  static func escapedForMarkdown(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isSafe =
        scalar.value > 127 || scalar == " " || scalar.properties.isAlphabetic
        || scalar.properties.numericType != nil || scalar == "-" && text.first != "-"
        || scalar == ","
      return isSafe ? String(scalar) : "&#\(scalar.value);"
    }.joined()
  }

  /// A LaTeX table for the package booktabs, in which external texts are never commands.
  public var latex: String {
    let learners = rows.filter { !$0.kind.isReference }
    let references = rows.filter(\.kind.isReference)
    let rule = learners.isEmpty || references.isEmpty ? "" : "\\midrule\n"
    return """
      % \\usepackage{booktabs}
      \\begin{table}
      \\centering
      \\begin{tabular}{lrrcrrr}
      \\toprule
      Agent & Seeds & Solved (\\%) & 95\\,\\% interval & Parameters & FLOPs/puzzle & Training FLOPs \\\\
      \\midrule
      \(learners.map(latexRow).joined())\(rule)\(references.map(latexRow).joined())\\bottomrule
      \\end{tabular}
      \\caption{\(Self.escapedForLaTeX(note))}
      \\label{tab:\(name)}
      \\end{table}

      """
  }

  private func latexRow(_ row: Row) -> String {
    let mark = row.kind.isReference ? " (reference)" : ""
    let (low, high) = (row.interval.lowerBound, row.interval.upperBound)
    let cells = [
      Self.escapedForLaTeX(row.agent) + mark, "\(row.seeds)", Figures.hundredths(row.share),
      "\(Figures.hundredths(low))--\(Figures.hundredths(high))",
      Self.spaced(Self.scaled(row.parameters.map(Double.init))),
      Self.spaced(Self.scaled(row.flops)),
      Self.spaced(Self.scaled(row.training)),
    ]
    return cells.joined(separator: " & ") + " \\\\\n"
  }

  private static func spaced(_ text: String) -> String { text.replacing(" ", with: "\\,") }

  /// A text whose special characters are LaTeX's names for them.
  static func escapedForLaTeX(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\textbackslash{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "<": "\\textless{}"
      case ">": "\\textgreater{}"
      case "|": "\\textbar{}"
      case "\"": "\\textquotedbl{}"
      case "`": "\\textasciigrave{}"
      case "'": "\\textquotesingle{}"
      case "&", "%", "$", "#", "_", "{", "}": "\\\(scalar)"
      default: String(scalar)
      }
    }.joined()
  }

  /// A large number with a prefix, such as 1.25 G; empty for 0 and for unknown ones.
  private static func scaled(_ value: Double?) -> String {
    value.flatMap { $0 > 0 && $0.isFinite ? $0.compact : nil } ?? ""
  }
}
