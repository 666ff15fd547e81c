/// A chart of lines and marks over two axes, such as accuracy against cost.
public struct Chart: Sendable, Hashable {
  /// A point of a series.
  public struct Point: Sendable, Hashable {
    /// The position along the x axis, in its unit.
    public var x: Double
    /// The height, a share from 0 to 1.
    public var y: Double
    /// The label of the point.
    public var label: String?

    /// A point, with or without a label.
    public init(_ x: Double, _ y: Double, label: String? = nil) {
      (self.x, self.y, self.label) = (x, y, label)
    }
  }

  /// Points that belong together.
  public struct Series: Sendable, Hashable {
    /// The name in the legend; series with the same name share a color.
    public var name: String
    /// The points, in the order in which a line joins them.
    public var points: [Point]
    /// Whether each point has a mark.
    public var isMarked: Bool
    /// Whether the points are joined by a line.
    public var isJoined: Bool

    /// A line through points, by default without marks.
    public init(_ name: String, _ points: [Point], isMarked: Bool = false, isJoined: Bool = true) {
      (self.name, self.points) = (name, points)
      (self.isMarked, self.isJoined) = (isMarked, isJoined)
    }
  }

  /// The title, which is the first line.
  public var title: String
  /// A line below the title that explains how to read the chart.
  public var note: String
  /// The quantity along x, and its unit.
  public var xTitle: String
  /// The quantity along y.
  public var yTitle: String
  /// Whether the x axis is logarithmic.
  public var isLogarithmic: Bool
  /// The series, in the order of the legend.
  public var series: [Series]

  /// A chart of shares, which run from 0 to 1 along y.
  public init(
    title: String, note: String = "", xTitle: String, yTitle: String,
    isLogarithmic: Bool = false, series: [Series]
  ) {
    (self.title, self.note, self.xTitle, self.yTitle) = (title, note, xTitle, yTitle)
    (self.isLogarithmic, self.series) = (isLogarithmic, series)
  }

  /// The series' names, each once.
  var names: [String] {
    var seen = Set<String>()
    return series.map(\.name).filter { seen.insert($0).inserted }
  }
}
