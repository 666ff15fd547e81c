import ArgumentParser

/// `reasongym bench`: measures the engine's speed on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the engine on this machine.",
    discussion: Help.flowing(
      """
      Examples:
        reasongym bench step --hidden 128 --blocks 2 --heads 4 --batch 64 --cells 81
        reasongym bench step --hidden 512 --blocks 4 --heads 8 --batch 16 \\
          --dtype bf16 --json
        reasongym bench solve --hidden 512 --blocks 4 --heads 8
        reasongym bench ops --hidden 128 --heads 4 --batch 8
      """),
    subcommands: [BenchStepCommand.self, BenchSolveCommand.self, BenchOpsCommand.self])
}
