import CGymJSONC

/// A JSON value. Objects keep the order of their members.
public enum JSON: Sendable, Hashable {
  /// No value: `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// An integer without fraction or exponent that fits 64 bits.
  case integer(Int64)
  /// An integer above `Int64.max` that fits 64 unsigned bits. Smaller ones are `.integer`.
  case unsigned(UInt64)
  /// Any other number, always finite.
  case number(Double)
  /// Text.
  case string(String)
  /// Values in order.
  case array([JSON])
  /// Values by name, in order.
  case object(JSONObject)

  /// An integer, such as a count or a seed.
  ///
  /// - Precondition: it fits 64 bits, with or without sign.
  @inlinable
  public init(_ integer: some FixedWidthInteger) {
    self = Int64(exactly: integer).map { .integer($0) } ?? .unsigned(UInt64(integer))
  }
}

extension JSON {
  /// The kind of this value, for messages: "an array", "an integer", "true or false"…
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .unsigned: "an integer"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The member of an object with this name; nil if there is none, or no object.
  public subscript(_ name: String) -> JSON? { object?[name] }

  /// The element of an array at this index; nil if there is none, or no array.
  public subscript(_ index: Int) -> JSON? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// Whether this is null.
  public var isNull: Bool { self == .null }

  /// The truth value, if this is one.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The integer, if this is one that fits `Int`. A number such as 1.0 is not an integer.
  public var integer: Int? {
    switch self {
    case .integer(let value): Int(exactly: value)
    case .unsigned(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The integer, if this is one and not negative.
  public var unsigned: UInt64? {
    switch self {
    case .integer(let value): UInt64(exactly: value)
    case .unsigned(let value): value
    default: nil
    }
  }

  /// The number, if this is one; of an integer, the nearest double.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The string, if this is one.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The elements, if this is an array.
  public var array: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The members, if this is an object.
  public var object: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }

  /// - Precondition: the literal is finite as a double.
  public init(floatLiteral value: Double) {
    precondition(value.isFinite, "JSON has no number \(value)")
    self = .number(value)
  }

  /// - Precondition: no name is repeated.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements))
  }
}

extension JSON {
  /// Limits on the memory and stack that a text may use; larger texts are rejected.
  public struct Limits: Sendable, Hashable {
    /// The maximum nesting of arrays and objects.
    public let depth: Int
    /// The maximum number of bytes of the whole text; in JSON lines, of each line.
    public let bytes: Int
    /// The maximum number of bytes of one string or member name, as written.
    public let string: Int

    /// The greatest depth allowed, for reading and writing; it keeps recursion within small stacks.
    public static let deepest = 512
    /// The greatest size allowed, for reading and writing; json-c counts in 32 bits.
    public static let longest = 1 << 30

    /// Limits: by default 128 levels, 256 MiB, and 64 MiB for one string.
    ///
    /// - Precondition: `depth` in 1...512, `bytes` in 1...2³⁰, `string` not negative.
    public init(depth: Int = 128, bytes: Int = 256 << 20, string: Int = 64 << 20) {
      precondition((1...Self.deepest).contains(depth), "a depth from 1 to \(Self.deepest)")
      precondition((1...Self.longest).contains(bytes), "from 1 to \(Self.longest) bytes")
      precondition(string >= 0, "a string's limit is not negative")
      self.depth = depth
      self.bytes = bytes
      self.string = string
    }

    /// 128 levels, 256 MiB, and 64 MiB for one string.
    public static let `default` = Limits()
    /// The same for one line of JSON lines, but with 16 MiB.
    public static let line = Limits(bytes: 16 << 20)
  }
}

extension JSON {
  /// The version of json-c in use, such as 0.16.
  public static var libraryVersion: String { String(cString: json_c_version()) }
}
