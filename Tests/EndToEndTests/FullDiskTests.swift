import Foundation
import GymJSON
import Testing

/// On a full disk, results are still reported, existing files stay, and the message says where, why
/// and what to do. The full disk is simulated by a limit on the size of files.
@Suite struct FullDiskTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.succeed(
      "dataset generate sudoku-extreme --set size=4 --count train=30,test=300 --seed 1 --out data")
    try program.succeed(
      "train hrm --data data --steps 2 --out run --allow-leakage \(Program.tiny)")
  }

  /// Runs the program with a limit on the size of its files, in kilobytes.
  private func limited(_ kilobytes: Int, _ line: String) throws -> Program.Result {
    try program.shell("ulimit -f \(kilobytes * 2); exec \"$REASONGYM\" \(line)")
  }

  @Test("The score is printed even if its file cannot be written", arguments: [false, true])
  func aScoreIsToldThoughItsFileCannotBeWritten(json: Bool) throws {
    let line = "evaluate run --data data --predictions answers.jsonl" + (json ? " --json" : "")
    let result = try limited(8, line)
    #expect(result.code == 1, "\(result.errors)")
    if json {
      #expect(try JSON(parsing: result.output)["score"]?["exact"]?["count"] == 300)
    } else {
      #expect(result.output.contains("95 %") && result.output.contains("300"))
    }
    #expect(result.errors.contains("answers.jsonl: "), "\(result.errors)")
    #expect(result.errors.contains("File too large") && result.errors.contains("ulimit"))
    #expect(!FileManager.default.fileExists(atPath: program.url("answers.jsonl").path))
  }

  @Test("A checkpoint that does not fit on the disk is named")
  func aCheckpointThatDoesNotFitIsNamed() throws {
    let result = try limited(
      8, "train hrm --data data --steps 2 --out big --allow-leakage \(Program.tiny)")
    #expect(result.code == 1, "\(result.errors)")
    #expect(!result.errors.contains("error 1") && result.errors.contains("big/checkpoints"))
    #expect(result.errors.contains("bytes") && result.errors.contains("File too large"))
    // With space, it continues.
    try program.succeed("train hrm --out big --resume")
  }

  @Test(
    "A full disk leaves no partial file",
    arguments: [
      ("dataset generate sudoku-extreme --set size=4 --count 400 --seed 2 --out new", 2, "new"),
      ("dataset convert data --split test --to csv --out test.csv", 2, "test.csv"),
      ("scale run --data data --segments 1 --limit 20 --svg scale.svg", 1, "scale.svg"),
      ("probe run --data data --limit 20 --out probe.html", 2, "probe.html"),
    ])
  func nothingHalfIsLeft(line: String, kilobytes: Int, file: String) throws {
    let result = try limited(kilobytes, line)
    #expect(result.code == 1, "\(line): \(result.errors)")
    #expect(result.errors.contains(file), "\(result.errors)")
    #expect(result.errors.contains("File too large") && result.errors.contains("ulimit"))
    #expect(!FileManager.default.fileExists(atPath: program.url(file).path))
    if line.hasPrefix("scale") || line.hasPrefix("probe") {
      #expect(result.output.contains("%"))
    }
  }

  @Test(
    "A full standard output is an error",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullStandardOutputIsAnError() throws {
    let result = try program.shell("exec \"$REASONGYM\" tasks > /dev/full")
    #expect(result.code == 1 && result.errors.contains("No space left"), "\(result.errors)")
  }
}
