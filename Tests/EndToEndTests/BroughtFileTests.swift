import Foundation
import GymJSON
import Testing

/// Files and pipes as people bring them.
@Suite struct BroughtFileTests {
  private let program: Program

  init() throws {
    program = try Program()
  }

  private func write(_ text: String, _ name: String) throws {
    let url = program.url(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// The first lines of generated puzzles with their answers, in another table's columns.
  private func table() throws -> String {
    try program.makeData()
    try program.succeed("dataset convert data --split train --to csv --out data.csv")
    let text = try String(contentsOf: program.url("data.csv"), encoding: .utf8)
    return text.replacingOccurrences(
      of: "source,question,answer,rating", with: "x,Quizzes,Solutions,y")
  }

  @Test("Pipes and gzip files are read")
  func pipesAndPackedFilesAreRead() throws {
    try write(try table(), "p.csv")
    let build = "\"$REASONGYM\" dataset build sudoku-extreme --set size=4"
    for (number, line) in [
      "gzip -k p.csv; \(build) --train p.csv.gz --out O",
      "cat p.csv | \(build) --train /dev/stdin --out O",
      "cat p.csv | \(build) --train - --subsample 5 --out O",
      "mkfifo f; cat p.csv > f & \(build) --train f --out O",
    ].enumerated() {
      let result = try program.shell(
        line.replacingOccurrences(of: "--out O", with: "--out o\(number)"))
      #expect(result.code == 0, "\(line): \(result.errors)")
      #expect(result.output.contains(number == 2 ? " 5 " : " 24 "), "\(result.output)")
    }
    let twice = try program.shell("cat p.csv | \(build) --train - --test - --out twice")
    #expect(twice.code == 1 && twice.errors.contains("a pipe can be read only once"))
    let zip = try program.shell("printf 'PK\\003\\004' > p.zip; \(build) --train p.zip --out zip")
    #expect(zip.code == 1 && zip.errors.contains("p.zip: the file is a zip archive"))
    #expect(zip.errors.contains("unzip -p"), "\(zip.errors)")
    let empty = try program.shell("head -1 p.csv > e.csv; \(build) --train e.csv --out empty")
    #expect(
      empty.code == 1 && empty.errors.contains("e.csv: it holds no puzzle"), "\(empty.errors)")
  }

  @Test("--columns names the columns of a table")
  func columnsAreNamed() throws {
    try write(
      try table().replacingOccurrences(of: "Quizzes,Solutions", with: "start,end"), "p.csv")
    let line = "dataset build sudoku-extreme --set size=4 --train p.csv --out o"
    let refused = try program.run(line)
    #expect(refused.code == 1)
    #expect(refused.errors.contains("\"start\", \"end\""), "\(refused.errors)")
    try program.succeed("\(line) --columns question=start,answer=end")
  }

  @Test("--skip-invalid skips invalid puzzles and reports them")
  func invalidPuzzlesAreLeftOutAndTold() throws {
    var rows = try table().split(separator: "\n").map(String.init)
    rows.insert("bad,1.2,,", at: 3)
    rows.insert("bad,11..............,,", at: 5)
    try write(rows.joined(separator: "\n"), "p.csv")
    let line = "dataset build sudoku-extreme --set size=4 --train p.csv --out o"
    let refused = try program.run(line)
    #expect(refused.code == 1 && refused.errors.contains("p.csv:4"))
    #expect(refused.errors.contains("--skip-invalid"), "\(refused.errors)")
    let built = try program.succeed("\(line) --skip-invalid")
    #expect(built.output.contains(" 24 "), "\(built.output)")
    #expect(built.errors.contains("Note: 2 of what was read are left out: "), "\(built.errors)")
    #expect(built.errors.contains("p.csv:4: ") && built.errors.contains("p.csv:6: "))
    let manifest = try JSON(contentsOf: program.url("o/manifest.json"))
    #expect("\(manifest)".contains("left-out"))
  }

  @Test("Solutions are not taken for puzzles")
  func solutionsAreNoPuzzles() throws {
    let (question, answer) = ("123.34.2214343.1", "1234341221434321")
    let build = "dataset build sudoku-extreme --set size=4"
    // The damaged question has a cell too few, so that its answer is the line's only board.
    for (name, text) in [
      ("list", "\(question) \(answer)\n\(question.dropLast()) \(answer)\n"),
      ("grid", [question, answer].map { rows($0) }.joined(separator: "\n")),
    ] {
      try write(text, "\(name).txt")
      let refused = try program.run("\(build) --train \(name).txt --out \(name)")
      let place = "\(name).txt:\(name == "list" ? 2 : 6): nothing is asked"
      #expect(refused.code == 1 && refused.errors.contains(place), "\(refused.errors)")
    }
    let built = try program.run("\(build) --train list.txt --skip-invalid --out built")
    #expect(built.code == 0 && built.errors.contains("1 of what was read is left out"))
  }

  /// The rows of a 4×4 board, a line each.
  private func rows(_ board: String) -> String {
    let cells = Array(board)
    return stride(from: 0, to: 16, by: 4).map { String(cells[$0..<$0 + 4]) + "\n" }.joined()
  }

  /// Of files that are converted or scored, too.
  @Test("--skip-invalid of convert and score lists what is left out")
  func invalidPartsAreLeftOutElsewhere() throws {
    let pairs = #""train":[{"input":[[1,2]],"output":[[2,1]]}]"#
    for (name, answer) in [("a", "[[1]]"), ("b", "[[10]]"), ("c", "[[3]]")] {
      try write(
        #"{\#(pairs),"test":[{"input":[[1]],"output":\#(answer)}]}"#, "tasks/\(name).json")
    }
    try write(
      #"{"a":[{"attempt_1":[[1]],"attempt_2":[[1]]}],"c":"none"}"#, "submission.json")
    let convert = "dataset convert tasks --task arc --to jsonl --out t.jsonl"
    let score = "dataset score arc submission.json --on tasks"
    for line in [convert, score] {
      let refused = try program.run(line)
      #expect(refused.code == 1 && refused.errors.contains("--skip-invalid"), "\(refused.errors)")
    }
    let converted = try program.succeed("\(convert) --skip-invalid")
    #expect(converted.output.contains("Wrote 4 examples"), "\(converted.output)")
    #expect(
      converted.errors.contains("Note: 1 of what was read is left out: ")
        && converted.errors.contains("b.json"), "\(converted.errors)")
    let scored = try program.succeed("\(score) --skip-invalid --resume")
    #expect(scored.output.contains("arc-tasks-pass@2"), "\(scored.output)")
    #expect(scored.output.contains("Note: 2 of what was read are left out: "), "\(scored.output)")
    #expect(scored.output.contains("task c: the attempts are"), "\(scored.output)")
    #expect(scored.output.contains("no attempts for 1 of 2 tasks: c"), "\(scored.output)")
  }

  /// A competition's test challenges come without solutions: answers are written, not scored.
  @Test("Test questions without solutions are answered, not scored")
  func aCompetitionsQuestionsAreAnswered() throws {
    let pairs = #""train":[{"input":[[1,2]],"output":[[2,1]]},{"input":[[3]],"output":[[4]]}]"#
    try write(
      #"{"t1":{\#(pairs),"test":[{"input":[[6,7]]}]},"#
        + #""t2":{\#(pairs),"test":[{"input":[[5]]},{"input":[[6]]}]}}"#,
      "arc-agi_test_challenges.json")
    let built = try program.succeed(
      "dataset build arc --test arc-agi_test_challenges.json --augment 2 --out d")
    #expect(built.errors.contains("answers to 3 questions are not known"), "\(built.errors)")
    let agent = Program.root.appendingPathComponent("Examples/agent_copy.py").path
    let evaluate = "\"$REASONGYM\" evaluate \"exec:python3 '\(agent)'\" --data d"
    let result = try program.shell("\(evaluate) --submission submission.json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("is not known: they have no score"), "\(result.output)")
    #expect(result.output.contains("arc-tasks-pass@2: not known"), "\(result.output)")
    #expect(!result.output.contains("%"), "\(result.output)")
    let submission = try JSON(contentsOf: program.url("submission.json"))
    #expect(submission["t1"]?[0]?["attempt_1"] == [[6, 7]])
    #expect(submission["t2"]?.array?.count == 2)
    let json = try JSON(parsing: program.shell("\(evaluate) --json").output)
    #expect(json["score"]?["exact"] == .null && (json["score"]?["unknown"]?.integer ?? 0) >= 3)
    #expect(json["score"]?["whole"]?["arc-tasks-pass@2"]?["value"] == .null)
    // Training on the questions themselves needs their answers.
    let train = try program.run("dataset build arc --train arc-agi_test_challenges.json --out x")
    #expect(train.code == 1 && train.errors.contains("name the file by --test"), "\(train.errors)")
    let board = try program.run("leaderboard create board.db --data d --name n")
    #expect(board.code == 1 && board.errors.contains("is not known"), "\(board.errors)")
  }

  @Test("Another program's folder of several sets is read at the size of its boards")
  func foldersOfSeveralSetsAndAnySizeAreRead() throws {
    try program.makeData()
    try FileManager.default.removeItem(at: program.url("data/manifest.json"))
    for name in ["inputs", "labels", "puzzle_identifiers", "puzzle_indices", "group_indices"] {
      try FileManager.default.copyItem(
        at: program.url("data/train/all__\(name).npy"),
        to: program.url("data/train/hard__\(name).npy"))
    }
    let header = program.url("data/train/dataset.json")
    var members = try #require(JSON(contentsOf: header).object)
    members["sets"] = ["all", "hard"]
    try JSON.object(members).write(to: header)
    let shown = try program.succeed("dataset show data --task sudoku-extreme --index 25")
    #expect(shown.output.contains("train 25 of 48"), "\(shown.output)")
    try program.succeed("dataset check data --task sudoku-extreme --allow")
    // The boards of no size.
    let refused = try program.run("dataset show data --task n-queens --index 0")
    #expect(refused.code == 1)
    #expect(refused.errors.contains("16 cells and 6 tokens; expected 64"), "\(refused.errors)")
  }

  @Test("A split with nothing but demonstrations is not converted to an empty file")
  func demonstrationsAloneAreNotConverted() throws {
    try program.succeed("dataset generate arc --count 3 --split test --seed 1 --out d")
    let refused = try program.run("dataset convert d --to jsonl --out d.jsonl")
    #expect(refused.code == 1)
    #expect(
      refused.errors.contains("nothing but demonstrations") && refused.errors.contains("--split"),
      "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: program.url("d.jsonl").path))
    try program.succeed("dataset convert d --split test --to jsonl --out d.jsonl")
    // Nor are arrays taken for files of puzzles.
    for line in ["build arc --train d --out e", "score arc d.jsonl --on d"] {
      let refused = try program.run("dataset \(line)")
      #expect(refused.code == 1)
      #expect(refused.errors.contains("this is the folder of a dataset"), "\(refused.errors)")
    }
  }
}
