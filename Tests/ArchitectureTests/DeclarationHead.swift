/// The beginning of a declaration: its kind, name and labels, and inherited types.
struct DeclarationHead {
  let kind: String
  let isPublic: Bool
  /// What follows the kind.
  private var text: Substring

  /// Nil if no declaration begins on the line.
  init?(_ line: Substring) {
    var text = line.drop { $0 == " " }
    var isPublic = false
    while true {
      let isAttribute = text.first == "@"
      if isAttribute { text.removeFirst() }
      let word = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      guard isAttribute || Self.modifiers.contains(word) else {
        guard Self.kinds.contains(word) else { return nil }
        (kind, self.isPublic, self.text) = (word, isPublic, text.dropFirst(word.count))
        return
      }
      text = text.dropFirst(word.count)
      if text.first == "(" {
        text = text.dropFirst(Self.parts(of: text.dropFirst()).length + 2)
      } else if word == "public" {
        isPublic = true
      }
      text = text.drop { $0 == " " }
    }
  }

  var opensScope: Bool { Self.types.contains(kind) }

  /// Adds the lines that belong to the head: to the brace of a type, to the last parameter.
  mutating func complete(with lines: ArraySlice<Substring>) {
    guard opensScope || ["func", "init", "subscript"].contains(kind) else { return }
    for line in lines {
      let isWhole =
        opensScope
        ? text.contains("{") : text.contains("(") && Self.parts(of: parameterText).isClosed
      if isWhole { return }
      text += " " + line.drop { $0 == " " }
    }
  }

  /// A type's own name without the enclosing types, a function's with its labels.
  var signature: String {
    let text = text.drop { $0 == " " || $0 == "?" || $0 == "`" }
    guard !opensScope else {
      let path = text.prefix { !" :<{".contains($0) }
      return String(path.split(separator: ".").last ?? path)
    }
    let isOperator = text.first.map { "=<>+-*/&|!~^".contains($0) } ?? false
    let name = text.prefix { isOperator ? $0 != " " && $0 != "(" : $0.isLetter || $0.isNumber }
    guard ["func", "init", "subscript"].contains(kind) else { return String(name) }
    let labels = Self.parts(of: parameterText).parts.map { part -> String in
      let words = part.prefix { $0 != ":" }.split(separator: " ").filter { $0.first != "@" }
      let isUnnamed = isOperator || kind == "subscript" && words.count == 1
      return isUnnamed ? "_:" : "\(words.first ?? "_"):"
    }
    return "\(kind == "func" ? String(name) : kind)(\(labels.joined()))"
  }

  /// The last components of the names behind a type's colon.
  var inherited: [String] {
    var header = String(text.prefix { $0 != "{" })
    if let place = header.range(of: " where ") { header = String(header[..<place.lowerBound]) }
    header.replace(/<[^<>]*>/, with: "")
    guard let colon = header.firstIndex(of: ":") else { return [] }
    return header[colon...].dropFirst().split { ",& ".contains($0) }
      .compactMap { $0.split(separator: ".").last.map(String.init) }
  }

  private var parameterText: Substring {
    text.drop { $0 != "(" }.dropFirst()
  }

  /// The parts between commas, up to the closing parenthesis; and their length.
  private static func parts(
    of text: Substring
  ) -> (parts: [String], length: Int, isClosed: Bool) {
    var parts = [""]
    var (depth, length) = (0, 0)
    var last: Character = " "
    for character in text {
      if "([{<".contains(character) { depth += 1 }
      if ")]}".contains(character) || character == ">" && last != "-" { depth -= 1 }
      if depth < 0 { return (parts.filter { !$0.isEmpty }, length, true) }
      if depth == 0, character == "," {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
      (last, length) = (character, length + 1)
    }
    return (parts, length, false)
  }

  private static let types: Set = ["actor", "class", "enum", "extension", "protocol", "struct"]
  private static let kinds = types.union([
    "associatedtype", "case", "func", "init", "let", "subscript", "typealias", "var",
  ])
  private static let modifiers: Set = [
    "borrowing", "consuming", "convenience", "fileprivate", "final", "indirect", "internal",
    "lazy", "mutating", "nonisolated", "override", "package", "private", "public", "required",
    "static", "unowned", "weak",
  ]
}
