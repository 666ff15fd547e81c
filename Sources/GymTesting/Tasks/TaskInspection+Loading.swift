import Foundation
import Gym
import GymJSON
import GymRandomness

extension TaskInspection {
  /// Files in the vocabulary's characters are read back as written.
  func inspectLoading() {
    for format in Subject.formats {
      guard let file = text(of: examples, as: format) else { continue }
      let read = log.making(.loading) {
        try puzzles(inFile: Array(file.utf8), as: format).flatMap(\.examples)
      }
      guard let read else { continue }
      guard read.count == examples.count else {
        log.fail(
          .loading, "\(examples.count) puzzles in \(format.rawValue) are read as \(read.count)")
        continue
      }
      for (read, written) in zip(read, examples) {
        log.expect(
          read.question == written.question, .loading,
          "\(show(written.question)) in \(format.rawValue) is read as \(show(read.question))")
        guard format == .csv || format == .jsonLines else { continue }
        log.expect(
          read.answer == written.answer && read.rating == written.rating
            && read.source == written.source, .loading,
          "the answer, rating or source in \(format.rawValue) is read as \(show(read.answer)), "
            + "\(read.rating.map { "\($0)" } ?? "none"), \"\(read.source)\"")
      }
    }
  }

  /// Damaged files are read as valid puzzles, or rejected with an error that names the place.
  func inspectDamagedFiles() {
    for format in Subject.formats {
      guard let file = text(of: Array(examples.prefix(4)), as: format) else { continue }
      for index in 0..<effort.damagedFiles {
        var random = stream("damage " + format.rawValue, index)
        let bytes = Self.damaged(Array(file.utf8), using: &random)
        do {
          let read = try puzzles(inFile: bytes, as: format)
          for example in read.flatMap({ $0.demonstrations + $0.examples }) {
            inspectRead(example)
          }
        } catch {
          log.expect(
            error is GymError || error is JSONError, .damagedFiles,
            "a damaged \(format.rawValue) file throws a \(type(of: error))")
        }
      }
    }
  }

  private func inspectRead(_ example: Example) {
    for tokens in [example.question, example.answer] {
      // Without a label, the answer is empty.
      guard let (check, found) = problem(with: tokens), check != .padding,
        !(tokens.isEmpty && tokens == example.answer)
      else { continue }
      log.fail(.damagedFiles, "a puzzle is read from a damaged file with \(found)")
    }
  }

  /// Examples as a file; nil for a format that the vocabulary alone does not determine.
  private func text(of examples: [Example], as format: SourceFormat) -> String? {
    let vocabulary = task.vocabulary
    switch format {
    case .csv:
      let rows = examples.map { example in
        [
          example.source, vocabulary.text(example.question), vocabulary.text(example.answer),
          example.rating.map { "\($0)" } ?? "",
        ].map(Self.quoted).joined(separator: ",") + "\n"
      }
      return "source,question,answer,rating\n" + rows.joined()
    case .lines: return examples.map { vocabulary.text($0.question) + "\n" }.joined()
    case .jsonLines:
      return examples.map { example in
        var object: JSONObject = [
          "question": .string(vocabulary.text(example.question)),
          "answer": .string(vocabulary.text(example.answer)), "source": .string(example.source),
        ]
        if let rating = example.rating { object["rating"] = .number(rating) }
        return JSON.object(object).text() + "\n"
      }.joined()
    case .textGrid:
      let columns = task.grid.columns
      return examples.map { example in
        let rows = stride(from: 0, to: task.grid.cells, by: columns).map {
          vocabulary.text(Array(example.question[$0..<$0 + columns])) + "\n"
        }
        return rows.joined() + "\n"
      }.joined()
    case .arcJSON: return nil
    }
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { "\",\n\r".contains($0) }) else { return field }
    return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}

extension TaskInspection {
  /// Reads puzzles from a temporary file, which is removed afterwards.
  func puzzles(inFile bytes: [UInt8], as format: SourceFormat) throws -> [Puzzle] {
    let folder = FileManager.default.temporaryDirectory
    let url = folder.appendingPathComponent("conformance-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    // If removing it fails, it is still in the system's temporary folder.
    defer { try? FileManager.default.removeItem(at: url) }
    var puzzles: [Puzzle] = []
    try task.readPuzzles(from: PuzzleSource(url, format: format)) { puzzles.append($0) }
    return puzzles
  }

  /// Bytes with a few random edits.
  static func damaged(_ bytes: [UInt8], using random: inout RandomStream) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(4) where !bytes.isEmpty {
      let start = random.below(bytes.count)
      let end = min(bytes.count, start + 1 + random.below(40))
      switch random.below(6) {
      case 0: bytes[start] = UInt8(random.below(256))
      case 1: bytes[start] ^= 1 << random.below(8)
      case 2: bytes.removeSubrange(start..<end)
      case 3: bytes.insert(contentsOf: Array(bytes[start..<end]), at: random.below(bytes.count))
      case 4: bytes.removeSubrange(start...)
      default:
        let special = Array(",\"\n\r\0\t ".utf8) + [0xFF, 0xC3]
        bytes.insert(special[random.below(special.count)], at: start)
      }
    }
    return bytes
  }
}
