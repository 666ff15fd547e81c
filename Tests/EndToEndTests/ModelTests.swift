import Foundation
import GymJSON
import Testing

/// Packed models under their names, and several chains.
@Suite(.serialized) struct ModelTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.makeData()
    try program.succeed(
      "train hrm --data data --steps 60 --workers 1 \(Program.tiny) halting=exactness --out run")
  }

  private func withModels(_ line: String) throws -> Program.Result {
    try program.shell("REASONGYM_MODELS=models \"$REASONGYM\" \(line)")
  }

  @Test("A packed model answers as its card says, under its name")
  func packedModel() throws {
    try program.succeed("pack run --data data --out models/four")
    let card = try JSON(
      parsing: String(contentsOf: program.url("models/four/card.json"), encoding: .utf8))
    let result = try withModels("evaluate pretrained:four --data data --json")
    #expect(result.code == 0, "\(result.errors)")
    let exact = try JSON(parsing: result.output)["score"]?["exact"]
    #expect(exact?["count"] == 8)
    #expect(card["score"]?["exact"] == exact)
    #expect(card["steps"] == 60)
    #expect(try withModels("agents").output.contains("pretrained:four"))
    let solved = try withModels("solve pretrained:four 1.343.1221434321 --json")
    #expect(try JSON(parsing: solved.output)["question"] == "1.343.1221434321")
  }

  @Test("A model is packed from another by its name, and a missing folder of models is named")
  func packedAgain() throws {
    try program.succeed("pack run --data data --out models/four")
    let again = try withModels("pack pretrained:four --data data --out again")
    #expect(again.code == 0 && again.output.contains("hrm@1 of step 60"), "\(again.errors)")
    let lost = try program.shell(
      "REASONGYM_MODELS=nowhere \"$REASONGYM\" evaluate pretrained:four --data data")
    #expect(lost.code == 1 && lost.errors.contains("/nowhere: no folder"), "\(lost.errors)")
  }

  @Test("Packing ends soon after Ctrl-C, and leaves nothing")
  func interruptedPacking() throws {
    // The first batch would take much longer than a user waits.
    let packing = try program.start("pack run --data data --segments 100000 --out slow")
    try Program.wait {
      FileManager.default.fileExists(atPath: program.url(".packing-slow").path)
    }
    Thread.sleep(forTimeInterval: 1)
    packing.send(SIGINT)
    let start = Date()
    let result = try packing.result()
    #expect(Date().timeIntervalSince(start) < 10)
    #expect(result.code == 130 && result.errors.contains("nothing was written"), "\(result)")
    for name in ["slow", ".packing-slow"] {
      #expect(!FileManager.default.fileExists(atPath: program.url(name).path), "\(name)")
    }
  }

  @Test("What is interrupted before the first answer keeps nothing, and can be begun anew")
  func interruptedEarly() throws {
    let probe = "probe run --data data --starts 0 --out page.html"
    let running = try program.start("\(probe) --segments 20000")
    let kept = program.url("page.html.partial").path
    try Program.wait { FileManager.default.fileExists(atPath: kept) }
    Thread.sleep(forTimeInterval: 0.3)
    running.send(SIGINT)
    let result = try running.result()
    #expect(result.code == 130 && result.output.contains("Nothing is kept"), "\(result)")
    #expect(!FileManager.default.fileExists(atPath: kept))
    try program.succeed(probe)
  }

  @Test("A packed model goes on a board, with the command that asks it")
  func packedOnABoard() throws {
    try program.succeed("pack run --data data --out models/four")
    let result = try withModels("evaluate pretrained:four --data data --submit board.db")
    #expect(result.code == 0, "\(result.errors)")
    let shown = try program.succeed("leaderboard show board.db --json").output
    let entry = try #require(try JSON(parsing: shown)["standings"]?[0]?["entry"]?.string)
    try program.succeed("leaderboard page board.db --out site")
    let page = try String(
      contentsOf: program.url("site/entries/\(entry.prefix(16)).html"), encoding: .utf8
    ).replacing(/<\/?span>/, with: "")
    #expect(page.contains("reasongym evaluate pretrained:four --data DATA"))
  }

  @Test("A packed model is smaller than its run, and is not trained further")
  func packedIsSmall() throws {
    try program.succeed("pack run --data data --out models/four")
    #expect(try size(of: "models/four") < size(of: "run") / 2)
    let result = try program.run("train hrm --resume --out models/four")
    #expect(
      result.code != 0 && result.errors.contains("packed") && result.errors.contains("models/four"),
      "\(result.errors)")
  }

  @Test("A model that is there is replaced only by force")
  func replacing() throws {
    try program.succeed("pack run --data data --out models/four")
    let again = try program.run("pack run --data data --out models/four")
    #expect(again.code != 0 && again.errors.contains("--force"))
    try program.succeed("pack run --data data --out models/four --force")
    try program.succeed("evaluate models/four --data data")
    let other = try program.run("pack run --data data --out data --force")
    #expect(other.code != 0 && other.errors.contains("data"))
    try program.succeed("dataset show data")
    // A run can be trained further, and the model made of it cannot.
    let itself = try program.run("pack run --data data --out run --force")
    #expect(itself.code == 1 && itself.errors.contains("not a packed model"), "\(itself.errors)")
    #expect(try program.run("train hrm --out run --resume").code == 0)
  }

  @Test("A wrong name, another size and damaged weights are errors that name the model")
  func wrongModels() throws {
    try program.succeed("pack run --data data --out models/four")
    let name = try withModels("solve pretrained:fuor 1.343.1221434321")
    #expect(name.code != 0 && name.errors.contains("pretrained:four"), "\(name.errors)")
    let size = try withModels("solve pretrained:four \(String(repeating: ".", count: 81))")
    #expect(size.code != 0 && !size.errors.isEmpty)
    let step = try #require(
      FileManager.default.contentsOfDirectory(
        atPath: program.url("models/four/checkpoints").path
      ).first { $0.hasPrefix("step-") })
    let folder = program.url("models/four/checkpoints/\(step)/agent")
    let file = try #require(
      FileManager.default.contentsOfDirectory(atPath: folder.path)
        .first { $0.hasSuffix(".safetensors") })
    let url = folder.appendingPathComponent(file)
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count - 1] ^= 0xFF
    try bytes.write(to: url)
    let damaged = try withModels("evaluate pretrained:four --data data")
    #expect(damaged.code != 0 && damaged.errors.contains("damaged"), "\(damaged.errors)")
  }

  @Test("Several chains cost as many times as much and give the same answers again")
  func chains() throws {
    func score(_ options: String) throws -> JSON {
      let line = "evaluate run --data data --json --predictions answers.jsonl --force"
      return try JSON(parsing: program.succeed("\(line) \(options)").output)
    }
    func answers() throws -> String {
      try String(contentsOf: program.url("answers.jsonl"), encoding: .utf8)
    }
    func operations(_ report: JSON) throws -> Double {
      try #require(report["score"]?["solving"]?["flops"]?.number, "\(report.text(.pretty))")
    }
    let one = try operations(score(""))
    let three = try operations(score("--chains 3 --noise 0.5"))
    let first = try answers()
    #expect(three == 3 * one)
    _ = try score("--chains 3 --noise 0.5")
    #expect(try answers() == first)
    for wrong in ["--noise 0.5", "--chains 0", "--chains 2 --noise -1"] {
      #expect(try program.run("evaluate run --data data \(wrong)").code != 0, "\(wrong)")
    }
  }

  @Test("Attempts end with the first answer that the agent thinks right")
  func attempts() throws {
    try """
    import json, sys
    sure = float(sys.argv[1])
    greeting = {"protocol": "reasongym-agent", "version": 1, "name": "fixed"}
    print(json.dumps(greeting), flush=True)
    for line in sys.stdin:
        for asked in json.loads(line).get("questions", []):
            told = {"id": asked["id"], "answer": "1234341221434321"}
            if sure:
                told["confidence"] = sure
            print(json.dumps(told), flush=True)
    """.write(to: program.url("agent.py"), atomically: true, encoding: .utf8)
    for (sure, passes) in [(0.9, 8), (0.4, 24), (0, 24)] {
      let agent = "\"exec:python3 agent.py \(sure)\""
      let line = "\"$REASONGYM\" evaluate \(agent) --data data --attempts 3"
      let result = try program.shell(line + " --json")
      let report = try JSON(parsing: result.output)
      #expect(report["score"]?["solving"]?["passes"] == JSON(passes), "\(result.errors)")
      #expect(report["score"]?["failures"]?.object?.names.isEmpty == true, "\(result.output)")
      // Without any confidence the attempts are nothing but votes, which the user should know.
      let text = try program.shell(line).output
      #expect(text.contains("No answer says how sure") == (sure == 0), "\(text)")
    }
    let solved = try JSON(
      parsing: program.run("solve run 1.343.1221434321 --halt --attempts 3 --json").output)
    let attempts = try #require(solved["attempts"]?.integer)
    #expect((1...3).contains(attempts), "\(solved)")
    // The segments are those of the answer that is shown, whatever the other attempts took.
    #expect(solved["segments"]?.integer == solved["thoughts"]?.array?.count, "\(solved)")
    let shown = try program.run("solve run 1.343.1221434321 --halt --attempts 3").output
    #expect(
      shown.contains("This is attempt \(attempts) of at most 3")
        || shown.contains("sure of none of 3 attempts"), "\(shown)")
    for wrong in ["--attempts 0", "--attempts 2 --votes 2", "--attempts 2 --votes-verify"] {
      #expect(try program.run("evaluate run --data data \(wrong)").code == 64, "\(wrong)")
    }
  }

  @Test("The model that comes with the gym keeps its accuracy on 200 generated puzzles")
  func shippedModel() throws {
    try program.succeed(
      "dataset generate sudoku-extreme --count test=200 --rating 1...12 --seed 11 --out generated")
    let result = try program.succeed(
      "evaluate pretrained:sudoku-extreme --data generated --segments 16 --halt --json")
    let exact = try #require(JSON(parsing: result.output)["score"]?["exact"])
    #expect(exact["count"] == 200)
    // 194 of 200 where it was measured, with halting; the 95 % interval, since processors round
    // differently.
    let solved = try #require(exact["solved"]?.integer)
    #expect((188...197).contains(solved), "\(solved) of 200")
    #expect(try program.succeed("agents").output.contains("pretrained:sudoku-extreme"))
    let film = try program.run(
      "solve pretrained:sudoku-extreme \(Self.openingPuzzle) --halt --json")
    #expect(film.code == 0, "\(film.output)")
    let card = try JSON(
      contentsOf: Program.root.appendingPathComponent("Fixtures/models/sudoku-extreme/card.json"))
    #expect(card["score"]?["exact"]?["count"] == 1000)
    #expect(try size(of: Program.root.appendingPathComponent("Fixtures/models")) < 5_000_000)
  }

  @Test("The shipped model of mazes solves larger ones than it was trained on")
  func shippedMazeModel() throws {
    let maze = "maze-hard --set size=30 kind=unique"
    try program.succeed("dataset generate \(maze) --count test=10 --seed 7 --out mazes")
    let model = "pretrained:maze-unique"
    let result = try program.succeed("evaluate \(model) --data mazes --segments 4 --json")
    let score = try JSON(parsing: result.output)["score"]
    // All ten where it was measured, and 497 of 500 others; processors round differently.
    let solved = try #require(score?["exact"]?["solved"]?.integer)
    #expect(solved >= 9 && score?["exact"]?["count"] == 10, "\(solved) of 10")

    try program.succeed("dataset convert mazes --split test --to csv --out mazes.csv")
    let ten = (0..<10).map { "solve \(model) mazes.csv --index \($0) --set size=30 --segments 4" }
    #expect(try ten.contains { try program.run($0).code == 0 })
    let size = try program.run("solve \(model) mazes.csv")
    #expect(size.code == 1 && size.errors.contains("expected 361"), "\(size.errors)")
    // Other agents answer no grid but their own.
    let other = try program.run("solve run mazes.csv --task maze-hard --set size=30")
    #expect(
      other.code == 1 && other.errors.contains("16, as the run was trained on")
        && other.errors.contains("Leave --task and --set out"), "\(other.errors)")
  }

  /// The puzzle that the demo begins with.
  private static let openingPuzzle =
    "....7..5...25..9....8.3.4.11....4...2.....74..5....2.64....3........8..5.839....."

  private func size(of folder: String) throws -> Int { try size(of: program.url(folder)) }

  private func size(of folder: URL) throws -> Int {
    let files = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.fileSizeKey])
    let urls = try #require(files?.allObjects as? [URL])
    try #require(!urls.isEmpty, "there is nothing in \(folder.path)")
    return try urls.reduce(0) {
      try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0)
    }
  }
}
