import Gym
import GymReports

/// The words of pages about a task: its rules, and the meanings of its symbols.
struct TaskWords: Sendable {
  /// The rules in a sentence or two.
  let rules: String
  /// The meanings of symbols and places; empty if the task explains none.
  let legend: [LegendEntry]

  /// The words of a task.
  init(_ task: any Task) {
    (rules, legend) = (task.rules, task.legend)
  }

  /// The legend as a list; nothing if there is none.
  var legendList: HTML {
    guard !legend.isEmpty else { return "" }
    let items = legend.map { entry -> HTML in
      let symbols = entry.symbols.isEmpty ? "Places" : entry.shownSymbols
      return "<div><dt>\(symbols)</dt><dd>\(entry.meaning)</dd></div>\n"
    }
    return "<dl class=\"symbols\" aria-label=\"Symbols\">\(items.joined())</dl>\n"
  }
}
