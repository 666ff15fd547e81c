import CJSONC

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
