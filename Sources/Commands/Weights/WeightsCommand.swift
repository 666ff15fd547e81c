import ArgumentParser

/// `reasongym weights`: exchanges weights with PyTorch.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Exchange weights with PyTorch, as safetensors files.",
    discussion: Help.flowing(
      """
      Tensors have the names of the released HRM and TRM state dictionaries, so that models which
      were trained with that code on a graphics card are scored, probed and ranked here, and runs
      of this program continue there. The handbook's page "Train on a GPU elsewhere" goes through
      it.

      Examples:
        reasongym weights export runs/first --out model.safetensors
        reasongym weights import model.safetensors --agent hrm --data data/sudoku \\
          --out runs/imported
      """),
    subcommands: [WeightsExportCommand.self, WeightsImportCommand.self])
}
