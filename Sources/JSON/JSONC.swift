import CJSONC

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
