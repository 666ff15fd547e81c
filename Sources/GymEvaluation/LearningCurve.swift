import Foundation
import Gym
import GymJSON

/// How an agent learned: what its run's `metrics.jsonl` says, thinned to a few hundred points.
public struct LearningCurve: Sendable, Hashable {
  /// The measurements up to a step; those that are not known are nil.
  public struct Point: Sendable, Hashable {
    /// The training steps so far.
    public let step: Int
    /// The seconds of training so far, validation left out.
    public let seconds: Double?
    /// The floating-point operations of training so far.
    public let flops: Double?
    /// The mean loss.
    public let loss: Double?
    /// The share of training puzzles wholly solved, as they were finished.
    public let exact: Double?
    /// The share of validation puzzles wholly solved, if it was measured at this step.
    public let validation: Double?

    /// A point; shares lie in 0...1.
    public init(
      step: Int, seconds: Double? = nil, flops: Double? = nil, loss: Double? = nil,
      exact: Double? = nil, validation: Double? = nil
    ) {
      (self.step, self.seconds, self.flops) = (step, seconds, flops)
      (self.loss, self.exact, self.validation) = (loss, exact, validation)
    }
  }

  /// The most points that are kept.
  public static let limit = 400

  /// The points, by rising step.
  public let points: [Point]

  /// A curve; from more than `limit` points, evenly spaced ones are kept, including the first and
  /// last. Points on validation puzzles are few, and are kept before all others.
  public init(_ points: [Point]) {
    let sorted = points.sorted { $0.step < $1.step }
    guard sorted.count > Self.limit else {
      self.points = sorted
      return
    }
    let validated = sorted.filter { $0.validation != nil }.evenly(Self.limit / 2)
    let others = sorted.filter { $0.validation == nil }
    self.points = (others.evenly(Self.limit - validated.count) + validated)
      .sorted { $0.step < $1.step }
  }

  /// Reads a run's `metrics.jsonl`.
  ///
  /// - Throws: as `points(metrics:)`.
  public init(metrics file: URL) throws {
    self.init(try Self.points(metrics: file))
  }

  /// Every point of a run's `metrics.jsonl`: lines with a step, and any of seconds, flops (of the
  /// steps since the line before), loss and exact-accuracy, or validation. A last line that is
  /// still being written is left out.
  ///
  /// - Throws: a `GymError` if a line has no step.
  public static func points(metrics file: URL) throws -> [Point] {
    let reader = try JSONLinesReader(contentsOf: file, unfinishedLine: .drop)
    var points: [Point] = []
    var (seconds, flops) = (Double?.none, Double?.none)
    func number(_ json: JSON, _ name: String, in range: ClosedRange<Double>) -> Double? {
      json[name]?.number.flatMap { range.contains($0) ? $0 : nil }
    }
    while let line = try reader.next() {
      guard let step = line["step"]?.integer, step >= 0 else {
        throw GymError(
          "the line has no step", at: "\(file.path):\(reader.line)",
          expected: "a line of a run's metrics.jsonl")
      }
      // A validation's line stands behind the line of the step that it was made at.
      seconds = number(line, "seconds", in: 0...1e30) ?? seconds
      if let more = number(line, "flops", in: 0...1e30) { flops = min((flops ?? 0) + more, 1e30) }
      points.append(
        Point(
          step: step, seconds: seconds, flops: flops, loss: number(line, "loss", in: -1e30...1e30),
          exact: number(line, "exact-accuracy", in: 0...1),
          validation: line["validation"]?["exact"].flatMap { number($0, "accuracy", in: 0...1) }))
    }
    return points
  }

  /// Points and accuracies to show of a run: on validation puzzles if they were measured, or else
  /// on training puzzles. Of those, each is the mean over a hundredth of all points, rounded down
  /// to a whole number of them, at least one: there are up to 199 means.
  public static func accuracies(
    of points: [Point]
  ) -> (isValidation: Bool, points: [(point: Point, accuracy: Double)]) {
    func known(_ value: (Point) -> Double?) -> [(point: Point, accuracy: Double)] {
      points.compactMap { point in value(point).map { (point: point, accuracy: $0) } }
    }
    let validation = known(\.validation)
    guard validation.isEmpty else { return (true, validation) }
    let training = known(\.exact)
    let width = max(1, training.count / 100)
    var means: [(point: Point, accuracy: Double)] = []
    for start in stride(from: 0, to: training.count, by: width) {
      let part = training[start..<min(start + width, training.count)]
      let sum = part.reduce(0) { $0 + $1.accuracy }
      means.append((point: part[part.endIndex - 1].point, accuracy: sum / Double(part.count)))
    }
    return (false, means)
  }
}

extension [LearningCurve.Point] {
  /// At most `limit` elements, evenly spaced, including the first and the last.
  fileprivate func evenly(_ limit: Int) -> [Element] {
    count <= limit ? self : (0..<limit).map { self[$0 * (count - 1) / (limit - 1)] }
  }
}

extension LearningCurve {
  private static let names = ["step", "seconds", "flops", "loss", "exact", "validation"]

  /// The points as an array of objects; what is not known is left out.
  public var json: JSON {
    .array(
      points.map { point in
        let members: [(String, JSON?)] = [
          ("step", JSON(point.step)), ("seconds", point.seconds.map { .number($0) }),
          ("flops", point.flops.map { .number($0) }), ("loss", point.loss.map { .number($0) }),
          ("exact", point.exact.map { .number($0) }),
          ("validation", point.validation.map { .number($0) }),
        ]
        return .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
      })
  }

  /// Reads what `json` wrote.
  public init(_ json: JSON) throws {
    guard let array = json.array, array.count <= Self.limit else {
      throw GymError(
        "the curve is \(json.array.map { "an array of \($0.count)" } ?? json.kind)",
        expected: "an array of at most \(Self.limit) points")
    }
    self.init(
      try array.map { json in
        let fields = try JSONFields(json, only: Self.names, what: "a point of the curve")
        return try Point(
          step: fields.integer("step"), seconds: fields.number(ifPresent: "seconds"),
          flops: fields.number(ifPresent: "flops"),
          loss: fields.number(ifPresent: "loss", in: -1e30...1e30),
          exact: fields.number(ifPresent: "exact", in: 0...1),
          validation: fields.number(ifPresent: "validation", in: 0...1))
      })
  }
}
