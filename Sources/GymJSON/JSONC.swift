import CGymJSONC

/// The interface to json-c.
enum JSONC {
  /// Builds the value of a zero-terminated text that was already scanned.
  ///
  /// - Parameter isMasked: whether the text's strings are masked by `NULMask`.
  static func parse(
    zeroTerminated text: [UInt8], depth: Int, isMasked: Bool
  ) throws(Scanner.Fault) -> JSON {
    // One level for the value itself, and one because json-c rejects the last.
    guard let tokener = json_tokener_new_ex(Int32(depth + 2)) else { throw outOfMemory }
    defer { json_tokener_free(tokener) }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8)
    // With the zero, json-c knows that a number at the end is complete.
    let root = text.withUnsafeBytes {
      json_tokener_parse_ex(
        tokener, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
    }
    defer { json_object_put(root) }
    let error = json_tokener_get_error(tokener)
    guard error == json_tokener_success else {
      throw Scanner.Fault(
        position: json_tokener_get_parse_end(tokener),
        message: "json-c refuses the text: \(String(cString: json_tokener_error_desc(error)))")
    }
    return value(of: root, isMasked: isMasked)
  }

  private static func value(of object: OpaquePointer?, isMasked: Bool) -> JSON {
    switch json_object_get_type(object) {
    case json_type_boolean: return .bool(json_object_get_boolean(object) != 0)
    case json_type_double: return .number(json_object_get_double(object))
    case json_type_int:
      // Above Int64.max, json-c returns Int64.max and gives the value as an unsigned integer.
      let integer = json_object_get_int64(object)
      guard integer == .max else { return .integer(integer) }
      let unsigned = json_object_get_uint64(object)
      return unsigned > UInt64(Int64.max) ? .unsigned(unsigned) : .integer(integer)
    case json_type_string:
      let string = String(
        decoding: UnsafeRawBufferPointer(
          start: json_object_get_string(object), count: Int(json_object_get_string_len(object))),
        as: UTF8.self)
      return .string(isMasked ? NULMask.unmask(string) : string)
    case json_type_array:
      return .array(
        (0..<json_object_array_length(object)).map {
          value(of: json_object_array_get_idx(object, $0), isMasked: isMasked)
        })
    case json_type_object: return .object(members(of: object, isMasked: isMasked))
    default: return .null
    }
  }

  private static func members(of object: OpaquePointer?, isMasked: Bool) -> JSONObject {
    var members = JSONObject()
    members.reserveCapacity(Int(json_object_object_length(object)))
    var iterator = json_object_iter_begin(object)
    var end = json_object_iter_end(object)
    while json_object_iter_equal(&iterator, &end) == 0 {
      let name = String(cString: json_object_iter_peek_name(&iterator))
      let value = value(of: json_object_iter_peek_value(&iterator), isMasked: isMasked)
      members.append(isMasked ? NULMask.unmask(name) : name, value)
      json_object_iter_next(&iterator)
    }
    return members
  }

  private static var outOfMemory: Scanner.Fault {
    Scanner.Fault(position: 0, message: "json-c has no memory for a parser")
  }
}

extension JSONC {
  /// The reason why a value can't be written.
  struct Refusal: Error {
    let message: String
    var expected: String?

    static let memory = Refusal(message: "json-c has no memory for the value")
  }

  /// The text of a value, in UTF-8.
  static func text(of json: JSON, style: JSON.Style) throws(Refusal) -> [UInt8] {
    var builder = TreeBuilder()
    var root = try builder.node(of: json, depth: 0)
    if builder.hasNULInName {
      json_object_put(root)
      builder = TreeBuilder(isMasked: true)
      root = try builder.node(of: json, depth: 0)
    }
    defer { json_object_put(root) }
    let flags =
      switch style {
      case .compact: JSON_C_TO_STRING_PLAIN
      case .pretty: JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED
      }
    var count = 0
    guard
      let text = json_object_to_json_string_length(
        root, flags | JSON_C_TO_STRING_NOSLASHESCAPE, &count)
    else { throw .memory }
    let bytes = [UInt8](UnsafeRawBufferPointer(start: text, count: count))
    return builder.isMasked ? NULMask.unmask(text: bytes) : bytes
  }
}

