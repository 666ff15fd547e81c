import GymBoards
import GymReports

/// Accuracy against a cost on a logarithmic axis, with the Pareto front.
struct CostChart: Chart {
  /// One entry.
  struct Dot: Sendable, Hashable {
    let name: String
    let style: LineStyle
    let cost, share: Double
    /// Whether it is on the front.
    let isOnFront: Bool
    /// Whether its cost is only claimed.
    let isClaimed: Bool
  }

  let axis: CostAxis
  let dots: [Dot]
  let xTitle: String

  /// The chart of a ranking; nil if fewer than two costs are known.
  init?(_ ranking: Ranking, _ axis: CostAxis, _ colors: AgentColors) {
    let front = Set(ranking.paretoFront(axis))
    let puzzles = Double(max(1, ranking.benchmark.count))
    dots = ranking.standings.enumerated().compactMap { index, standing in
      let participant = standing.entry.participant
      guard let cost = axis.cost(participant.usage), cost.isFinite else { return nil }
      return Dot(
        name: participant.agent, style: colors[participant.agent],
        cost: axis.isPerPuzzle ? cost / puzzles : cost,
        share: standing.solved.share, isOnFront: front.contains(index),
        isClaimed: participant.usage.provenance == .claimed)
    }
    guard dots.count >= 2 else { return nil }
    self.axis = axis
    xTitle = axis.columnTitle + (axis.isPerPuzzle ? " per puzzle" : "") + " (logarithmic)"
  }

  var name: String { "cost-\(axis.rawValue)" }

  var title: String {
    let front = dots.filter(\.isOnFront).map(\.name)
    let title = "Puzzles solved against \(xTitle), \(dots.count) entries."
    guard !front.isEmpty else { return title }
    return title + " No other agent that learned is both cheaper and better than "
      + front.prefix(12).joined(separator: ", ")
      + (front.count > 12 ? " and \(front.count - 12) more." : ".")
  }

  func content(_ frame: ChartFrame) -> HTML { drawing(frame).svg }

  /// The dots of the narrow chart whose names find no room in it.
  var legend: HTML {
    let named = drawing(narrowFrame).named
    var seen: Set<String> = []
    let rows = dots.filter { !named.contains($0.name) && seen.insert($0.name).inserted }
      .prefix(12).map { dot -> HTML in
        """
        <li><svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">\
        <circle class="dot \(dot.style.name)\(dot.isClaimed ? " claimed" : "")" cx="7" cy="7" \
        r="5"/></svg><bdi>\(dot.name)</bdi></li>

        """
      }
    return rows.isEmpty ? "" : "<ul class=\"legend\">\(rows.joined())</ul>\n"
  }

  /// The contents of the chart, and the names that are in it.
  private func drawing(_ frame: ChartFrame) -> (svg: HTML, named: Set<String>) {
    let y = Scale.share(dots.map(\.share), from: frame.plotBottom, to: frame.plotTop + 10)
    let x = Scale.cost(
      dots.map(\.cost), from: frame.plotLeft + 10, to: frame.plotRight - 10)
    let share = { (value: Double) in Figures.significant(value * 100) + " %" }
    let yTitle = y.title("Solved", label: share)
    var svg = frame.axes(
      x: x, xTicks: x.ticks(about: frame.isNarrow ? 3 : 6, label: label), xTitle: xTitle,
      y: y, yTicks: y.ticks(about: 5, label: share), yTitle: yTitle)
    svg += path(stairs(x, y, frame))
    for dot in dots.sorted(by: { !$0.isOnFront && $1.isOnFront }) {
      let kind =
        dot.style.name + (dot.isOnFront ? " front" : "") + (dot.isClaimed ? " claimed" : "")
      svg += """
        <circle class="dot \(kind)" cx="\(x.place(dot.cost))" cy="\(y.place(dot.share))" \
        r="\(dot.isOnFront ? 6 : 4.5)"><title>\(dot.name): \(Figures.percent(dot.share)), \
        \(label(dot.cost))</title></circle>
        """
    }
    let title = LabelPlacing.Box(
      left: 0, top: 0, right: Double(yTitle.count) * 7, bottom: frame.plotTop)
    let labels = labels(x, y, frame, around: title)
    return (svg + labels.svg, labels.named)
  }

