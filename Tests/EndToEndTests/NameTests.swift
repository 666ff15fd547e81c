import Foundation
import GymJSON
import Testing

/// Puzzles' names: variants in other builders' forms, and different puzzles with the same name.
@Suite struct NameTests {
  private let program: Program

  init() throws {
    program = try Program()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: program.url(name), encoding: .utf8)
  }

  private func write(_ text: String, _ name: String) throws {
    let url = program.url(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Evaluates an agent that copies the question.
  private func evaluate(_ arguments: String) throws -> Program.Result {
    let agent = Program.root.appendingPathComponent("Examples/agent_copy.py").path
    return try program.shell("$REASONGYM evaluate \"exec:python3 '\(agent)'\" \(arguments)")
  }

  /// A task whose answer is one cell.
  private func task(_ answer: Int) -> String {
    "{\"train\":[{\"input\":[[1,2]],\"output\":[[\(answer)]]},"
      + "{\"input\":[[3,4]],\"output\":[[\(answer)]]}],"
      + "\"test\":[{\"input\":[[5,6]],\"output\":[[\(answer)]]}]}"
  }

  @Test("Variants named by the HRM or the TRM builder are evaluated alike")
  func variantsOfEitherBuilderAreEvaluatedAlike() throws {
    let make = "dataset generate arc --count 3 --split test --augment 3 --seed 1"
    try program.succeed("\(make) --out hrm")
    try program.succeed("\(make) --variant-names trm --out trm")
    try program.succeed("dataset convert trm --variant-names hrm --to folder --out back")
    #expect(try text("trm/identifiers.json").contains("|||t"))
    #expect(try text("back/identifiers.json") == text("hrm/identifiers.json"))
    var wholes: [JSON?] = []
    for name in ["hrm", "trm"] {
      let result = try evaluate("--data \(name) --submission \(name).json --json")
      #expect(result.code == 0, "\(result.errors)")
      wholes.append(try JSON(parsing: result.output)["score"]?["whole"])
    }
    #expect(wholes[0] == wholes[1] && wholes[0]?["arc-tasks-pass@2"]?["count"] == 3)
    #expect(try text("hrm.json") == text("trm.json"))
    #expect(try JSON(parsing: text("trm.json")).object?.names.count == 3)

    try write(
      text("trm/identifiers.json").replacingOccurrences(of: "|||", with: "@@"),
      "trm/identifiers.json")
    let result = try evaluate("--data trm --submission other.json")
    #expect(result.code == 0)
    #expect(result.errors.contains("Warning: 9 puzzles, such as"), "\(result.errors)")
    #expect(result.output.contains("Note: 9 puzzles, such as"), "\(result.output)")
    #expect(result.output.contains("arc-tasks-pass@2: 0 of 3"))

    try FileManager.default.removeItem(at: program.url("hrm/identifiers.json"))
    let nameless = try evaluate("--data hrm --submission nameless.json")
    #expect(nameless.code == 1 && nameless.errors.contains("has no identifiers.json"))

    let refused = try program.run(
      "dataset generate sudoku-extreme --set size=4 --count 3 --seed 1 --variant-names trm --out s")
    #expect(refused.code == 1 && refused.errors.contains("have no names of their own"))
  }

  @Test("Where variants count as puzzles of their own, that is said")
  func variantsAsPuzzlesAreTold() throws {
    try program.succeed("dataset generate arc --count 3 --split test --augment 3 --seed 1 --out d")
    let told = "9 of the 12 puzzles are variants of others, and a board counts each"
    let created = try program.run("leaderboard create b.db --data d")
    #expect(created.code == 0 && created.errors.contains(told), "\(created.errors)")
    let submitted = try evaluate("--data d --submit b.db")
    #expect(submitted.code == 0 && submitted.errors.contains(told), "\(submitted.errors)")
    #expect(submitted.output.contains("9 of the 12 puzzles are variants of others, and the table"))
    #expect(try evaluate("--data d --predictions p.jsonl").code == 0)
    let handed = try program.run("leaderboard submit b.db p.jsonl --agent copy --data d")
    #expect(handed.code == 0 && handed.errors.contains(told), "\(handed.errors)")
    let alone =
      "9 of the 12 puzzles are variants of others, and each counts as a puzzle of its own; "
      + "`evaluate` lets them vote by task"
    let agent = Program.root.appendingPathComponent("Examples/agent_copy.py").path
    for command in [
      "scale \"exec:python3 '\(agent)'\" --segments 1 --data d",
      "compare \"copy=exec:python3 '\(agent)'\" --steps 1 --data d --out c",
    ] {
      let result = try program.shell("$REASONGYM \(command)")
      #expect(result.code == 0 && result.errors.contains(alone), "\(result.errors)")
    }
    // What the note advises gives a board of the originals.
    try program.succeed("dataset convert d --split test --originals --to arc-json --out files")
    try program.succeed("dataset build arc --test files --out plain")
    let plain = try program.run("leaderboard create b.db --data plain --name plain")
    #expect(plain.code == 0 && plain.output.contains("3 puzzles"), "\(plain.output)")
    #expect(!plain.errors.contains("variants"))
  }

  @Test("Different tasks with the same name stay apart in every command")
  func differentTasksOfOneNameStayApartEverywhere() throws {
    for (name, answer) in [("easy/t", 7), ("hard/t", 8), ("easy/same", 9), ("hard/same", 9)] {
      try write(task(answer), "re/\(name).json")
    }
    for inputs in [
      "--train re", "--train re/easy --train re/hard", "--train re/easy --test re/hard",
    ] {
      let built = try program.run("dataset build arc \(inputs) --out d --force")
      #expect(built.code == 0, "\(built.errors)")
      #expect(built.errors.contains("the first is \"t\", now easy/t and hard/t"), "\(built.errors)")
      let names = try JSON(parsing: text("d/identifiers.json")).array?.compactMap(\.string) ?? []
      #expect(Set(names) == ["<blank>", "easy/t", "hard/t", "same"])
    }
    // Files made of the dataset have the same names, and no demonstration of another task.
    try program.succeed("dataset convert d --split test --to arc-json --out files")
    #expect(try JSON(parsing: text("files/hard/t.json")) == JSON(parsing: task(8)))
    try program.succeed("dataset convert re --task arc --to jsonl --out all.jsonl")
    try program.succeed("dataset build arc --train all.jsonl --out again")
    let again = try JSON(parsing: text("again/identifiers.json")).array?.compactMap(\.string) ?? []
    #expect(Set(again) == ["<blank>", "easy/t", "hard/t", "same"])

    // Merged datasets keep them apart as well.
    for part in ["easy", "hard"] {
      try program.succeed("dataset build arc --test re/\(part) --out parts/\(part)")
    }
    let merged = try program.run("dataset merge parts/easy parts/hard --out m")
    #expect(merged.code == 0 && merged.errors.contains("now easy/t and hard/t"), "\(merged.errors)")
    #expect(try evaluate("--data m --submission m.json").code == 0)
    let asked = try JSON(parsing: text("m.json")).object?.names ?? []
    #expect(Set(asked) == ["easy/t", "hard/t", "same"])

    // Submissions name one or the other.
    try write("{\"t\":[{\"attempt_1\":[[7]],\"attempt_2\":[[0]]}]}", "plain.json")
    let doubtful = try program.run("dataset score arc plain.json --on re")
    #expect(doubtful.code == 1)
    #expect(doubtful.errors.contains("easy/t.json and ") && doubtful.errors.contains("hard/t.json"))
    let scored = try program.run("dataset score arc m.json --on re")
    #expect(scored.code == 0 && !scored.output.contains("Note:"), "\(scored.output)")
  }

  @Test("Tasks named after files are written back to those files")
  func namesOfFilesGoBackToFiles() throws {
    let long = String(repeating: "a long name_", count: 10)
    try write(task(1), "tasks/Flip!.json")
    try write(task(2), "tasks/\(long).json")
    try program.succeed("dataset build arc --train tasks --out d")
    try program.succeed("dataset convert d --to arc-json --out j")
    #expect(try JSON(parsing: text("j/Flip!.json")) == JSON(parsing: task(1)))
    #expect(try JSON(parsing: text("j/\(long).json")) == JSON(parsing: task(2)))
  }

  @Test("Unreadable answers are reported with their line")
  func answersThatCannotBeReadAreToldWithTheirLine() throws {
    try program.succeed(
      "dataset generate sudoku-extreme --set size=4 --count 20 --split test --seed 1 --out d")
    try program.succeed("dataset convert d --split test --to jsonl --out t.jsonl")
    try program.succeed("leaderboard create b.db --data d")
    let answers = try text("t.jsonl").split(separator: "\n").map {
      try JSON(parsing: String($0))["answer"]?.string ?? ""
    }
    func predictions(_ form: (String) -> String) throws {
      let lines = answers.enumerated().map { index, answer in
        "{\"id\":\"test/\(index)\",\"answer\":\"\(form(answer))\"}\n"
      }
      try write(lines.joined(), "p.jsonl")
    }
    try predictions { $0.map(String.init).joined(separator: " ") }
    let spaced = try program.run("leaderboard submit b.db p.jsonl --agent spaced")
    #expect(spaced.code == 0 && spaced.output.contains("solves 20 of 20"), "\(spaced.output)")
    // In another alphabet of the task.
    try predictions { String($0.map { Array("ABCD")[($0.wholeNumberValue ?? 1) - 1] }) }
    try program.succeed("leaderboard create c.db --data d")
    let letters = try program.run("leaderboard submit c.db p.jsonl --agent letters")
    #expect(letters.code == 0 && letters.output.contains("solves 20 of 20"), "\(letters.output)")
    try predictions { "the answer is \($0)" }
    let unreadable = try program.run("leaderboard submit b.db p.jsonl --agent words")
    #expect(unreadable.code == 1)
    #expect(
      unreadable.errors.contains("p.jsonl:1: 20 of 20 answers cannot be read"),
      "\(unreadable.errors)")
  }
}
