extension Drawing.Role {
  /// Every role once; ARC's ten colors last.
  package static let all: [Drawing.Role] =
    [.given, .answer, .wrong, .changed, .blank, .wall, .path, .start, .goal, .outside]
    + arcColors.indices.map { .color($0) }

  /// The ten colors in which ARC's own web pages show its numbers.
  package static let arcColors = [
    "#000000", "#0074d9", "#ff4136", "#2ecc40", "#ffdc00",
    "#aaaaaa", "#f012be", "#ff851b", "#7fdbff", "#870c25",
  ]

  /// The role's index in `all`; a color that ARC lacks counts as the nearest.
  package var number: Int {
    switch self {
    case .given: 0
    case .answer: 1
    case .wrong: 2
    case .changed: 3
    case .blank: 4
    case .wall: 5
    case .path: 6
    case .start: 7
    case .goal: 8
    case .outside: 9
    case .color(let color): 10 + min(9, max(0, color))
    }
  }

  /// The class of the role's cells in style sheets: its name, or "c3" for ARC's color 3.
  package var className: String { Self.classNames[number] }

  private static let classNames = all.map { role in
    if case .color(let color) = role { "c\(color)" } else { "\(role)" }
  }

  /// Whether a cell's text says more than its color.
  package var showsText: Bool {
    switch self {
    case .wall, .outside, .color: false
    default: true
    }
  }

  /// Style rules that give ARC's cells their colors.
  ///
  /// - Parameter prefix: a selector to put before each rule's `rect`, such as ".drawing ".
  package static func colorRules(prefix: String = "") -> String {
    arcColors.enumerated().map { "\(prefix)rect.c\($0) { fill: \($1); }" }.joined(separator: "\n")
  }
}
