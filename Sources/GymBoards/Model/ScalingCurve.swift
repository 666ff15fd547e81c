import Gym
import GymJSON

/// An agent's accuracy with several amounts of thinking, as a scaling study measured it.
public struct ScalingCurve: Sendable, Hashable {
  /// One amount of thinking.
  public struct Point: Sendable, Hashable {
    /// The numbers of segments, voting copies, and chains.
    public let segments, votes, chains: Int
    /// The puzzles solved completely, and all that were asked.
    public let solved, count: Int
    /// Floating-point operations and seconds per puzzle.
    public let flops, seconds: Double

    /// A point.
    ///
    /// - Precondition: `solved` is in 0...count.
    public init(
      segments: Int, votes: Int, chains: Int, solved: Int, count: Int, flops: Double,
      seconds: Double
    ) {
      precondition(0 <= solved && solved <= count)
      (self.segments, self.votes, self.chains) = (segments, votes, chains)
      (self.solved, self.count) = (solved, count)
      (self.flops, self.seconds) = (flops, seconds)
    }
  }

  /// The maximum number of points.
  public static let limit = 200

  /// The points in the order in which they were measured.
  public let points: [Point]

  /// A curve.
  ///
  /// - Throws: a `GymError` if there are too many points.
  public init(_ points: [Point]) throws {
    guard points.count <= Self.limit else {
      throw GymError("the scaling has \(points.count) points", expected: "at most \(Self.limit)")
    }
    self.points = points
  }
}

extension ScalingCurve {
  private static let names = [
    "segments", "votes", "chains", "solved", "count", "flops", "seconds",
  ]

  /// The points as an array of objects.
  public var json: JSON {
    .array(
      points.map { point in
        [
          "segments": JSON(point.segments), "votes": JSON(point.votes),
          "chains": JSON(point.chains), "solved": JSON(point.solved),
          "count": JSON(point.count), "flops": .number(point.flops),
          "seconds": .number(point.seconds),
        ]
      })
  }

  /// Reads what `json` wrote.
  ///
  /// - Throws: a `GymError` for a member that is missing, unknown or out of range.
  public init(_ json: JSON) throws {
    guard let array = json.array, array.count <= Self.limit else {
      throw GymError(
        "the scaling is \(json.array.map { "an array of \($0.count)" } ?? json.kind)",
        expected: "an array of at most \(Self.limit) points")
    }
    try self.init(
      array.map { json in
        let fields = try JSONFields(json, only: Self.names, what: "a point of the scaling")
        func count(_ name: String, upTo most: Int = 1 << 30) throws -> Int {
          try fields.integer(name, in: 0...most)
        }
        let all = try count("count")
        return try Point(
          segments: count("segments"), votes: count("votes"), chains: count("chains"),
          solved: count("solved", upTo: all), count: all,
          flops: fields.number("flops"), seconds: fields.number("seconds"))
      })
  }

  /// Reads the array that `reasongym scale --json` prints.
  ///
  /// - Throws: a `GymError` if a point lacks something.
  public init(study json: JSON) throws {
    guard let array = json.array ?? json["points"]?.array else {
      throw GymError(
        "there are no points of a scaling study", expected: "what `reasongym scale --json` prints")
    }
    try self.init(
      array.map { point in
        let sizes = 0...1 << 30
        let chains = point["chains"]?.integer ?? 1
        let flops = max(0, point["flops-per-puzzle"]?.number ?? 0)
        let seconds = max(0, point["seconds-per-puzzle"]?.number ?? 0)
        guard let segments = point["segments"]?.integer, let votes = point["votes"]?.integer,
          let exact = point["exact"], let solved = exact["solved"]?.integer,
          let count = exact["count"]?.integer,
          [segments, votes, chains, count].allSatisfy(sizes.contains),
          (0...count).contains(solved), max(flops, seconds) <= 1e30
        else {
          throw GymError(
            "a point of the scaling study is \(point.description.prefix(80))",
            expected: "segments, votes and exact with solved and count")
        }
        return Point(
          segments: segments, votes: votes, chains: chains, solved: solved, count: count,
          flops: flops, seconds: seconds)
      })
  }
}
