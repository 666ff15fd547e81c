/// The declarations of Swift files. The code is formatted, so that indentation shows the nesting.
struct Declarations {
  /// A public symbol: a declaration, a public protocol's requirement, a public enum's case. Members
  /// of unavailable extensions cannot be used and are left out.
  struct Symbol {
    /// The file and the line.
    let place: String
    /// The type that it is a member of; nil for types and requirements.
    let type: String?
    /// The name, with a function's labels.
    let signature: String
    let isDocumented: Bool
  }

  private struct Scope {
    let indent: Int
    let kind: String
    let name: String
    let isPublic: Bool
    let isUnavailable: Bool
  }

  private(set) var symbols: [Symbol] = []
  /// What each type conforms to and each protocol refines.
  private var bases: [String: Set<String>] = [:]
  private var requirements = Self.foreignRequirements

  /// The symbols that neither have a comment nor inherit one from a requirement.
  var undocumented: [Symbol] {
    symbols.filter { symbol in
      guard !symbol.isDocumented, let type = symbol.type else { return !symbol.isDocumented }
      return !protocols(of: type).contains {
        requirements[$0, default: []].contains(symbol.signature)
      }
    }
  }

  /// The protocols that refine a protocol.
  func protocols(refining root: String) -> Set<String> {
    Set(requirements.keys.filter { $0 != root && protocols(of: $0).contains(root) })
  }

  /// The members of types that conform to a protocol, if they look like requirements of protocols
  /// that refine it, and the type conforms to none of these.
  func unclaimed(refining root: String) -> [Symbol] {
    let abilities = protocols(refining: root)
    return symbols.filter { symbol in
      guard let type = symbol.type, requirements[type] == nil else { return false }
      let known = protocols(of: type)
      let owners = abilities.filter { requirements[$0, default: []].contains(symbol.signature) }
      return known.contains(root) && !owners.isEmpty && owners.isDisjoint(with: known)
        && !requirements[root, default: []].contains(symbol.signature)
    }
  }

  /// A type's protocols with all protocols that these refine, itself included.
  private func protocols(of type: String) -> Set<String> {
    var found: Set<String> = [type]
    var open = [type]
    while let next = open.popLast() {
      open += bases[next, default: []].filter { found.insert($0).inserted }
    }
    return found
  }

  mutating func read(_ file: PackageFiles.File) {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    var scopes: [Scope] = []
    var isQuoted = false
    for (index, line) in lines.enumerated() {
      // Lines of a long string are text, not code.
      let isText = isQuoted
      if line.components(separatedBy: "\"\"\"").count % 2 == 0 { isQuoted.toggle() }
      let indent = line.utf8.prefix { $0 == UInt8(ascii: " ") }.count
      guard !isText, let first = line.dropFirst(indent).first else { continue }
      while let last = scopes.last, indent <= last.indent, first != "{", first != ")" {
        scopes.removeLast()
      }
      guard var head = DeclarationHead(line) else { continue }
      head.complete(with: lines[(index + 1)...].prefix(20))
      let scope = scopes.last.flatMap { $0.indent + 2 == indent ? $0 : nil }
      if head.opensScope {
        bases[head.signature, default: []].formUnion(head.inherited)
        scopes.append(
          Scope(
            indent: indent, kind: head.kind, name: head.signature, isPublic: head.isPublic,
            isUnavailable: lines[..<index].last?.contains("@available(*, unavailable") ?? false))
      }
      let isRequirement = scope?.kind == "protocol"
      if isRequirement, let scope { requirements[scope.name, default: []].insert(head.signature) }
      let isCase = head.kind == "case"
      let isSeen =
        isRequirement || isCase && scope?.kind == "enum"
        ? scope?.isPublic == true : head.isPublic && head.kind != "extension"
      guard isSeen, scope?.isUnavailable != true else { continue }
      let above = lines[..<index].last { !$0.drop { $0 == " " }.hasPrefix("@") }
      symbols.append(
        Symbol(
          place: "\(file.path):\(index + 1):",
          type: isRequirement || head.opensScope ? nil : scope?.name, signature: head.signature,
          isDocumented: above?.drop { $0 == " " }.hasPrefix("///") ?? false))
    }
  }

  /// The requirements of other packages' protocols that this package implements.
  private static let foreignRequirements: [String: Set<String>] = [
    "Collection": ["startIndex", "endIndex", "subscript(_:)", "index(after:)"],
    "Comparable": ["<(_:_:)", "==(_:_:)"],
    "CustomDebugStringConvertible": ["debugDescription"],
    "CustomStringConvertible": ["description"],
    "Equatable": ["==(_:_:)"],
    "ExpressibleByArgument": ["init(argument:)"],
    "ExpressibleByArrayLiteral": ["init(arrayLiteral:)"],
    "ExpressibleByBooleanLiteral": ["init(booleanLiteral:)"],
    "ExpressibleByDictionaryLiteral": ["init(dictionaryLiteral:)"],
    "ExpressibleByIntegerLiteral": ["init(integerLiteral:)"],
    "ExpressibleByNilLiteral": ["init(nilLiteral:)"],
    "ExpressibleByStringLiteral": ["init(stringLiteral:)"],
    "Hashable": ["==(_:_:)", "hash(into:)"],
    "HTTPHandler": ["handleRequest(_:)"],
    "IteratorProtocol": ["next()"],
    "ParsableArguments": ["init()", "validate()"],
    "ParsableCommand": ["configuration", "init()", "run()", "validate()"],
    "RandomAccessCollection": ["startIndex", "endIndex", "subscript(_:)"],
    "RandomNumberGenerator": ["next()"],
    "Sequence": ["makeIterator()"],
  ]
}
