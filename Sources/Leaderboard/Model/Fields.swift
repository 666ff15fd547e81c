import Gym
import JSON

/// The members of an external JSON object, each checked when it is read, with no unknown ones.
struct Fields {
  private let object: JSONObject

  /// - Parameter names: every allowed name.
  /// - Throws: a `GymError` if the value is not an object, or has another member.
  init(_ json: JSON, only names: [String], what: String) throws {
    guard let object = json.object else {
      throw GymError("\(what) is \(json.kind)", expected: "an object")
    }
    if let unknown = object.names.first(where: { !names.contains($0) }) {
      throw GymError(
        "\(what) has a member \(JSON.string(String(unknown.prefix(40))))",
        expected: "only \(names.joined(separator: ", "))",
        remedy: Self.claims.contains(unknown.lowercased())
          ? "The board judges every answer itself and takes no scores" : nil)
    }
    self.object = object
  }

  private static let claims: Set<String> = [
    "score", "scores", "solved", "correct", "exact", "accuracy", "verdict", "rank",
  ]

  /// A member; nil if it is missing or null.
  subscript(_ name: String) -> JSON? {
    guard let value = object[name], !value.isNull else { return .none }
    return value
  }

  func string(_ name: String) throws -> String? {
    try self[name].map { try $0.string ?? refuse(name, $0, "a string") }
  }

  func integer(_ name: String, upTo most: Int = 1 << 53) throws -> Int? {
    try self[name].map { json in
      guard let value = json.integer, (0...most).contains(value) else {
        return try refuse(name, json, "an integer in 0...\(most)")
      }
      return value
    }
  }

  func number(_ name: String, in range: ClosedRange<Double> = 0...1e30) throws -> Double? {
    try self[name].map { json in
      guard let value = json.number, range.contains(value) else {
        return try refuse(name, json, "a number in \(range.lowerBound)...\(range.upperBound)")
      }
      return value
    }
  }

  /// A member that must be present.
  func required<Value>(_ name: String, _ value: Value?) throws -> Value {
    guard let value else { throw GymError("\"\(name)\" is missing") }
    return value
  }

  func refuse<Value>(_ name: String, _ json: JSON, _ expected: String) throws -> Value {
    throw GymError("\"\(name)\" is \(json.description.prefix(80))", expected: expected)
  }
}
