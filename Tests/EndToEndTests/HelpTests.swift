import Foundation
import GymCommands
import GymJSON
import Testing

@Suite struct HelpTests {
  private let program: Program

  init() throws {
    program = try Program()
  }

  /// Every command's words, such as `["dataset", "build"]`, as the program itself lists them.
  private func commands() throws -> [[String]] {
    func all(_ command: JSON, _ path: [String]) -> [[String]] {
      let below = command["subcommands"]?.array ?? []
      return [path]
        + below.flatMap { sub -> [[String]] in
          let name = sub["commandName"]?.string ?? ""
          return name == "help" ? [] : all(sub, path + [name])
        }
    }
    let tree = try JSON(parsing: program.succeed("--experimental-dump-help").output)
    return all(try #require(tree["command"]), [])
  }

  /// The problems of the examples in a `--help` text, as it is printed.
  private func problems(inHelp overview: String, of name: String) -> [String] {
    let gym = ReasonGym(tasks: [], agents: [])
    var problems: [String] = []
    for line in overview.components(separatedBy: "\n") where line.count > 80 {
      problems.append("longer than 80 columns: \(line)")
    }
    let examples = DocumentedCommand.all(inHelp: overview, of: name)
    // A group of commands may leave the examples to them.
    if examples.isEmpty, name != "dataset" { problems.append("no example") }
    for example in examples {
      do {
        try gym.parse(Array(example.words.dropFirst()))
      } catch {
        problems.append("refused: \(example.words.joined(separator: " ")): \(error)")
      }
    }
    return problems + DocumentedCommand.strayLines(inHelp: overview).map { "no command: \($0)" }
  }

  @Test("--help fits 80 columns as it is printed, and its examples are accepted when copied")
  func examples() throws {
    let commands = try commands()
    #expect(commands.count > 30)
    for command in commands {
      let name = command.joined(separator: " ")
      let help = try program.succeed("\(name) --help").output
      #expect(help.contains("OVERVIEW:") && help.contains("USAGE: reasongym"), "\(name)")
      for line in help.split(separator: "\n") where line.count > 80 {
        Issue.record("\(name): longer than 80 columns: \(line)")
      }
      let overview = help.components(separatedBy: "\nUSAGE:")[0]
      for problem in problems(inHelp: overview, of: name) { Issue.record("\(name): \(problem)") }
    }
  }

  @Test(
    "A broken example in --help is noticed: misspelt, incomplete, too long, or cut without \\",
    arguments: [
      ("refused", "  reasongym evaluate runs/first --dta data/sudoku"),
      ("refused", "  reasongym evalate runs/first --data data/sudoku"),
      ("refused", "  reasongym train hrm --data data/sudoku --minutes 5"),
      ("refused", "  reasongym train hrm --data data/sudoku --minutes 5 --out\n  runs/first"),
      ("no command", "  reasongym evaluate runs/first --data data/sudoku\n  --votes 8"),
      ("no command", "  reasongym evaluate runs/first --data data/sudoku \\"),
      (
        "longer than 80",
        "  reasongym evaluate runs/first --data data/sudoku --split validation --votes 8 --best"
      ),
      ("no example", "Examples are in the handbook."),
    ])
  func brokenExamples(problem: String, example: String) {
    let found = problems(inHelp: "OVERVIEW: Something.\n\nExamples:\n\(example)\n", of: "evaluate")
    #expect(found.contains { $0.hasPrefix(problem) }, "\(found)")
    let whole = "Examples:\n  reasongym evaluate runs/first \\\n    --data data/sudoku\n"
    #expect(problems(inHelp: whole, of: "evaluate").isEmpty)
  }

  @Test("The usage in an error message fits 80 columns, broken between arguments")
  func usageLines() throws {
    for command in ["solve", "bench ops --hidden x", "weights import"] {
      let text = try program.run(command).errors
      let lines = try #require(text.components(separatedBy: "Usage: ").dropFirst().first)
        .components(separatedBy: "\n  See")[0].components(separatedBy: "\n")
      #expect(lines.count > 1, "\(text)")
      for line in lines {
        #expect(line.count <= 80, "\(line)")
        #expect(line.count { $0 == "[" } == line.count { $0 == "]" }, "\(line)")
      }
    }
  }

  @Test("Paragraphs of --help are wrapped to the terminal, not broken in the middle of a line")
  func paragraphs() throws {
    let help = try program.succeed("train --help").output
    let overview = help.components(separatedBy: "Examples:")[0].components(separatedBy: "\n")
    for (line, next) in zip(overview, overview.dropFirst()) where !line.isEmpty && !next.isEmpty {
      let word = next.prefix { $0 != " " }
      #expect(line.count + 1 + word.count >= 80 || line.hasPrefix("OVERVIEW"), "\(line)")
    }
  }

  @Test("A mistyped command is answered with the one that was meant")
  func mistypedCommands() throws {
    for (typed, meant) in [
      ("trian hrm", "train"), ("dataset genrate x", "dataset generate"),
      ("leaderboard shwo", "leaderboard show"), ("task --jsn", "tasks"),
      ("help slove", "solve"), ("help dataset shwo", "dataset show"),
    ] {
      let result = try program.run(typed)
      #expect(result.code == 64)
      #expect(result.errors.contains("Did you mean \"\(meant)\"?"), "\(result.errors)")
    }
    for line in ["help", "help solve", "help dataset show"] { try program.succeed(line) }
    let far = try program.run("xyzzyplugh")
    #expect(far.code == 64 && far.errors.contains("Expected one of demo,"), "\(far.errors)")
    #expect(try program.run("tasks --jsn").errors.contains("Did you mean '--json'?"))
  }

  @Test("A shell completes tasks, agents, presets, settings and folders")
  func completion() throws {
    try FileManager.default.createDirectory(
      at: program.url("runs/first"), withIntermediateDirectories: true)
    func complete(_ request: [String]) throws -> [String] {
      let result = try Program.Running(
        ["---completion"] + request, in: program.folder
      ).result()
      #expect(result.code == 0, "\(result.errors)")
      return result.output.components(separatedBy: "\n")
    }
    let train = ["train", "--"]
    let line = ["reasongym", "train", "hrm"]
    let agents = try complete(train + ["positional@0", "2", "0", "reasongym", "train", ""])
    #expect(agents.contains("hrm") && agents.contains("trm"))
    let presets = try complete(train + ["--preset", "4", "0"] + line + ["--preset", ""])
    #expect(presets.contains("paper") && presets.contains("small"))
    let settings = try complete(train + ["--set", "4", "0"] + line + ["--set", ""])
    #expect(settings.contains { $0.hasPrefix("batch=") })
    #expect(!settings.contains { $0.hasPrefix("size=") })
    let tasks = try complete(
      ["dataset", "generate", "--", "positional@0", "3", "0"]
        + ["reasongym", "dataset", "generate", ""])
    #expect(tasks.contains("sudoku-extreme"))
    let runs = try complete(
      ["evaluate", "--", "positional@0", "2", "5", "reasongym", "evaluate", "runs/"])
    #expect(runs.contains("runs/first"))
    for shell in ["bash", "zsh", "fish"] {
      let script = try program.succeed("--generate-completion-script \(shell)").output
      #expect(script.contains("reasongym"))
    }
  }

  @Test("--help lists the commands, and --version prints the version")
  func theProgramSaysWhatItCanDo() throws {
    let help = try program.succeed("--help").output
    for command in ["demo", "train", "evaluate", "solve", "dataset", "parity", "tasks", "agents"] {
      #expect(help.contains("  \(command) "))
    }
    #expect(try program.succeed("--version").output == ReasonGym.version + "\n")
  }

  @Test("tasks and agents print short tables, details by name, and JSON")
  func listsAreForPeopleAndMachines() throws {
    let tasks = try program.succeed("tasks").output
    #expect(tasks.contains("sudoku-extreme@") && tasks.split(separator: "\n").count < 24)
    #expect(try program.succeed("tasks sudoku-extreme").output.contains("rating-permutations"))
    let agents = try program.succeed("agents").output
    #expect(agents.contains("hrm@") && agents.split(separator: "\n").count < 32)
    let hrm = try program.succeed("agents hrm").output
    #expect(hrm.contains("paper") && hrm.contains("hidden"))
    for line in (tasks + agents + hrm).split(separator: "\n") {
      #expect(line.count <= 100, "\(line)")
    }
    let json = try JSON(parsing: program.succeed("agents hrm --json").output)
    #expect(json[0]?["learns"] == true)
    #expect(json[0]?["presets"]?.array?.contains { $0["name"] == "tiny" } == true)
    #expect(try JSON(parsing: program.succeed("tasks --json").output).array?.isEmpty == false)
  }

  @Test(
    "Exit codes are 64 for wrong usage and 1 for failures",
    arguments: [
      ("", 0), ("no-such-command", 64), ("train", 64), ("train hrm --data data --out run", 64),
      ("train hrm --data d --out r --steps 1 --minutes 1", 64), ("train hrm --out r --steps 1", 64),
      ("train hrm --data d --out r --steps 0", 64), ("train hrm --data d --out r --steps x", 64),
      ("train hrm --out r --resume --preset tiny", 64), ("evaluate run", 64),
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
