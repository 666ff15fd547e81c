import ArgumentParser

/// `reasongym dataset`: makes, shows and checks datasets.
struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Build, generate, show, check, merge and convert datasets; score submissions.",
    discussion: Help.flowing(
      """
      A dataset is a folder in the layout of the released HRM code, with a manifest.json that says
      how it was made. The same command makes the same bytes, with any number of workers.
      """),
    subcommands: [
      DatasetBuildCommand.self, DatasetGenerateCommand.self, DatasetShowCommand.self,
      DatasetCheckCommand.self, DatasetMergeCommand.self, DatasetConvertCommand.self,
      DatasetScoreCommand.self,
    ])
}
