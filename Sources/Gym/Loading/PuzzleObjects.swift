import JSON

/// The values of a JSON lines file, or of a file that has them all in one array.
struct PuzzleObjects {
  /// A value, its line or its number in the array, and its place for messages.
  typealias Item = (json: JSON, number: Int, place: String)

  private let source: PuzzleSource
  private let lines: JSONLinesReader?
  private var rest: ArraySlice<JSON> = []

  init(_ source: PuzzleSource) throws {
    self.source = source
    let text = try LineReader(source)
    var first = try text.next()
    while let line = first, line.isEmpty { first = try text.next() }
    guard first?.first == UInt8(ascii: "[") else {
      lines = try JSONLinesReader(contentsOf: source.url, name: source.path)
      return
    }
    lines = nil
    rest = try JSON(contentsOf: source.url, name: source.path).array?[...] ?? []
  }

  /// The next value; nil at the end. A line that is no JSON is left out if the source says so.
  mutating func next() throws -> Item? {
    guard let lines else {
      guard let json = rest.popFirst() else { return nil }
      return (json, rest.startIndex, "\(source.path), item \(rest.startIndex)")
    }
    while true {
      let before = lines.line
      if let json = try source.log.valid({ try lines.next() ?? .null }), lines.line > before {
        return (json, lines.line, "\(source.path):\(lines.line)")
      }
      // A line too long is not gone past.
      if lines.line == before { return try lines.next().map { ($0, lines.line, source.path) } }
    }
  }
}
