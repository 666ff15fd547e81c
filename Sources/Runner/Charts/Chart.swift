/// Lines and marks over two axes: what was measured against what it took.
public struct Chart: Sendable, Hashable {
  /// A point of a series.
  public struct Point: Sendable, Hashable {
    /// Its place from left to right, in the x axis' unit.
    public var x: Double
    /// Its height, a share from 0 to 1.
    public var y: Double
    /// What is written beside it.
    public var label: String?

    /// A point, with or without a label.
    public init(_ x: Double, _ y: Double, label: String? = nil) {
      (self.x, self.y, self.label) = (x, y, label)
    }
  }

  /// Points that belong together.
  public struct Series: Sendable, Hashable {
    /// The name in the legend; series of one name share a colour.
    public var name: String
    /// The points, in the order in which a line joins them.
    public var points: [Point]
    /// Whether each point has a mark.
    public var isMarked: Bool
    /// Whether the points are joined by a line.
    public var isJoined: Bool

    /// A line of points without marks, unless something else is said.
    public init(_ name: String, _ points: [Point], isMarked: Bool = false, isJoined: Bool = true) {
      (self.name, self.points) = (name, points)
      (self.isMarked, self.isJoined) = (isMarked, isJoined)
    }
  }

  /// What the chart shows, its first line.
  public var title: String
  /// A line below the title that says how to read it.
  public var note: String
  /// What is measured along x, and its unit.
  public var xTitle: String
  /// What is measured upwards.
  public var yTitle: String
  /// Whether equal distances are equal factors along x.
  public var isLogarithmic: Bool
  /// The series; the legend names them in this order.
  public var series: [Series]

  /// A chart of shares, from 0 to 1 upwards.
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
