import Foundation
import GymJSON
import GymTestSupport
import Testing

@Suite struct JSONLinesTests {
  private func write(_ text: String, _ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.jsonl")
      try Data(text.utf8).write(to: url)
      try body(url)
    }
  }

  private func values(_ reader: JSONLinesReader) throws -> [JSON] {
    var values: [JSON] = []
    try reader.forEachValue { values.append($0) }
    return values
  }

  @Test("Written lines are read back unchanged")
  func readsBackWhatItWrote() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.jsonl")
      var random = SplitMix(seed: 1)
      let all =
        (0..<500).map { _ in random.json() } + [.string(String(repeating: "x", count: 200_000))]
      var writer = try JSONLinesWriter(to: url, .new)
      for value in all { try writer.write(value) }
      try writer.close()
      writer = try JSONLinesWriter(to: url, .repairing)
      try writer.write(["last": 1])
      try writer.close()
      try writer.close()
      #expect(throws: JSONError.self) { try writer.write(1) }
      let read = try values(JSONLinesReader(contentsOf: url))
      #expect(read.elementsEqual(all + [["last": 1]], by: isIdentical))
      #expect(throws: JSONError.self) { try JSONLinesWriter(to: url, .new) }
      try JSONLinesWriter(to: url, .replacing).write(2)
      #expect(try Data(contentsOf: url) == Data("2\n".utf8))
    }
  }

  @Test("Errors name file, line and column")
  func errorsNameFileLineAndColumn() throws {
    try write("1\n[2]\n{\"é\":x}\n4\n\n6\n") { url in
      let reader = try JSONLinesReader(contentsOf: url)
      #expect(try reader.next() == 1)
      #expect(try reader.next() == [2])
      #expect(reader.line == 2)
      var error = #expect(throws: JSONError.self) { try reader.next() }
      #expect(error?.description == "\(url.path):3:6: unexpected x; expected a value")
      #expect(try reader.next() == 4)
      error = #expect(throws: JSONError.self) { try reader.next() }
      #expect(error?.line == 5)
      #expect(try reader.next() == 6)
      #expect(try reader.next() == nil)
      #expect(try reader.next() == nil)
    }
  }

  @Test("A lenient reader passes over empty lines, and takes any line ends")
  func aLenientReaderTakesAnyLines() throws {
    for end in ["\n", "\r\n", "\r"] {
      let text = ["", "1", " \t", "", "[2]", "3x", "", "4", ""].joined(separator: end)
      for text in [text, text + end, text.trimmingCharacters(in: .newlines)] {
        try write(text) { url in
          let reader = try JSONLinesReader(contentsOf: url, isLenient: true)
          #expect(try reader.next() == 1)
          #expect(try reader.next() == [2])
          let error = #expect(throws: JSONError.self) { try reader.next() }
          #expect(error?.line == reader.line)
          #expect(try reader.next() == 4)
          #expect(try reader.next() == nil)
        }
      }
    }
  }

  @Test("An incomplete last line is rejected, dropped or repaired, as requested")
  func aCutLastLineIsReadDroppedOrRepaired() throws {
    try write("1\r\n{\"step\": 12}\n{\"step\": 1") { url in
      let strict = try JSONLinesReader(contentsOf: url)
      let error = #expect(throws: JSONError.self) { try values(strict) }
      #expect(error?.line == 3)
      let lenient = try JSONLinesReader(contentsOf: url, unfinishedLine: .drop)
      #expect(try values(lenient) == [1, ["step": 12]])
      let writer = try JSONLinesWriter(to: url, .repairing)
      try writer.write(["step": 13])
      try writer.flush()
      #expect(try values(JSONLinesReader(contentsOf: url)) == [1, ["step": 12], ["step": 13]])
    }
    try write("[1]\n[2]") { url in
      let read = try values(JSONLinesReader(contentsOf: url))
      #expect(read == [[1], [2]])
    }
  }

  @Test("A long incomplete line is repaired", arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
  func repairsALongCutLine(_ count: Int) throws {
    for head in ["", "1\n"] {
      try write(head + String(repeating: "x", count: count)) { url in
        try JSONLinesWriter(to: url, .repairing).close()
        #expect(try Data(contentsOf: url) == Data(head.utf8))
      }
    }
  }

  /// A cut at every byte of a file leaves the complete lines.
  @Test("A file cut at any byte is repaired to its complete lines")
  func everyCutCanBeRepaired() throws {
    let text = "{\"a\":\"é\"}\n[1,2]\n\"x\"\n"
    for count in 0...text.utf8.count {
      let cut = Array(text.utf8.prefix(count))
      try withTemporaryFolder { folder in
        let url = folder.appendingPathComponent("a.jsonl")
        try Data(cut).write(to: url)
        try JSONLinesWriter(to: url, .repairing).write(nil)
        let lines = cut.count { $0 == 0x0A }
        #expect(try values(JSONLinesReader(contentsOf: url)).count == lines + 1)
      }
    }
  }

  @Test("A line that is too long is rejected without reading it to its end")
  func longLinesAreRefusedWithoutReadingOn() throws {
    let limits = JSON.Limits(bytes: 10)
    try write("12345678\n\"12345678\"\n\"123456789\"\n1\n") { url in
      let reader = try JSONLinesReader(contentsOf: url, limits: limits)
      #expect(try reader.next() == 12_345_678)
      #expect(try reader.next() == "12345678")
      let error = #expect(throws: JSONError.self) { try reader.next() }
      #expect(error?.line == 3)
    }
    let endless = try JSONLinesReader(contentsOf: URL(fileURLWithPath: "/dev/zero"), limits: limits)
    #expect(throws: JSONError.self) { try endless.next() }
  }

  @Test("A pipe is read line by line")
  func readsAPipeLineByLine() throws {
    let pipe = Pipe()
    let reader = JSONLinesReader(pipe.fileHandleForReading, name: "agent")
    try pipe.fileHandleForWriting.write(contentsOf: Data("1\n[2".utf8))
    #expect(try reader.next() == 1)
    try pipe.fileHandleForWriting.write(contentsOf: Data(",3]\n".utf8))
    #expect(try reader.next() == [2, 3])
    try pipe.fileHandleForWriting.close()
    #expect(try reader.next() == nil)
  }

  /// A full device is an error, not silence.
  @Test(
    "Writing to a full device is an error",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDeviceIsAnError() throws {
    let writer = try JSONLinesWriter(to: URL(fileURLWithPath: "/dev/full"), .replacing)
    let error = #expect(throws: JSONError.self) { try writer.write(1) }
    #expect(error?.message == "can't write it: No space left on device")
  }
}
