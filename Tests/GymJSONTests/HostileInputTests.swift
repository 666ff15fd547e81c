import Foundation
import GymJSON
import Testing

@Suite struct HostileInputTests {
  static let texts = [
    #"{"train":[{"input":[[0,7,7],[7,7,7]],"output":[[1.5,-2e3]]}],"name":"a\u00e9\ud83d\ude00"}"#,
    #"[null,true,false,"",-0.0,1e-7,18446744073709551615,{"a\u0000":{"b":[[[]]]}},"\u001a"]"#,
  ]

  /// Every mutated text is either rejected with a position, or is a value that reads
  /// back identical and that Foundation's parser accepts as well.
  @Test("Mutated texts are rejected with a position, or read back identical")
  func mutatedTextsAreRefusedOrRoundTrip() throws {
    let pieces = [
      "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\u0000", "\u{0}", "\n", "-",
      "0", ".", "e", "9999999999", "NaN", "null", "'", "/*", "\u{1A}", "é", " ",
    ].map { Array($0.utf8) }
    var accepted = 0
    for seed in 0..<40_000 as Range<UInt64> {
      var random = SplitMix(seed: seed)
      var bytes = Array(Self.texts[Int(seed % 2)].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: pieces.randomElement(using: &random)!, at: place)
        case 3: bytes.removeSubrange(place...)
        default: bytes.append(contentsOf: bytes[place...])
        }
        if bytes.isEmpty { bytes = [0x30] }
      }
      do {
        let value = try JSON(parsing: bytes, name: "seed \(seed)")
        accepted += 1
        try #require(isIdentical(JSON(parsing: value.text()), value), "seed \(seed)")
        _ = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      } catch let error as JSONError {
        let line = try #require(error.line, "seed \(seed)")
        let column = try #require(error.column, "seed \(seed)")
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        try #require((1...lines.count).contains(line), "seed \(seed): \(error)")
        try #require((1...lines[line - 1].count + 1).contains(column), "seed \(seed): \(error)")
      } catch {
        Issue.record("seed \(seed): Foundation refuses \(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(accepted > 1_000)
  }

  @Test("Every proper prefix of a text is rejected")
  func everyPrefixIsRefused() throws {
    for text in Self.texts {
      for count in 0..<text.utf8.count {
        let error = #expect(throws: JSONError.self) {
          try JSON(parsing: Array(text.utf8.prefix(count)))
        }
        #expect(error?.line == 1)
      }
    }
  }

  /// Long numbers, names that differ only at their ends, and many members.
  @Test("Long numbers, long names and many members are read completely")
  func largePiecesAreReadWhole() throws {
    let digits = String(repeating: "3", count: 300_000)
    #expect(try JSON(parsing: "0." + digits) == .number(1 / 3))
    #expect(throws: JSONError.self) { try JSON(parsing: digits) }
    let long = String(repeating: "x", count: 20_000)
    var object = JSONObject()
    for index in 0..<200 { object[long + "\(index)"] = JSON(index) }
    let value = JSON.object(object)
    #expect(try JSON(parsing: value.text()) == value)
  }

  /// The same texts on many threads at once give the same values.
  @Test("Parsing on many threads gives the same values")
  func parsesOnManyThreads() async throws {
    let value = try JSON(parsing: Self.texts[0])
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask {
          try (0..<200).allSatisfy { _ in
            try JSON(parsing: Self.texts[0]) == value && JSON(parsing: value.text()) == value
          }
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }
}
