import Commands
import Foundation
import JSON
import Testing

@Suite struct HelpTests {
  private let program: Program

  init() throws {
    program = try Program()
  }

  @Test(arguments: [
    "demo", "tasks", "agents", "dataset", "dataset build", "dataset generate", "dataset show",
    "train", "evaluate", "solve", "parity", "bench", "bench ops", "doctor", "scale", "probe",
    "compare", "new-task", "new-agent", "leaderboard", "leaderboard submit", "leaderboard show",
  ])
  func everyCommandHasHelpWithExamples(command: String) throws {
    let help = try program.succeed("\(command) --help").output
    #expect(help.contains("OVERVIEW:"))
    #expect(help.contains("USAGE: reasongym \(command)"))
    #expect(help.contains("reasongym \(command) "), "an example")
  }

  @Test func theProgramSaysWhatItCanDo() throws {
    let help = try program.succeed("--help").output
    for command in ["demo", "train", "evaluate", "solve", "dataset", "parity", "tasks", "agents"] {
      #expect(help.contains("  \(command) "))
    }
    #expect(try program.succeed("--version").output == ReasonGym.version + "\n")
  }

  @Test func listsAreForPeopleAndMachines() throws {
    let tasks = try program.succeed("tasks").output
    #expect(tasks.contains("sudoku-extreme@"))
    #expect(tasks.contains("size"))
    let agents = try program.succeed("agents").output
    #expect(agents.contains("hrm@") && agents.contains("paper") && agents.contains("hidden"))
    for line in (tasks + agents).split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    let json = try JSON(parsing: program.succeed("agents hrm --json").output)
    #expect(json[0]?["learns"] == true)
    #expect(json[0]?["presets"]?.array?.contains { $0["name"] == "tiny" } == true)
    #expect(try JSON(parsing: program.succeed("tasks --json").output).array?.isEmpty == false)
  }

  @Test(arguments: [
    ("", 0), ("no-such-command", 64), ("train", 64), ("train hrm --data data --out run", 64),
    ("train hrm --data d --out r --steps 1 --minutes 1", 64), ("train hrm --out r --steps 1", 64),
    ("train hrm --data d --out r --steps 0", 64), ("train hrm --data d --out r --steps x", 64),
    ("train hrm --out r --resume --set batch=2", 64), ("evaluate run", 64),
    ("evaluate run --data d --limit 0", 64), ("solve", 64), ("tasks --nothing", 64),
    ("demo --flops 0", 64), ("probe run --data d --starts x", 64),
    ("evaluate run --data d", 1), ("tasks nothing", 1),
    ("train nothing --data d --out r --steps 1", 1), ("train hrm --out r --resume", 1),
  ])
  func exitCodes(line: String, code: Int32) throws {
    let result = try program.run(line)
    #expect(result.code == code, "\(line): \(result.errors)")
    #expect(code == 0 || !result.errors.isEmpty)
  }
}