  private func label(_ value: Double) -> String {
    axis == .seconds ? Figures.seconds(value) : Figures.scaled(value)
  }

  /// The front as a step function: the accuracy that a cost can buy. Empty if nothing is on the
  /// front.
  private func stairs(_ x: Scale, _ y: Scale, _ frame: ChartFrame) -> [(x: Double, y: Double)] {
    let steps = dots.filter(\.isOnFront).sorted { ($0.cost, $0.share) < ($1.cost, $1.share) }
      .map { (x: x.place($0.cost), y: y.place($0.share)) }
    guard let first = steps.first, let last = steps.last else { return [] }
    let rises = zip(steps, steps.dropFirst()).flatMap { [(x: $1.x, y: $0.y), $1] }
    return [first] + rises + [(x: frame.plotRight, y: last.y)]
  }

  private func path(_ stairs: [(x: Double, y: Double)]) -> HTML {
    guard let first = stairs.first else { return "" }
    let lines = stairs.dropFirst().map { "L\($0.x) \($0.y)" as HTML }.joined()
    return "<path class=\"stairs\" d=\"M\(first.x) \(first.y)\(lines)\"/>"
  }

  /// Labels, if there is space, those on the front first, and the names that have one; names are
  /// cut if that makes them fit.
  private func labels(
    _ x: Scale, _ y: Scale, _ frame: ChartFrame, around title: LabelPlacing.Box
  ) -> (svg: HTML, named: Set<String>) {
    let wanted = dots.filter(\.isOnFront) + dots.filter { !$0.isOnFront }
    let limits = frame.isNarrow ? [14, 8] : [24, 14, 8]
    let marks = dots.map { dot -> LabelPlacing.Box in
      let (px, py) = (x.place(dot.cost), y.place(dot.share))
      return .init(left: px - 4, top: py - 4, right: px + 4, bottom: py + 4)
    }
    let stairs = stairs(x, y, frame)
    let lines = zip(stairs, stairs.dropFirst()).map { from, to in
      LabelPlacing.Box(
        left: from.x, top: min(from.y, to.y) - 2, right: to.x + 1, bottom: max(from.y, to.y) + 2)
    }
    var taken = marks + lines + [title]
    var svg: HTML = ""
    var named: Set<String> = []
    // The seeds of one agent are close to each other, so one name is enough.
    for dot in wanted.prefix(60) where !named.contains(dot.name) {
      let (px, py) = (x.place(dot.cost), y.place(dot.share))
      // Above left (often free, since the front rises to the right), right, left, below.
      let places: [(x: Double, y: Double, anchor: String)] = [
        (px - 8, py - 9, "end"), (px + 10, py + 4, ""), (px - 10, py + 4, "end"),
        (px + 8, py + 18, ""), (px + 8, py - 9, ""), (px - 8, py + 18, "end"),
      ]
      let texts = limits.map { dot.name.shortened(to: $0) }
      for (text, place) in texts.flatMap({ text in places.map { (text, $0) } }) {
        let length = Double(text.count) * 7 + 4
        let left = place.anchor == "end" ? place.x - length : place.x
        let box = LabelPlacing.Box(
          left: left, top: place.y - 11, right: left + length, bottom: place.y + 3)
        guard box.left >= frame.plotLeft - 4, box.right <= frame.width, box.top >= 0,
          box.bottom <= frame.plotBottom, !taken.contains(where: { $0.overlaps(box) })
        else { continue }
        taken.append(box)
        named.insert(dot.name)
        svg += """
          <text class="label \(place.anchor)\(dot.isOnFront ? " strong" : "")" x="\(place.x)" \
          y="\(place.y)">\(text)</text>
          """
        break
      }
    }
    return (svg, named)
  }
}

extension CostAxis {
  /// The short name of the cost, for columns and tabs.
  var columnTitle: String {
    switch self {
    case .flops: "FLOPs"
    case .parameters: "Parameters"
    case .seconds: "Seconds"
    case .trainingFlops: "Training FLOPs"
    }
  }

  /// The name of the cost within a sentence.
  var nameInSentence: String { columnTitle.lowercased().replacing("flops", with: "FLOPs") }

  /// Whether the cost is shown per puzzle.
  var isPerPuzzle: Bool { self == .flops || self == .seconds }
}
