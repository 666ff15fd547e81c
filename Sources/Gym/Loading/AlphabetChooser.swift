import Foundation

/// Finds out in which of several alphabets texts are written: from their own characters, or, if
/// these fit several alphabets, from all texts of the file.
final class AlphabetChooser {
  private let alphabets: [Alphabet]
  /// For each byte, one bit per alphabet that has it.
  private let masks: [UInt8]
  private let file: URL?
  /// The length of the file's texts: that of a board or of a row.
  private let length: Int
  /// The result of scanning the whole file, once that was needed.
  private var survey: Survey?

  private enum Survey {
    /// All texts fit this alphabet, and no other.
    case one(Alphabet)
    /// All texts fit each of these.
    case several([Alphabet])
    /// No alphabet fits all texts.
    case mixed
  }

  /// Lines beyond these are not scanned.
  private static let maximumLines = 100_000

  /// - Parameters:
  ///   - alphabets: the task's own first.
  ///   - file: the file with the texts, if it can be read twice.
  init(_ alphabets: [Alphabet], file: URL?, length: Int) {
    precondition(alphabets.count <= 8)
    (self.alphabets, self.file, self.length) = (alphabets, file, length)
    var masks = [UInt8](repeating: 0, count: 256)
    for (bit, alphabet) in alphabets.enumerated() {
      for byte in 0..<256 where alphabet.tokens[byte] != Alphabet.none {
        masks[byte] |= 1 << UInt8(bit)
      }
    }
    self.masks = masks
  }

  /// The alphabet of a question, with its answer if there is one.
  ///
  /// - Throws: a `GymError` that names the first character at which no alphabet fits.
  func alphabet(of question: ArraySlice<UInt8>, answer: ArraySlice<UInt8>) throws -> Alphabet {
    // Most texts fit one alphabet only, which is decided at once.
    var mask = UInt8.max
    for byte in question { mask &= masks[Int(byte)] }
    for byte in answer { mask &= masks[Int(byte)] }
    if mask.nonzeroBitCount == 1, !alphabets[mask.trailingZeroBitCount].doubtsZero {
      return alphabets[mask.trailingZeroBitCount]
    }
    let fitting = try fitting([question, answer])
    guard fitting.count > 1 else { return fitting[0] }
    return try choose(fitting, question, answer)
  }

  /// Whether some alphabet has a byte.
  func reads(_ byte: UInt8) -> Bool { masks[Int(byte)] != 0 }

  /// Checks that some alphabet fits a part of a text.
  func check(_ text: ArraySlice<UInt8>) throws { _ = try fitting([text]) }

  /// The alphabets that fit all the texts, at least one.
  private func fitting(_ texts: [ArraySlice<UInt8>]) throws -> [Alphabet] {
    let seen = Set(texts.joined())
    let fitting = alphabets.filter { alphabet in
      let reads = alphabet.reads(seen)
      return seen.allSatisfy { reads[Int($0)] }
    }
    guard fitting.isEmpty else { return fitting }
    throw fault(in: texts, seen)
  }

  /// The alphabet of a text that fits several.
  private func choose(
    _ fitting: [Alphabet], _ question: ArraySlice<UInt8>, _ answer: ArraySlice<UInt8>
  ) throws -> Alphabet {
    let survey = try self.survey ?? look()
    self.survey = survey
    if case .one(let alphabet) = survey, fitting.contains(alphabet) { return alphabet }
    var likely = fitting
    func prefer(_ isLikely: (Alphabet) -> Bool) {
      let better = likely.filter(isLikely)
      if !better.isEmpty { likely = better }
    }
    if case .several(let common) = survey { prefer(common.contains) }
    prefer { $0.isBalanced(question) && $0.isBalanced(answer) }
    prefer { $0.blanks(in: Set(answer)).isEmpty }
    prefer { $0.blanks(in: Set(question)).count <= 1 }
    if likely.count == 1 { return likely[0] }
    if case .mixed = survey {
      throw GymError(
        "the characters fit several alphabets, and the file uses more than one",
        expected: "one of \(Self.names(likely))", remedy: "Write all puzzles in one of them.")
    }
    // The file has no symbol that tells them apart, so the puzzle is the same in each.
    return likely[0]
  }

  /// Scans the whole file, whatever its format: every word with the length of a text counts.
  private func look() throws -> Survey {
    guard let file, Self.isRegular(file) else { return .several(alphabets) }
    let lines = try LineReader(file)
    var fitting = alphabets
    var seen: Set<UInt8> = []
    var isBalanced = alphabets.map { _ in true }
    while lines.line < Self.maximumLines, let line = try lines.next() {
      if line.first == UInt8(ascii: "#") { continue }
      for word in line.split(whereSeparator: Self.isSeparator) where word.count == length {
        // A word that no alphabet can read is some other field, or is reported when its turn comes.
        guard let here = try? self.fitting([word]) else { continue }
        fitting.removeAll { !here.contains($0) }
        if fitting.isEmpty { return .mixed }
        seen.formUnion(word)
        for (index, alphabet) in alphabets.enumerated() where isBalanced[index] {
          isBalanced[index] = alphabet.isBalanced(word)
        }
      }
    }
    if fitting.count > 1 {
      let balanced = zip(alphabets, isBalanced).filter { $1 && fitting.contains($0) }.map(\.0)
      if !balanced.isEmpty { fitting = balanced }
      let plain = fitting.filter { $0.blanks(in: seen).count == 1 }
      if !plain.isEmpty { fitting = plain }
    }
    return fitting.count == 1 ? .one(fitting[0]) : .several(fitting)
  }

  private static func isRegular(_ file: URL) -> Bool {
    var status = stat()
    return stat(file.path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 0x20
      || [0x22, 0x27, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7C, 0x7D].contains(byte)
  }

  private static func names(_ alphabets: [Alphabet]) -> String {
    alphabets.map(\.name).joined(separator: ", or ")
  }

  /// The first character that is missing from the alphabet that reads most of the texts.
  private func fault(in texts: [ArraySlice<UInt8>], _ seen: Set<UInt8>) -> GymError {
    let tables = alphabets.map { $0.reads(seen) }
    let counts = tables.map { reads in texts.joined().count { reads[Int($0)] } }
    let best = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
    let reads = tables[best]
    let text = texts.first { text in text.contains { !reads[Int($0)] } } ?? []
    let offset = text.prefix { reads[Int($0)] }.count
    let rest = String(decoding: text.dropFirst(offset), as: UTF8.self)
    let character = rest.first.map { String(reflecting: String($0)) } ?? "nothing"
    let isZero = rest.first == "0" && alphabets[best].blank != Alphabet.none
    let blanks = Alphabet.blanks.dropLast().filter { !isZero || $0 != "0" }
    return GymError(
      "character \(offset + 1) is \(character)"
        + (isZero ? " beside another character for blanks" : ""),
      expected: "one of \(alphabets[best].name)"
        + (alphabets[best].blank == Alphabet.none
          ? "" : ", or for a blank one of " + blanks.map(String.init).joined(separator: " ")))
  }
}
