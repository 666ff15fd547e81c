import GymJSON

/// The members of a JSON object from outside, each checked as it is read.
public struct JSONFields {
  private let object: JSONObject
  private let location: String?

  /// The most of anything that is counted: sums of a few of these are integers still.
  public static let maximumCounted = 1 << 60

  /// - Parameters:
  ///   - location: the place of the object, for errors.
  ///   - names: every name that may be there; nil for any.
  ///   - what: what errors call the object.
  ///   - remedy: what to do about a name that may not be there.
  /// - Throws: a `GymError` if the value is not an object, or has another member.
  public init(
    _ json: JSON, at location: String? = nil, only names: [String]? = nil, what: String = "this",
    remedy: (_ name: String) -> String? = { _ in nil }
  ) throws {
    guard let object = json.object else {
      throw GymError("\(what) is \(json.kind)", at: location, expected: "an object")
    }
    if let names, let unknown = object.names.first(where: { !names.contains($0) }) {
      throw GymError(
        "\(what) has a member \(JSON.string(String(unknown.prefix(40))))", at: location,
        expected: "only \(names.joined(separator: ", "))", remedy: remedy(unknown))
    }
    (self.object, self.location) = (object, location)
  }

  /// A member; nil if it is missing or null.
  public subscript(_ name: String) -> JSON? {
    guard let value = object[name], !value.isNull else { return .none }
    return value
  }

  /// Whether there is a member that is not null.
  public func has(_ name: String) -> Bool { self[name] != nil }

  /// A member, null or not.
  public func value(_ name: String) throws -> JSON {
    guard let value = object[name] else {
      throw GymError("\"\(name)\" is missing", at: location)
    }
    return value
  }

  /// A member that is an object.
  public func fields(_ name: String) throws -> JSONFields {
    try JSONFields(value(name), at: location.map { "\($0), \"\(name)\"" } ?? "\"\(name)\"")
  }

  /// A member that is a list of objects.
  public func list(_ name: String) throws -> [JSONFields] {
    let place = location.map { "\($0), \"\(name)\"" } ?? "\"\(name)\""
    return try member(name, "a list") { $0.array }.enumerated().map {
      try JSONFields($1, at: "\(place)[\($0)]")
    }
  }

  /// A member that is a string.
  public func string(_ name: String) throws -> String {
    try member(name, "a string") { $0.string }
  }

  /// A member that is a string; nil if it is missing or null.
  public func string(ifPresent name: String) throws -> String? {
    has(name) ? try string(name) : nil
  }

  /// A member that is an integer of a range.
  public func integer(_ name: String, in range: ClosedRange<Int> = 0...1 << 53) throws -> Int {
    try member(name, "an integer in \(range.lowerBound)...\(range.upperBound)") {
      $0.integer.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A member that is an integer of a range; nil if it is missing or null.
  public func integer(
    ifPresent name: String, in range: ClosedRange<Int> = 0...1 << 53
  ) throws -> Int? {
    has(name) ? try integer(name, in: range) : nil
  }

  /// A member that is an array of `count` integers of a range.
  public func integers(_ name: String, count: Int, in range: ClosedRange<Int>) throws -> [Int] {
    try member(name, "\(count) integers in \(range.lowerBound)...\(range.upperBound)") {
      let integers = $0.array?.compactMap(\.integer).filter(range.contains)
      return integers?.count == count && $0.array?.count == count ? integers : nil
    }
  }

  /// A member that is an array of different integers of a range.
  public func distinctIntegers(_ name: String, in range: ClosedRange<Int>) throws -> [Int] {
    try member(name, "distinct integers in \(range.lowerBound)...\(range.upperBound)") {
      guard let all = $0.array else { return nil }
      let integers = all.compactMap(\.integer).filter(range.contains)
      return integers.count == all.count && Set(integers).count == all.count ? integers : nil
    }
  }

  /// A member that is a number of a range.
  public func number(_ name: String, in range: ClosedRange<Double> = 0...1e30) throws -> Double {
    try member(name, "a number in \(range.lowerBound)...\(range.upperBound)") {
      $0.number.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A member that is a number of a range; nil if it is missing or null.
  public func number(
    ifPresent name: String, in range: ClosedRange<Double> = 0...1e30
  ) throws -> Double? {
    has(name) ? try number(name, in: range) : nil
  }

  /// A member that is an integer of 64 bits without sign.
  public func unsigned(_ name: String) throws -> UInt64 {
    try member(name, "an integer from 0") { $0.unsigned }
  }

  /// A member that is true or false; false if it is missing or null.
  public func flag(_ name: String) throws -> Bool {
    has(name) ? try member(name, "true or false") { $0.bool } : false
  }

  /// Throws the error of a member that is not what was expected.
  public func refuse<Value>(_ name: String, _ json: JSON, _ expected: String) throws -> Value {
    throw GymError(
      "\"\(name)\" is \(json.description.prefix(80))", at: location, expected: expected)
  }

  /// A member in the form that `read` takes it; nil from there is an error.
  ///
  /// - Parameter expected: what the error says was expected.
  public func member<Value>(
    _ name: String, _ expected: String, _ read: (JSON) -> Value?
  ) throws -> Value {
    let json = try value(name)
    return try read(json) ?? refuse(name, json, expected)
  }
}
