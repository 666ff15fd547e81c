import Foundation
import Gym
import JSON

extension TrainingCurve {
  private static let names = ["step", "seconds", "flops", "loss", "exact", "validation"]

  /// The points as an array of objects, without unknown values.
  public var json: JSON {
    .array(
      points.map { point in
        let members: [(String, JSON?)] = [
          ("step", .integer(Int64(point.step))), ("seconds", point.seconds.map { .number($0) }),
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
        let fields = try Fields(json, only: Self.names, what: "a point of the curve")
        return try Point(
          step: fields.required("step", fields.integer("step")), seconds: fields.number("seconds"),
          flops: fields.number("flops"), loss: fields.number("loss", in: -1e30...1e30),
          exact: fields.number("exact", in: 0...1),
          validation: fields.number("validation", in: 0...1))
      })
  }

  /// Reads a run's `metrics.jsonl`: lines with a step, and any of seconds, flops (since the line
  /// before), loss and exact-accuracy, or validation, which has the seconds and operations of the
  /// line before. An incomplete last line is skipped.
  public init(metrics url: URL) throws {
    let reader = try JSONLinesReader(contentsOf: url, unfinishedLine: .drop)
    var points: [Point] = []
    var stride = 1
    var spent = (seconds: Double?.none, flops: Double?.none)
    func number(_ json: JSON, _ name: String, in range: ClosedRange<Double>) -> Double? {
      json[name]?.number.flatMap { range.contains($0) ? $0 : nil }
    }
    while let line = try reader.next() {
      guard let step = line["step"]?.integer, step >= 0 else {
        throw GymError(
          "the line has no step", at: "\(url.path):\(reader.line)",
          expected: "a line of a run's metrics.jsonl")
      }
      spent.seconds = number(line, "seconds", in: 0...1e30) ?? spent.seconds
      if let flops = number(line, "flops", in: 0...1e30) {
        spent.flops = min(1e30, (spent.flops ?? 0) + flops)
      }
      let validation = line["validation"]?["exact"].flatMap { number($0, "accuracy", in: 0...1) }
      guard validation != nil || reader.line % stride == 0 || points.isEmpty else { continue }
      points.append(
        Point(
          step: step, seconds: spent.seconds, flops: spent.flops,
          loss: number(line, "loss", in: -1e30...1e30),
          exact: number(line, "exact-accuracy", in: 0...1), validation: validation))
      // A long run's file is thinned while it is being read.
      if points.count > 64 * Self.limit {
        points = points.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        stride *= 2
      }
    }
    self.init(points)
  }
}
