import ARC
import Foundation
import Gym
import GymTestSupport
import Testing

/// Files that hold ARC tasks in other forms than a task or a competition's challenges.
@Suite struct ContainerTests {
  /// A task of two demonstrations and a question.
  private func task(_ answer: Int = 5, _ more: String = "") -> String {
    #"{"train":[{"input":[[1,2]],"output":[[2,1]]},{"input":[[3]],"output":[[3]]}],"#
      + #""test":[{"input":[[4]],"output":[[\#(answer)]]}]\#(more)}"#
  }

  /// So many pairs, as RE-ARC's generator writes them.
  private func pairs(_ count: Int) -> String {
    let pairs = (0..<count).map {
      #"{"input":[[\#($0 % 10),\#($0 / 10)]],"output":[[\#($0 / 10),\#($0 % 10)]]}"#
    }
    return "[\(pairs.joined(separator: ","))]"
  }

  private func cell(_ color: UInt8) throws -> ARCGrid { try ARCGrid([[color]]) }

  private func tasks(_ text: String, _ name: String = "file.json") throws -> [ARCTask] {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent(name)
      try write(text, to: url)
      return try read(url).map(ARCTask.init)
    }
  }

  private func failure(_ text: String, _ name: String = "file.json") -> String {
    do {
      return "no error but \(try tasks(text, name).count) tasks"
    } catch {
      return "\(error)"
    }
  }

  @Test("A JSON array of pairs is read as demonstrations and questions")
  func arraysOfPairsAreDemonstrationsAndQuestions() throws {
    for (count, questions) in [(2, 1), (9, 1), (25, 2), (100, 10)] {
      let task = try #require(try tasks(pairs(count), "aaaa0001.json").first)
      #expect(task.name == "aaaa0001")
      #expect(task.demonstrations.count == count - questions && task.tests.count == questions)
      let last = (count - 1) % 10
      #expect(task.tests.last?.answer == (try ARCGrid([[UInt8((count - 1) / 10), UInt8(last)]])))
    }
    #expect(failure(pairs(1)).contains("the array has 1 pair; expected two or more"))
    let named = try tasks(#"{"a":\#(pairs(3)),"b":\#(pairs(4))}"#)
    #expect(named.map(\.name) == ["a", "b"] && named.map(\.demonstrations.count) == [2, 3])
  }

  @Test("Files with sections, lists or lines of tasks are read")
  func sectionsListsAndLinesOfTasks() throws {
    let sections = #"{"train":{"a1":\#(task()),"a2":\#(task(6))},"eval":{"b1":\#(task(7))}}"#
    #expect(try tasks(sections).map(\.name) == ["a1", "a2", "b1"])
    #expect(try tasks(sections).map { $0.tests[0].answer } == [cell(5), cell(6), cell(7)])
    let (first, second) = (task(5, #","id":"x1""#), task(6, #","task_id":7"#))
    #expect(try tasks("[\(first),\(second),\(task())]").map(\.name) == ["x1", "7", "file-3"])
    for name in ["file.jsonl", "file"] {
      #expect(
        try tasks("\(first)\n\(second)\n\(task())\n", name).map(\.name) == ["x1", "7", "file-3"])
    }
    let columns =
      #"{"train":{"input":[[[1]],[[2]]],"output":[[[3]],[[4]]]},"test":[{"input":[[5]]}]}"#
    #expect(try tasks(columns)[0].demonstrations.map(\.answer) == [cell(3), cell(4)])
  }

  @Test("The source of each puzzle names its section of the file")
  func sourcesTellTheSections() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("file.json")
      try write(#"{"train":{"a":\#(task())},"eval":{"b":\#(task(7))}}"#, to: url)
      #expect(try read(url).map(\.examples[0].source) == ["train", "eval"])
    }
  }

  @Test("Members that are not read, and the encoding, do not influence what is read")
  func whatIsNotReadDoesNotDecide() throws {
    let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(try tasks(task(5, #","metadata":{"a":\#(deep)}"#)).count == 1)
    let utf16 = try #require("\u{FEFF}\(task())".data(using: .utf16LittleEndian))
    try withTemporaryFolder { folder in
      for (number, data) in [utf16, Data("\u{FEFF}\(task())".utf8)].enumerated() {
        let url = folder.appendingPathComponent("\(number).json")
        try data.write(to: url)
        #expect(try read(url).map(\.name) == ["\(number)"])
      }
    }
  }

  @Test("Folders may contain other files, and links to task files")
  func foldersWithOtherFilesAndLinks() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      try write(#"{"a":{"n_examples":9,"runtime":1.0}}"#, to: data.appendingPathComponent("m.json"))
      try write(task(), to: data.appendingPathComponent("tasks/t.json"))
      let link = folder.appendingPathComponent("link")
      let inner = data.appendingPathComponent("inner")
      for (place, target) in [(link, data), (inner, data.appendingPathComponent("tasks"))] {
        try FileManager.default.createSymbolicLink(at: place, withDestinationURL: target)
      }
      for url in [data, link, URL(fileURLWithPath: link.path + "/")] {
        let source = PuzzleSource(url)
        var names: [String?] = []
        try makeARC().readPuzzles(from: source) { names.append($0.name) }
        #expect(names == ["t"])
        #expect(source.log.notes.contains { $0.contains("m.json holds no task") })
        #expect(source.log.notes.contains { $0.contains("inner is a link to a folder") })
      }
    }
  }

  @Test("The error for an unreadable file says what was found in it")
  func whatIsFoundIsSaid() {
    #expect(failure(#"{"x":1,"y":[]}"#).contains("task x"))
    #expect(failure("3").contains("there is an integer"))
    #expect(failure("[]").contains("there is an array of 0"))
    #expect(failure("[1,2]").contains("there is an array of 2"))
    #expect(failure(#"{"train":5,"z":1}"#).contains("there is an object with train, z"))
  }

  /// What is wide or broken can be left out, and is told.
  @Test("A task that is too wide or broken can be skipped, and is reported")
  func oneWideTaskIsLeftOut() throws {
    try withTemporaryFolder { folder in
      let wide = [String](repeating: "0", count: 34).joined(separator: ",")
      let files = [
        "a.json": task(), "d.json": "{\"train\":",
        "b.json": task().replacingOccurrences(of: "[[1,2]]", with: "[[\(wide)]]"),
        "c.json": #"{"c1":\#(task()),"c2":{"train":5}}"#,
      ]
      for (name, text) in files { try write(text, to: folder.appendingPathComponent(name)) }
      #expect(throws: GymError.self) { try read(folder) }
      var source = PuzzleSource(folder)
      source.log = ReadingLog(skipsInvalid: true)
      for _ in 0..<2 {
        var names: [String?] = []
        try makeARC().readPuzzles(from: source) { names.append($0.name) }
        #expect(names == ["a", "c1"])
      }
      #expect(source.log.leftOut.count == 3, "\(source.log.leftOut)")
      for part in ["b.json, train pair 1", "task c2", "d.json:1:"] {
        #expect(source.log.leftOut.contains { $0.contains(part) }, "\(source.log.leftOut)")
      }
    }
  }
}