/// Builds json-c's tree for a value.
private struct TreeBuilder {
  /// Whether strings and names get a `NULMask`.
  var isMasked = false
  /// Whether a name contained U+0000, which makes the tree useless without a mask.
  var hasNULInName = false
  /// An upper bound on the bytes of the text: json-c drops what exceeds 31 bits.
  private var size = 0

  init(isMasked: Bool = false) { self.isMasked = isMasked }

  /// A tree that the caller owns; nil is json-c's null.
  mutating func node(of json: JSON, depth: Int) throws(JSONC.Refusal) -> OpaquePointer? {
    // The longest number or word, and two indented lines for brackets.
    try add(32 + 4 * depth)
    let node: OpaquePointer?
    switch json {
    case .null: return nil
    case .bool(let value): node = json_object_new_boolean(value ? 1 : 0)
    case .integer(let value): node = json_object_new_int64(value)
    case .unsigned(let value): node = json_object_new_uint64(value)
    case .number(let value):
      guard value.isFinite else {
        throw JSONC.Refusal(message: "a number is \(value)", expected: "a finite number")
      }
      node = json_object_new_double_s(value, value.description)
    case .string(let value): node = try string(value)
    case .array(let elements):
      try checkDepth(depth)
      node = json_object_new_array_ext(Int32(clamping: max(1, elements.count)))
      try fill(node) { builder, node throws(JSONC.Refusal) in
        for element in elements {
          let child = try builder.node(of: element, depth: depth + 1)
          try builder.adopt(child, json_object_array_add(node, child))
        }
      }
    case .object(let members):
      try checkDepth(depth)
      node = json_object_new_object()
      try fill(node) { builder, node throws(JSONC.Refusal) in
        for (name, value) in members {
          let name = try builder.name(name)
          let child = try builder.node(of: value, depth: depth + 1)
          // Without a mask, json-c may see two names as equal; such a tree is discarded.
          let flags = UInt32(builder.hasNULInName ? 0 : JSON_C_OBJECT_ADD_KEY_IS_NEW)
          try builder.adopt(child, json_object_object_add_ex(node, name, child, flags))
        }
      }
    }
    guard let node else { throw .memory }
    return node
  }

  private func checkDepth(_ depth: Int) throws(JSONC.Refusal) {
    guard depth < JSON.Limits.deepest else {
      throw JSONC.Refusal(
        message: "arrays and objects are nested too deeply",
        expected: "at most \(JSON.Limits.deepest) levels")
    }
  }

  /// Fills a container; frees it if that fails.
  private mutating func fill(
    _ node: OpaquePointer?,
    _ body: (inout TreeBuilder, OpaquePointer) throws(JSONC.Refusal) -> Void
  ) throws(JSONC.Refusal) {
    guard let node else { return }
    do {
      try body(&self, node)
    } catch {
      json_object_put(node)
      throw error
    }
  }

  private func adopt(_ child: OpaquePointer?, _ status: Int32) throws(JSONC.Refusal) {
    guard status == 0 else {
      json_object_put(child)
      throw .memory
    }
  }

  private mutating func string(_ value: String) throws(JSONC.Refusal) -> OpaquePointer? {
    var text = isMasked ? NULMask.mask(value) : value
    try addString(text)
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        // An empty string may have no address, and json-c treats a null pointer as an error.
        $0.baseAddress.map { json_object_new_string_len($0, Int32(bytes.count)) }
          ?? json_object_new_string_len("", 0)
      }
    }
  }

  private mutating func name(_ name: String) throws(JSONC.Refusal) -> String {
    if name.utf8.contains(0) { hasNULInName = true }
    let name = isMasked ? NULMask.mask(name) : name
    try addString(name)
    return name
  }

  private mutating func addString(_ string: String) throws(JSONC.Refusal) {
    // Quotes, backslashes and control characters need up to five extra bytes.
    try add(
      string.utf8.reduce(8) { $0 + ($1 < 0x20 || $1 == 0x22 || $1 == 0x5C ? 6 : 1) })
  }

  private mutating func add(_ bytes: Int) throws(JSONC.Refusal) {
    size += bytes
    guard size <= Int(Int32.max) else {
      throw JSONC.Refusal(
        message: "the value is too large for one text",
        expected: "less than 2 GiB")
    }
  }
}
