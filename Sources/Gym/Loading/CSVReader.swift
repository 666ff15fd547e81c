import Foundation

/// Reads the records of a CSV file (RFC 4180) with a header, one at a time.
///
/// Fields may be quoted, with `""` for a quote inside, and may then contain commas and line ends.
struct CSVReader {
  /// The names in the header, in order.
  let columns: [String]
  /// The line at which the last record begins.
  private(set) var line = 1
  private let reader: LineReader
  /// The last record's bytes without quotes, and the ends of its fields in them.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - known: the names that the header may use.
  ///   - needed: those of them that it must use.
  init(_ url: URL, known: [String], needed: [String]) throws {
    reader = try LineReader(url)
    var header = CSVReader(reader)
    let expected =
      "a header with \(needed.joined(separator: ", ")), and any of "
      + known.filter { !needed.contains($0) }.joined(separator: ", ")
    guard try header.advance() else {
      throw GymError("the file is empty", at: reader.path, expected: expected)
    }
    columns = (0..<header.fieldCount).map {
      String(decoding: header.field($0), as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }
    for name in needed where !columns.contains(name) {
      throw GymError(
        "there is no column \"\(name)\"", at: reader.place, expected: expected)
    }
    for name in known where columns.filter({ $0 == name }).count > 1 {
      throw GymError(
        "the column \"\(name)\" stands twice", at: reader.place, expected: expected)
    }
  }

  private init(_ reader: LineReader) {
    self.reader = reader
    columns = []
  }

  /// The number of fields of the last record.
  var fieldCount: Int { ends.count }

  /// The bytes of a field of the last record.
  func field(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// Reads the next record; false at the end. Skips empty lines.
  mutating func next() throws -> Bool {
    guard try advance() else { return false }
    guard ends.count == columns.count else {
      throw error(
        "the row has \(ends.count) field\(ends.count == 1 ? "" : "s")",
        expected: "\(columns.count): \(columns.joined(separator: ","))")
    }
    return true
  }

  /// The location of the last record, for errors.
  var place: String { "\(reader.path):\(line)" }

  private func error(_ what: String, expected: String? = nil) -> GymError {
    GymError(what, at: place, expected: expected)
  }

  private mutating func advance() throws -> Bool {
    var text: ArraySlice<UInt8>
    repeat {
      guard let next = try reader.next() else { return false }
      text = next
    } while text.isEmpty
    line = reader.line
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    while true {
      if text.first == 0x22 {
        try readQuoted(&text)
      } else {
        let field = text.prefix { $0 != 0x2C }
        bytes.append(contentsOf: field)
        text = text[field.endIndex...]
      }
      ends.append(bytes.count)
      guard text.popFirst() != nil else { return true }
    }
  }

  /// Reads a quoted field; `text` is left at the comma after it, or empty.
  private mutating func readQuoted(_ text: inout ArraySlice<UInt8>) throws {
    text.removeFirst()
    while true {
      let part = text.prefix { $0 != 0x22 }
      bytes.append(contentsOf: part)
      text = text[part.endIndex...]
      if text.isEmpty {
        guard let next = try reader.next() else {
          throw error("a quote is not closed", expected: "a second quote before the file's end")
        }
        guard bytes.count <= LineReader.lineLimit else {
          throw error("the row has more than \(LineReader.lineLimit) bytes")
        }
        bytes.append(0x0A)
        text = next
        continue
      }
      text.removeFirst()
      guard text.first == 0x22 else { break }
      bytes.append(0x22)
      text.removeFirst()
    }
    guard text.isEmpty || text.first == 0x2C else {
      throw error("text follows a closing quote", expected: "a comma or the end of the line")
    }
  }
}
