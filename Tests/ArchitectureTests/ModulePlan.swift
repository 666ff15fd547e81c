/// The modules that each module may import, of this package and of others: the package's plan.
/// The system's own modules (Foundation, Dispatch, Synchronization…) are free to all but those
/// that say otherwise.
enum ModulePlan {
  static let imports: [String: Set<String>] = [
    "CGymJSONC": [],
    "CGymRanks": [],
    "CGymTensorKernels": [],
    "GymUnpacking": [],
    "GymJSON": ["CGymJSONC", "GymUnpacking"],
    "GymCore": ["GymJSON"],
    "GymRandomness": [],
    "GymRanks": ["CGymRanks"],
    "GymTensors": ["CGymTensorKernels", "GymRandomness"],
    "GymSafeTensors": ["GymCore", "GymJSON", "GymTensors"],
    "GymNetworks": ["GymTensors", "GymRandomness", "GymRanks"],
    "Gym": ["GymCore", "GymJSON", "GymRandomness", "GymRanks", "GymUnpacking"],
    "GymTesting": ["Gym", "GymJSON", "GymRandomness"],
    "GymDatasets": ["Gym", "GymJSON", "GymRandomness"],
    "GymAgents": ["Gym", "GymJSON", "GymRandomness"],
    "GymNeuralAgents": [
      "Gym", "GymNetworks", "GymSafeTensors", "GymTensors", "GymJSON", "GymRandomness",
    ],
    "GymEvaluation": ["Gym", "GymJSON"],
    "GymReports": ["Gym"],
    "GymExternal": ["Gym", "GymJSON", "GymRandomness"],
    "GymTraining": [
      "Gym", "GymDatasets", "GymEvaluation", "GymReports", "GymJSON", "GymRandomness",
    ],
    "GymBoards": ["GymDatasets", "Gym", "GymEvaluation", "GymReports", "GymJSON"],
    "GymBoardStore": ["Gym", "GymJSON", "GymBoards", "GRDB"],
    "GymBoardPages": ["Gym", "GymEvaluation", "GymReports", "GymJSON", "GymBoards"],
    "GymBoardServer": ["Gym", "GymJSON", "GymBoards", "GymBoardPages", "FlyingFox"],
    "GymCommands": [
      "GymNeuralAgents", "GymDatasets", "GymExternal", "Gym", "GymEvaluation", "GymReports",
      "GymTesting", "GymJSON", "GymBoards", "GymBoardPages", "GymBoardServer", "GymBoardStore",
      "GymNetworks", "GymRandomness", "GymTraining", "GymSafeTensors", "GymTensors",
      "ArgumentParser",
    ],
    "GymTestSupport": [],
    // The program adds the tasks to these.
    "reasongym": ["GymAgents", "GymNeuralAgents", "GymCommands", "Gym"],
  ]

  /// The modules that a task may import: neither agents nor other tasks.
  static let taskImports: Set<String> = ["Gym"]

  /// The tasks' own C sources (Tasks/<name>/Kernels), which that task alone imports.
  static let taskKernels = ["CSudokuKernels": "SudokuExtreme"]

  /// Modules that belong to the system, not to this package or another.
  static let system: Set<String> = [
    "CryptoKit", "Foundation", "Dispatch", "Synchronization", "Glibc", "Musl", "Darwin", "Testing",
  ]
}
