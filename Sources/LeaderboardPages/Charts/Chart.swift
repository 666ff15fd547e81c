/// A chart that can be drawn in several sizes.
protocol Chart: Sendable {
  /// A name that is unique on the page.
  var name: String { get }
  /// The message of the chart, in a sentence.
  var title: String { get }
  /// The contents of the chart.
  func content(_ frame: ChartFrame) -> HTML
  /// The frame for wide screens. Default: the usual one.
  var wideFrame: ChartFrame { get }
  /// The frame for narrow screens. Default: the usual one.
  var narrowFrame: ChartFrame { get }
  /// The names of what is drawn with their marks, for narrow screens. Default: nothing.
  var legend: HTML { get }
}

extension Chart {
  var wideFrame: ChartFrame { .wide }
  var narrowFrame: ChartFrame { .narrow }
  var legend: HTML { "" }

  /// Both sizes; the style sheet shows one of them.
  var svg: HTML {
    [wideFrame, narrowFrame].map { $0.svg(content($0), title: title, name: name) }.joined()
  }
}
