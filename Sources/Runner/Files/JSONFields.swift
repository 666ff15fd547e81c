import Gym
import JSON

/// The members of a JSON object, each checked as it is read.
struct JSONFields {
  private let object: JSONObject
  private let location: String

  /// The maximum of any count; the sum of a few of these still fits an integer.
  static let mostCounted = 1 << 60

  /// - Throws: a `GymError` if the value is not an object.
  init(_ json: JSON, at location: String) throws {
    guard let object = json.object else {
      throw GymError("this is \(json.kind)", at: location, expected: "an object")
    }
    self.object = object
    self.location = location
  }

  /// Whether a member exists and is not null.
  func has(_ name: String) -> Bool { !(object[name] ?? .null).isNull }

  func value(_ name: String) throws -> JSON {
    guard let value = object[name] else {
      throw GymError("\"\(name)\" is missing", at: location)
    }
    return value
  }

  func fields(_ name: String) throws -> JSONFields {
    try JSONFields(value(name), at: "\(location), \"\(name)\"")
  }

  func string(_ name: String) throws -> String {
    try member(name, "a string") { $0.string }
  }

  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
    try member(name, "an integer in \(range.lowerBound)...\(range.upperBound)") {
      $0.integer.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func integers(_ name: String, count: Int, in range: ClosedRange<Int>) throws -> [Int] {
    try member(name, "\(count) integers in \(range.lowerBound)...\(range.upperBound)") {
      let integers = $0.array?.compactMap(\.integer).filter(range.contains)
      return integers?.count == count && $0.array?.count == count ? integers : nil
    }
  }

  func distinctIntegers(_ name: String, in range: ClosedRange<Int>) throws -> [Int] {
    try member(name, "distinct integers in \(range.lowerBound)...\(range.upperBound)") {
      guard let all = $0.array else { return nil }
      let integers = all.compactMap(\.integer).filter(range.contains)
      return integers.count == all.count && Set(integers).count == all.count ? integers : nil
    }
  }

  func number(_ name: String, in range: ClosedRange<Double>) throws -> Double {
    try member(name, "a number in \(range.lowerBound)...\(range.upperBound)") {
      $0.number.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func unsigned(_ name: String) throws -> UInt64 {
    try member(name, "an integer from 0") { $0.unsigned }
  }

  func pluginID(_ name: String) throws -> PluginID {
    try member(name, "a name and version such as \"hrm@1\"") { $0.string.flatMap(PluginID.init) }
  }

  private func member<Value>(
    _ name: String, _ expected: String, _ read: (JSON) -> Value?
  ) throws -> Value {
    let json = try value(name)
    guard let value = read(json) else {
      throw GymError(
        "\"\(name)\" is \(json.description.prefix(80))", at: location, expected: expected)
    }
    return value
  }
}
