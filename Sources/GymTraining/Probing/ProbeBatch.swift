import Foundation
import Gym
import GymJSON

/// The observations of a batch of puzzles, from which all measures are computed.
struct ProbeBatch {
  /// A step of thinking, with the answers at that point.
  struct Step {
    let segment: Int
    let step: Int
    /// The number of steps per segment.
    let steps: Int
    /// [puzzles, cells].
    let answers: [UInt8]
    /// How far each previously known state moved, [puzzles] each.
    let residuals: [(state: String, distances: [Double])]

    /// Whether this was the last step of its segment.
    var endsSegment: Bool { segment > 0 && step == steps }
  }

  /// A final state.
  struct State {
    let name: String
    let width: Int
    /// Each puzzle's state, averaged over its positions, [puzzles, width].
    let means: [Double]
  }

  /// A state of some puzzles at the ends of segments.
  struct Path {
    let name: String
    let width: Int
    /// The number of puzzles.
    let count: Int
    /// Each puzzle's state, averaged over its positions, [segments, count, width].
    var means: [Double]
  }

  var steps: [Step] = []
  /// The states of the first puzzles of all, over time; empty in all batches except the first.
  var paths: [Path] = []
  var states: [State] = []
  /// The answers to the questions with one blank, if there are any, [puzzles]; empty if the agent
  /// gave none.
  var filled: [[UInt8]] = []
  /// The segments that each puzzle took if the agent could stop by itself, [puzzles].
  var halts: [Int] = []
  /// The final answers from each of the perturbed starts, [puzzles, cells] each.
  var ends: [[UInt8]] = []

  /// Checks that the values belong to the given numbers of puzzles and cells.
  func hasShape(puzzles: Int, cells: Int, starts: Int, asksBlanks: Bool) -> Bool {
    steps.allSatisfy { step in
      step.answers.count == puzzles * cells
        && step.residuals.allSatisfy { $0.distances.count == puzzles }
    } && states.allSatisfy { $0.width > 0 && $0.means.count == puzzles * $0.width }
      && paths.allSatisfy { path in
        path.width > 0 && (1...puzzles).contains(path.count)
          && path.means.count.isMultiple(of: path.count * path.width)
      } && filled.count == (asksBlanks ? puzzles : 0) && halts.count == puzzles
      && ends.count == starts
      && ends.allSatisfy { $0.count == puzzles * cells }
  }
}

extension ProbeBatch {
  /// The batch as a line of a journal; numbers are stored as bytes, so that they are restored
  /// exactly.
  var json: JSON {
    [
      "steps": .array(
        steps.map { step in
          [
            "segment": JSON(step.segment), "step": JSON(step.step),
            "of": JSON(step.steps), "answers": Self.text(step.answers),
            "residuals": .array(
              step.residuals.map {
                ["state": .string($0.state), "distances": Self.text($0.distances)]
              }),
          ]
        }),
      "states": .array(
        states.map {
          [
            "name": .string($0.name), "width": JSON($0.width),
            "means": Self.text($0.means),
          ]
        }),
      "paths": .array(
        paths.map {
          [
            "name": .string($0.name), "width": JSON($0.width),
            "count": JSON($0.count), "means": Self.text($0.means),
          ]
        }),
      "filled": .array(filled.map(Self.text)), "halts": .array(halts.map { JSON($0) }),
      "ends": .array(ends.map(Self.text)),
    ]
  }

  /// - Throws: a `GymError` if the line does not have the form that `json` writes.
  init(_ json: JSON, at place: String) throws {
    let fields = try JSONFields(json, at: place)
    steps = try Self.list(fields, "steps").map { json in
      let step = try JSONFields(json, at: place)
      return Step(
        segment: try step.integer("segment", in: 1...Int(Int32.max)),
        step: try step.integer("step", in: 1...Int(Int32.max)),
        steps: try step.integer("of", in: 1...Int(Int32.max)),
        answers: try Self.bytes(step.value("answers"), place),
        residuals: try Self.list(step, "residuals").map { json in
          let residual = try JSONFields(json, at: place)
          return (
            try residual.string("state"), try Self.numbers(residual.value("distances"), place)
          )
        })
    }
    states = try Self.list(fields, "states").map { json in
      let state = try JSONFields(json, at: place)
      return State(
        name: try state.string("name"), width: try state.integer("width", in: 1...Int(Int32.max)),
        means: try Self.numbers(state.value("means"), place))
    }
    paths =
      try fields.has("paths")
      ? Self.list(fields, "paths").map { json in
        let path = try JSONFields(json, at: place)
        return Path(
          name: try path.string("name"), width: try path.integer("width", in: 1...Int(Int32.max)),
          count: try path.integer("count", in: 1...Int(Int32.max)),
          means: try Self.numbers(path.value("means"), place))
      } : []
    filled = try Self.list(fields, "filled").map { try Self.bytes($0, place) }
    halts = try Self.list(fields, "halts").compactMap(\.integer)
    ends = try Self.list(fields, "ends").map { try Self.bytes($0, place) }
  }

  private static func list(_ fields: JSONFields, _ name: String) throws -> [JSON] {
    try fields.value(name).array ?? []
  }

  private static func text(_ bytes: [UInt8]) -> JSON { .string(Data(bytes).base64EncodedString()) }

  private static func text(_ numbers: [Double]) -> JSON {
    text(numbers.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
  }

  private static func bytes(_ json: JSON, _ place: String) throws -> [UInt8] {
    guard let data = json.string.flatMap({ Data(base64Encoded: $0) }) else {
      throw GymError("these are not bytes: \(json.description.prefix(40))", at: place)
    }
    return Array(data)
  }

  private static func numbers(_ json: JSON, _ place: String) throws -> [Double] {
    let bytes = try bytes(json, place)
    guard bytes.count.isMultiple(of: 8) else {
      throw GymError("these are not numbers: \(json.description.prefix(40))", at: place)
    }
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      let bits = bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Double(bitPattern: bits)
    }
  }
}
