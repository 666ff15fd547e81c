import Foundation
import Gym
import JSON

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
      throw GymError("these are no bytes: \(json.description.prefix(40))", at: place)
    }
    return Array(data)
  }

  private static func numbers(_ json: JSON, _ place: String) throws -> [Double] {
    let bytes = try bytes(json, place)
    guard bytes.count.isMultiple(of: 8) else {
      throw GymError("these are no numbers: \(json.description.prefix(40))", at: place)
    }
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      let bits = bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Double(bitPattern: bits)
    }
  }
}
