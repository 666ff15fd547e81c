import Gym

/// The words of pages about a task: its rules, and the meanings of its symbols.
struct TaskWords: Sendable {
  /// One symbol of the drawings and its meaning.
  struct Symbol: Sendable, Hashable {
    let text, meaning: String
  }

  /// The rules in a sentence.
  let rules: String
  /// The symbols that need words; empty if the drawings explain themselves.
  let legend: [Symbol]

  /// The words of a task. Tasks say their rules in a line; those that name their symbols get a
  /// legend here.
  init(_ task: any Task) {
    let summary = task.summary
    rules =
      (summary.first?.uppercased() ?? "") + summary.dropFirst()
      + (summary.hasSuffix(".") ? "" : ".")
    legend = []
  }

  /// The legend as a list; nothing if there is none.
  var legendList: HTML {
    guard !legend.isEmpty else { return "" }
    let items = legend.map { symbol -> HTML in
      "<div><dt>\(symbol.text)</dt><dd>\(symbol.meaning)</dd></div>\n"
    }
    return "<dl class=\"symbols\" aria-label=\"Symbols\">\(items.joined())</dl>\n"
  }
}
