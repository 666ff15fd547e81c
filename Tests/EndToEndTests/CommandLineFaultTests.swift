import Foundation
import Testing

/// What a command line gets wrong, told before any work.
@Suite struct CommandLineFaultTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.makeData()
  }

  /// Runs arguments that have to fail, and returns the message.
  private func failure(
    _ arguments: [String], code: Int32 = 1, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try Program.Running(arguments, in: program.folder).result()
    #expect(
      result.code == code, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    return result.errors
  }

  private func failure(
    _ line: String, code: Int32 = 1, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    try failure(
      line.split(separator: " ").map(String.init), code: code, sourceLocation: sourceLocation)
  }

  @Test("A file that holds no puzzle is told of with the formats that do")
  func filesWithoutPuzzles() throws {
    try Data("hello\n".utf8).write(to: program.url("text"))
    let message = try failure("solve solver text --task sudoku-extreme")
    for words in [
      "not recognized", "a header with a column question", "a line of 81 cells",
      "a run has the size",
    ] { #expect(message.contains(words), "\(message)") }
    // A dash is standard input, also behind an option that names a file.
    let piped = try program.shell(
      "\"$REASONGYM\" solve --film f.svg solver - --task maze-hard <text")
    #expect(piped.code == 1 && !piped.errors.contains("standard output"), "\(piped.errors)")
  }

  @Test(
    "Numbers and lists are refused with the reason",
    arguments: [
      ("scale solver --data data --segments 1,2,2", "2 occurs twice"),
      ("scale solver --data data --segments 1,x", "\"x\" is not a number"),
      ("scale solver --data data --votes ,", "a number is missing beside a comma"),
      ("scale solver --data data --votes-verify", "pass --votes or --ensemble"),
      ("scale solver --data data --chains 0", "0 is too small; expected 1 or more"),
      ("scale solver --data data --segments 100001", "expected 1...100000"),
      ("train hrm --data data --out run --flops 1e31", "at most 1e30"),
      ("train hrm --data data --out run --minutes 1e13", "at most 1e12"),
      ("train hrm --data data --out r --steps 1 --checkpoint-minutes 1e13", "at most 1e12"),
      ("train hrm --data data --out r --steps 1 --checkpoint-steps 9000000000000", "1...1000000"),
      ("train hrm --data data --out r --steps 1 --validate-steps 9000000000000", "1...1000000"),
      ("evaluate solver --data data --chains 2 --noise 0", "--noise is 0"),
      ("compare hrm --data data --steps 2 --noise 0.5 --out c", "Unknown option '--noise'"),
      ("evaluate solver --data data --predictions x --submission ./x", "name one file"),
      ("evaluate solver --data data --predictions x --submit x", "name one file"),
      ("scale solver --data data --svg curve.png", "ends in .svg"),
      ("scale solver --data data --out curve.txt", "ends in .html"),
      ("probe run --data data --out page.txt", "ends in .html"),
      ("bench ops --batch 65536 --cells 65536", "Set --batch, --cells or --hidden to less"),
      ("bench step --batch 65536 --cells 65536", "Set --batch, --cells or --hidden to less"),
      ("bench ops --hidden 9223372036854775806", "expected 2...8192"),
      ("bench ops --heads 3", "expected heads that divide it"),
      ("bench solve --dtype f16", "--dtype is f16; expected f32 or bf16"),
      ("bench solve --workers 5000", "--workers is 5000; expected 1...1024"),
      ("dataset show data --split test", "pass --index, too"),
    ])
  func numbersAndEndings(line: String, reason: String) throws {
    #expect(try failure(line, code: 64).contains(reason))
  }

  @Test(
    "A file that cannot be written is told before the work, and nothing is left",
    arguments: [
      ("evaluate solver --data data --predictions no/p.jsonl", "no/p.jsonl: there is no folder no"),
      ("evaluate solver --data data --predictions data --force", "data: this is a folder"),
      ("evaluate solver --data data --predictions data", "data: this is a folder"),
      ("evaluate solver --data data --predictions p/", "p/: this is the name of a folder"),
      ("scale solver --data data --segments 1 --out no/x.html", "there is no folder no"),
      ("scale solver --data data --segments 1 --out /proc/x.html", "/proc takes no file"),
      ("solve solver data/x.csv --task sudoku-extreme --film no/x.svg", "there is no folder no"),
    ])
  func outputFilesAreCheckedFirst(line: String, reason: String) throws {
    if line.contains("/proc"), !FileManager.default.fileExists(atPath: "/proc/self") { return }
    #expect(try failure(line).contains(reason))
    let left = try FileManager.default.subpathsOfDirectory(atPath: program.folder.url.path)
    #expect(left.contains("data") && !left.contains { $0.hasSuffix(".partial") }, "\(left)")
  }

  @Test("The name of a file to write may have one character")
  func shortName() throws {
    try program.succeed("evaluate solver --data data --predictions p")
    let answers = try String(contentsOf: program.url("p"), encoding: .utf8)
    #expect(answers.split(separator: "\n").count == 8)
  }

  @Test("Typed text is one puzzle, alone or with its answer, and nothing else")
  func typedText() throws {
    try program.succeed("train hrm --data data --steps 1 --out run \(Program.tiny)")
    func onRun(_ text: String) -> [String] { ["solve", "run", text, "--json"] }
    let (puzzle, answer) = ("1.343.1221434321", "1234341221434321")
    for between in ["\n", ";", ",", " "] {
      #expect(
        try failure(onRun(puzzle + between + puzzle)).contains("holds more than one puzzle"))
    }
    #expect(try failure(onRun("\(puzzle) more words")).contains("\"more\" beside the puzzle"))
    #expect(try failure(onRun(puzzle) + ["--index", "1"]).contains("--index is for files"))
    #expect(try failure(onRun("\(puzzle) 4321214334121234")).contains("a wrong answer"))
    // In rows, and with its answer, as before.
    for text in ["1.34\n3.12\n2143\n4321", "\(puzzle):1:\(answer)", "\(puzzle)\n\(answer)"] {
      let result = try Program.Running(onRun(text), in: program.folder).result()
      #expect(result.output.contains(puzzle), "\(result.errors)")
    }
    #expect(
      try failure(onRun("1.34\n3.12\n2143\n4321\n\n1.34\n3.12\n2143\n4321"))
        .contains("more than one puzzle"))
    #expect(
      try failure(onRun(String(repeating: ".", count: 16)))
        .contains("the puzzle \"................\": the puzzle has several solutions"))
    #expect(
      try failure(onRun(puzzle) + ["--task", "sudoku-extreme"]).contains("Leave --task out"))
    #expect(try failure(onRun("data")).contains("dataset convert"))
    let piped = try program.shell("echo \(puzzle) | \"$REASONGYM\" solve run - --json")
    #expect(piped.output.contains(puzzle), "\(piped.errors)")
    let steering = try failure(onRun("12\u{1B}[31mred"))
    #expect(!steering.contains("\u{1B}") && steering.contains("\\u{1B}"), "\(steering)")
  }

  @Test("Chains and their noise are named in the heading")
  func chainsAreNamed() throws {
    try program.succeed("train hrm --data data --steps 1 --out run \(Program.tiny)")
    let output = try program.succeed("evaluate run --data data --limit 2 --chains 2").output
    #expect(output.contains("2 chains with noise 0.3"), "\(output)")
  }
}
