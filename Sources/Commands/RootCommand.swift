import ArgumentParser

/// `reasongym`: the root of all commands.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reasongym",
    abstract: "A gym for reasoning agents: tasks on one side, agents on the other.",
    discussion: Help.flowing(
      """
      A first look, about four minutes:
        reasongym demo

      The usual way:
        reasongym dataset generate sudoku-extreme --count train=1000,test=200 \\
          --disjoint --seed 1 --out data/sudoku
        reasongym train hrm --data data/sudoku --preset small --minutes 10 \\
          --out runs/first
        reasongym evaluate runs/first --data data/sudoku

      Exit codes: 0 done, 1 failed, 64 wrong usage, 130 interrupted (Ctrl-C or SIGTERM). What was
      interrupted is never taken for done. train, compare, dataset generate, evaluate, scale and
      probe keep what they have and go on with it by --resume; other commands begin anew.
      """),
    version: ReasonGym.version,
    subcommands: [
      DemoCommand.self, TasksCommand.self, AgentsCommand.self, DatasetCommand.self,
      TrainCommand.self, EvaluateCommand.self, ScaleCommand.self, ProbeCommand.self,
      CompareCommand.self, WatchCommand.self, SolveCommand.self, PackCommand.self,
      WeightsCommand.self, LeaderboardCommand.self, ParityCommand.self,
      ServeTaskCommand.self, CheckTaskCommand.self,
      BenchCommand.self, DoctorCommand.self, NewTaskCommand.self, NewAgentCommand.self,
    ])
}
