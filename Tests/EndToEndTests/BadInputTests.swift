import Foundation
import Testing

@Suite struct BadInputTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.makeData()
  }

  /// Runs a line that has to fail with exit code 1, and returns its message.
  private func failure(
    _ line: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try program.run(line)
    #expect(result.code == 1, "\(line): \(result.errors)", sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    return result.errors
  }

  private let train = "--data data --steps 2 \(Program.tiny)"

  @Test("Misspelt names are answered with the nearest one")
  func misspeltNamesAreCorrected() throws {
    #expect(try failure("train hmr --out run \(train)").contains("Did you mean \"hrm\"?"))
    #expect(try failure("tasks sudoku-extrem").contains("Did you mean \"sudoku-extreme\"?"))
    #expect(try failure("tasks sudoku-extreme@99").contains("sudoku-extreme@1"))
    #expect(
      try failure("train hrm --data data --steps 2 --out run --set hiden=16")
        .contains("Did you mean \"hidden\"?"))
    #expect(
      try failure("train hrm --data data --steps 2 --out run --preset smal")
        .contains("Did you mean \"small\"?"))
    #expect(!FileManager.default.fileExists(atPath: program.url("run").path))
  }

  @Test("Configuration files are checked")
  func configurationFilesAreChecked() throws {
    let file = program.url("config.json")
    try Data("{\"batch\": 8,\n \"hidden\" 16}".utf8).write(to: file)
    #expect(
      try failure("train hrm --data data --steps 2 --out run --config config.json")
        .contains("config.json:2:11"))
    try Data("{\"batch\": \"many\"}".utf8).write(to: file)
    let errors = try failure("train hrm --data data --steps 2 --out run --config config.json")
    #expect(errors.contains("config.json: batch is \"many\"; expected an integer"))
  }

  @Test("Damaged datasets are rejected")
  func datasetsAreChecked() throws {
    #expect(try failure("train hrm --data nowhere --steps 2 --out run").contains("nowhere"))
    let labels = program.url("data/train/all__labels.npy")
    let bytes = try Data(contentsOf: labels)
    try bytes.dropLast(7).write(to: labels)
    #expect(try failure("train hrm --out run \(train)").contains("all__labels.npy"))
    #expect(!FileManager.default.fileExists(atPath: program.url("run").path))
  }

  @Test("Boards that are too wide to stand beside each other are drawn below each other")
  func wideBoards() throws {
    try program.succeed("dataset generate cnf-sat --count test=1 --seed 1 --out clauses")
    let wide = try program.succeed("dataset show clauses --index 0").output
    #expect(wide.contains("test 0 of 1\n") && wide.contains("\nanswer\n"), "\(wide)")
    for line in wide.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    let small = try program.succeed("dataset show data --index 0").output
    #expect(small.contains("train 0 of 24   answer\n"), "\(small)")
  }

  @Test("A dataset of another shape does not fit a run")
  func aDatasetOfAnotherShapeDoesNotFitTheRun() throws {
    try program.succeed("train hrm --out run \(train)")
    try program.succeed(
      "dataset generate sudoku-extreme --set size=6 --count 4 --split test --seed 1 --out six")
    let errors = try failure("evaluate run --data six")
    #expect(errors.contains("36 cells") && errors.contains("16 cells"))
  }

  @Test("Nothing is overwritten without --force")
  func nothingIsOverwrittenWithoutForce() throws {
    try program.succeed("train hrm --out run \(train)")
    let weights = try program.weights(of: "run")
    #expect(try failure("train hrm --out run \(train) --seed 2").contains("--force"))
    #expect(try program.weights(of: "run") == weights)
    try program.succeed("train hrm --out run \(train) --seed 2 --force")
    #expect(try program.weights(of: "run") != weights)
    try program.succeed("evaluate run --data data --predictions answers.jsonl")
    #expect(
      try failure("evaluate run --data data --predictions answers.jsonl").contains("answers.jsonl"))
  }

  @Test(
    "Invalid puzzles on the command line are rejected",
    arguments: [
      ("12", "2 characters"), ("z...............", "character 1"), ("1111............", "puzzle"),
      ("................", "several solutions"),
    ])
  func puzzlesAreChecked(puzzle: String, expected: String) throws {
    try program.succeed("train hrm --out run \(train)")
    #expect(try failure("solve run \(puzzle)").contains(expected))
  }

  @Test("A full disk is a clear error and leaves no partial file")
  func aFullDiskIsAClearErrorAndLeavesNothingHalfWritten() throws {
    // A limit on the size of files imitates a full disk: writes fail in the same way.
    let result = try program.shell(
      "trap '' XFSZ; ulimit -f 8; exec \"$REASONGYM\" train hrm --out run \(train)")
    #expect(result.code == 1)
    #expect(result.errors.contains("checkpoint of step 2 could not be saved"))
    #expect(program.checkpoints(of: "run").isEmpty)
    let left = try FileManager.default.contentsOfDirectory(
      atPath: program.url("run/checkpoints").path)
    #expect(left.isEmpty, "\(left)")
  }

  @Test("A folder that cannot be created is a clear error")
  func aFolderThatCannotBeMadeIsAClearError() throws {
    try Data().write(to: program.url("file"))
    #expect(try failure("train hrm --out file/run \(train)").contains("cannot be made"))
  }

  @Test("A loss that is not finite is reported with the last good checkpoint")
  func anEndlessLossIsReportedWithTheLastCheckpoint() throws {
    let result = try program.run(
      "train hrm --out run --data data --steps 400 --checkpoint-steps 1 \(Program.tiny) "
        + "learning-rate=10 warmup-steps=0 weight-decay=100")
    // Weights that decay by a thousandfold each step overflow soon.
    #expect(result.code == 1)
    #expect(result.errors.contains("finite") && result.errors.contains("is kept"))
    #expect(!program.checkpoints(of: "run").isEmpty)
  }
}
