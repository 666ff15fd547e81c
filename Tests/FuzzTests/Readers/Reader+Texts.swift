import ARC
import Foundation
import Gym
import GymJSON
import MazeHard
import SudokuExtreme

extension Reader {
  static let json = Reader(name: "json") {
    bytes(
      #"{"a":[1,-2.5e-3,true,null,"\u00e9\ud83d\ude00"],"b":{"":0}}"#, "[[[[]]]]",
      "18446744073709551615", #""\\\"\u0000""#)
  } read: { bytes in
    let value = try JSON(parsing: bytes, limits: JSON.Limits(depth: 64))
    let text = try value.bytes()
    try expect(
      JSON(parsing: text, limits: JSON.Limits(depth: 64)) == value, "it reads back otherwise")
  }

  static let jsonLines = Reader(name: "json-lines") {
    let lines = "{\"a\":1}\n[2,\"b\"]\n"
    let packed = Data(base64Encoded: "H4sIAAAAAAACA6tWSlSyMqzlijbSUUpSiuUCANOHL7MQAAAA") ?? Data()
    return bytes(lines, "\u{FEFF}" + lines) + [Array(packed)]
      + [String.Encoding.utf16LittleEndian, .utf16BigEndian].map {
        Array(lines.data(using: $0) ?? Data())
      }
  } read: { bytes in
    let reader = try JSONLinesReader(contentsOf: file("lines.jsonl", bytes))
    var count = 0
    try reader.forEachValue { _ in count += 1 }
    try expect(reader.line == count, "\(count) values on \(reader.line) lines")
  }

  /// The first byte chooses the format and the task.
  static let tables = Reader(name: "tables") {
    let (open, solved) = ("1.3.3.1.2.4..3.1", "1234341221434321")
    let texts = [
      "source,question,answer,rating\n\"a,b\",\(open),\(solved),1.5\n,\(open),,\n",
      "# remark\n\(open)\n\(solved) ; 3\n\n\(open):1:\(solved)\n",
      "{\"question\":\"\(open)\",\"answer\":\"\(solved)\",\"rating\":2,\"puzzle\":\"p\"}\n",
      "1.3.\n3.1.\n2.4.\n.3.1\n\n1 2|3 4\n3 4|1 2\n---+---\n2 1|4 3\n4 3|2 1\n",
      "quizzes,solutions\n\(open),\(solved)\n",
    ]
    return texts.enumerated().map { [UInt8($0)] + Array($1.utf8) }
      + [[13] + Array("#####\n#S  #\n# # #\n#  G#\n#####\n".utf8)]
  } read: { bytes in
    let choice = Int(bytes.first ?? 0)
    let formats: [SourceFormat?] = [.csv, .lines, .jsonLines, .textGrid, nil]
    let task = tasks[choice / formats.count % tasks.count]
    let url = try file("tables.txt", bytes.dropFirst())
    let source = PuzzleSource(url, format: formats[choice % formats.count])
    try check(task, source, isEmpty: bytes.count < 2)
  }

  static let arc = Reader(name: "arc") {
    let pair = #"{"input":[[1,2],[3,4]],"output":[[4]]}"#
    let task = #"{"train":[\#(pair)],"test":[\#(pair)]}"#
    return bytes(
      task, #"{"00ab12cd":\#(task),"b":\#(task)}"#, "[\(pair),\(pair)]",
      #"[{"id":"a","train":[\#(pair)],"test":[{"input":[[0]]}]}]"#)
  } read: { bytes in
    try check(arcTask, PuzzleSource(file("task.json", bytes), format: .arcJSON), isEmpty: false)
  }

  static let submission = Reader(name: "submission") {
    bytes(
      #"{"a":[{"attempt_1":[[1,2]],"attempt_2":[[0]]}],"b":[null,{"attempt_1":[]}]}"#,
      #"{"a":[{"attempt_1":{"answer":[[1]],"metadata":{"pair_index":0}},"attempt_3":[[2]]}]}"#)
  } read: { bytes in
    let submission = try ARCSubmission(contentsOf: file("submission.json", bytes))
    let again = try ARCSubmission(
      contentsOf: file("again.json", try submission.json().bytes()))
    try expect(
      again.tasks.map(\.task) == submission.tasks.map(\.task), "it has other tasks when read back")
  }

  private static let tasks: [any Task] = [small, made(SudokuExtreme.self), made(MazeHard.self, 5)]
  private static let arcTask = made(ARC.self)
  static let small = made(SudokuExtreme.self, 4)

  /// A task of a size, or of the usual one.
  static func made<T: Task>(_ type: T.Type, _ size: Int? = nil) -> T {
    do {
      var settings = Settings(type.settings)
      if let size { try settings.set("size", to: "\(size)") }
      return try type.init(settings: settings)
    } catch {
      fatalError("\(error)")
    }
  }

  /// Reads puzzles, which must have the task's cells and tokens; refusals must name the file.
  private static func check(_ task: any Task, _ source: PuzzleSource, isEmpty: Bool) throws {
    do {
      try task.readPuzzles(from: source) { puzzle in
        for example in puzzle.examples + puzzle.demonstrations {
          try expect(
            example.question.count == task.grid.cells
              && (example.question + example.answer).allSatisfy(task.vocabulary.contains),
            "a question that the task does not have")
        }
      }
    } catch let error where Self.isRefusal(error) {
      try expect(
        isEmpty || "\(error)".contains(source.url.lastPathComponent),
        "the message does not name the file: \(error)")
      throw error
    }
  }
}
