/// Lines and marks over two axes: what was measured against what it took.
public struct Chart: Sendable, Hashable {
  /// A point of a series.
  public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double
    /// What is written beside it.
    public var label: String?

    public init(_ x: Double, _ y: Double, label: String? = nil) {
      (self.x, self.y, self.label) = (x, y, label)
    }
  }

  /// Points that belong together.
  public struct Series: Sendable, Hashable {
    /// The name in the legend; series of one name share a colour.
    public var name: String
    public var points: [Point]
    /// Whether each point has a mark.
    public var isMarked: Bool
    /// Whether the points are joined by a line.
    public var isJoined: Bool

    public init(_ name: String, _ points: [Point], isMarked: Bool = false, isJoined: Bool = true) {
      (self.name, self.points) = (name, points)
      (self.isMarked, self.isJoined) = (isMarked, isJoined)
    }
  }

  public var title: String
  /// A line below the title that says how to read it.
  public var note: String
  public var xTitle: String
  public var yTitle: String
  /// Whether equal distances are equal factors along x.
  public var isLogarithmic: Bool
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
