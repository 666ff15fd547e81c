import ArgumentParser

/// `reasongym leaderboard`: manages boards, which judge every answer themselves.
struct LeaderboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leaderboard",
    abstract: "Compare agents on boards that judge every answer themselves.",
    discussion: Help.flowing(
      """
      A board is one file. It holds the puzzles, takes predictions and never scores, judges each
      answer by the task's rules, and says which differences are real.

      A first board:
        reasongym leaderboard create board.db --data data/sudoku
        reasongym evaluate runs/first --data data/sudoku --submit board.db
        reasongym leaderboard show board.db
      """),
    subcommands: [
      LeaderboardCreateCommand.self, LeaderboardListCommand.self, LeaderboardSubmitCommand.self,
      LeaderboardAttachCommand.self, LeaderboardShowCommand.self, LeaderboardCompareCommand.self,
      LeaderboardQuestionsCommand.self, LeaderboardKeyCommand.self,
      LeaderboardExportCommand.self, LeaderboardImportCommand.self, LeaderboardPageCommand.self,
      LeaderboardServeCommand.self,
    ])
}
