import Foundation
import GymJSON
import Testing

/// Weights out and in again, and what is seen of a run: its curves and its film.
@Suite(.serialized) struct WeightsTests {
  private let program: Program

  init() throws {
    program = try Program()
    try program.makeData()
    try program.succeed("train hrm --data data --steps 40 --workers 1 \(Program.tiny) --out run")
  }

  private func accuracy(_ line: String) throws -> JSON? {
    try JSON(parsing: program.succeed(line).output)["score"]?["cell-accuracy"]
  }

  @Test("An imported run answers as the one that it was exported from, and goes on")
  func roundTrip() throws {
    try program.succeed("weights export run --out model.safetensors")
    try program.succeed(
      "weights import model.safetensors --agent hrm --data data --out imported")
    #expect(
      try accuracy("evaluate imported --data data --json")
        == accuracy("evaluate run --data data --json"))
    try program.succeed("evaluate imported --data data --submit board.db")
    #expect(
      try program.succeed("leaderboard show board.db").output.contains("imported"))
    try program.succeed("train hrm --out imported --resume --steps 3")
    #expect(program.checkpoints(of: "imported").last == "step-00000003")
    try program.succeed("weights export run --out w")
    #expect(try Data(contentsOf: program.url("w")).count > 1000)
    let again = try program.run("weights export run --out model.safetensors")
    #expect(again.code == 1 && again.errors.contains("--force"))
    let other = try program.run(
      "weights import model.safetensors --agent trm --data data --out other")
    #expect(other.code == 1 && other.errors.contains("hrm@1"), "\(other.errors)")
    let wrong = try program.run(
      "weights import model.safetensors --agent hrm --data data --out wrong --set hidden=32")
    #expect(wrong.code == 1 && wrong.errors.contains("hidden is 32"), "\(wrong.errors)")
    #expect(wrong.errors.contains("expected 16, as the weights show"), "\(wrong.errors)")
    #expect(!FileManager.default.fileExists(atPath: program.url("wrong").path))
    var damaged = try Data(contentsOf: program.url("model.safetensors"))
    let place = try #require(damaged.range(of: Data("flops".utf8)))
    damaged.replaceSubrange(place, with: Data("flopz".utf8))
    try damaged.write(to: program.url("damaged.safetensors"))
    let cost = try program.run(
      "weights import damaged.safetensors --agent hrm --data data --out other")
    #expect(cost.code == 1 && cost.errors.contains("the cost of training"), "\(cost.errors)")
    let solver = try program.run(
      "weights import model.safetensors --agent most-frequent --data data --out other")
    #expect(solver.code == 1 && solver.errors.contains("no weights"), "\(solver.errors)")
  }

  @Test("Curves in a pipe are drawn once, in plain characters")
  func watching() throws {
    try program.succeed("train hrm --data data --steps 40 \(Program.tiny) --out runs/second")
    let picture = try program.succeed("watch run runs/second --show loss")
    #expect(!picture.output.contains("\u{1B}"))
    #expect(picture.output.contains("loss, over training steps"))
    #expect(picture.output.contains("* run") && picture.output.contains("o runs/second"))
    for line in picture.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    #expect(try program.succeed("watch runs --by flops").output.contains("* second"))
    let missing = try program.run("watch data")
    #expect(missing.code == 1 && missing.errors.contains("no run here"))
  }

  @Test("What a probe says is wrapped, and a sweep tells the seconds of a puzzle")
  func wrappedText() throws {
    let probe = try program.succeed("probe run --data data --starts 2").output
    #expect(probe.contains("One blank.") && probe.contains("Perturbed starts."))
    for line in probe.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    let sweep = try program.succeed("scale run --data data --segments 1,2").output
    #expect(sweep.contains("s per puzzle"))
    for line in sweep.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("A film is an SVG that begins with the puzzle and ends with the verdict")
  func film() throws {
    let result = try program.run("solve run 1.343.1221434321 --segments 4 --film film.svg")
    #expect(result.output.contains("the puzzle"), "\(result.errors)")
    let svg = try String(contentsOf: program.url("film.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("the puzzle") && svg.contains("solved"))
    #expect(svg.contains("prefers-reduced-motion"))
    #expect(try program.run("solve run 1.343.1221434321 --film film.gif").code == 64)
    let homeless = try program.run("solve run 1.343.1221434321 --film no/film.svg")
    #expect(homeless.code == 1 && homeless.errors.contains("no/film.svg: there is no folder no"))
  }

  @Test("TensorBoard's folder is checked before training begins")
  func tensorBoard() throws {
    try program.succeed(
      "train hrm --data data --steps 4 \(Program.tiny) --out events --tensorboard logs")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: program.url("logs/events").path)
    #expect(names.count { $0.hasPrefix("events.out.tfevents.") } == 1, "\(names)")
    try Data().write(to: program.url("file"))
    let result = try program.run(
      "train hrm --data data --steps 4 \(Program.tiny) --out other --tensorboard file")
    #expect(result.code == 1 && result.errors.contains("file"), "\(result.errors)")
  }

  @Test("A run keeps the settings that say what its weights mean, whoever resumes it")
  func fixedSettings() throws {
    for (setting, kept) in [("heads=4", "2"), ("positions=learned", "rotary"), ("memory=1", "0")] {
      let result = try program.run("train hrm --out run --resume --steps 50 --set \(setting)")
      #expect(result.code == 1)
      #expect(result.errors.contains("expected \(kept), as the run began with"), "\(result.errors)")
    }
    try program.succeed("train hrm --out run --resume --steps 42 --set max-segments=1")
  }

  @Test("A model with added blocks scores as before, says where it is from, and trains on")
  func addedBlocks() throws {
    try program.succeed("weights export run --out model.safetensors")
    let add = "weights import model.safetensors --agent hrm --data data --out larger --add-blocks"
    try program.succeed("\(add) 1")
    #expect(
      try accuracy("evaluate larger --data data --json")
        == accuracy("evaluate run --data data --json"))
    let file = program.url("larger/config.json")
    let (small, large) = try (
      JSON(contentsOf: program.url("run/config.json")), JSON(contentsOf: file)
    )
    for name in ["high-blocks", "low-blocks"] {
      let blocks = try #require(small["settings"]?[name]?.integer)
      #expect(large["settings"]?[name]?.integer == blocks + 1)
    }
    #expect(large["origin"]?["added-blocks"]?.integer == 1)
    try program.succeed("train hrm --out larger --resume --steps 3")
    for count in ["-1", "65", "9999999999"] {
      let result = try program.run("\(add)=\(count) --force")
      #expect(result.code == 1 && result.errors.contains("1 to 64"), "\(result.errors)")
    }
  }

  @Test("A resumed import is asked how long to train")
  func importsNeedABudget() throws {
    try program.succeed("weights export run --out model.safetensors")
    try program.succeed("weights import model.safetensors --agent hrm --data data --out imported")
    let result = try program.run("train hrm --out imported --resume")
    #expect(result.code == 1 && result.errors.contains("how long to train"), "\(result.errors)")
  }

  @Test("A run that embeds puzzles is told when identities are another dataset's")
  func otherIdentities() throws {
    for seed in [1, 2] {
      try program.succeed(
        "dataset generate arc --set canvas=10 max-size=10 --count train=8,test=4 --disjoint "
          + "--seed \(seed) --out arc\(seed)")
    }
    try program.succeed("train hrm --data arc1 --steps 2 --workers 1 \(Program.tiny) --out known")
    let told = "identifiers stand for other puzzles"
    func messages(_ data: String) throws -> String {
      try program.succeed("evaluate known --data \(data) --limit 1").errors
    }
    #expect(try messages("arc2").contains(told))
    #expect(try !messages("arc1").contains(told))
  }
}
