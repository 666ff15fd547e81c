/// A chart that can be drawn on several sizes.
protocol Chart: Sendable {
  /// A name that no other chart of the page has.
  var name: String { get }
  /// What the chart says, in a sentence.
  var title: String { get }
  /// What is drawn.
  func content(_ frame: ChartFrame) -> HTML
  /// The frame for wide screens. Default: as all have it.
  var wideFrame: ChartFrame { get }
}

extension Chart {
  var wideFrame: ChartFrame { .wide }

  /// Both sizes; the style sheet shows one of them.
  var svg: HTML {
    [wideFrame, .narrow].map { $0.svg(content($0), title: title, name: name) }.joined()
  }
}
