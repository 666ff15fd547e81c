/// The modules that each module may import, of this package and of others: the package's plan.
/// The system's own modules (Foundation, Dispatch, Synchronization…) are free to all but those
/// that say otherwise.
enum ModulePlan {
  static let imports: [String: Set<String>] = [
    "CJSONC": [],
    "CRanks": [],
    "CTensorKernels": [],
    "CZlib": [],
    "Unpacking": ["CZlib"],
    "JSON": ["CJSONC", "Unpacking"],
    "GymCore": ["JSON"],
    "Randomness": [],
    "Ranks": ["CRanks"],
    "Tensors": ["CTensorKernels", "Randomness"],
    "SafeTensors": ["GymCore", "JSON", "Tensors"],
    "NeuralNetworks": ["Tensors", "Randomness", "Ranks"],
    "Gym": ["GymCore", "JSON", "Randomness", "Ranks", "Unpacking"],
    "GymTesting": ["Gym", "JSON", "Randomness"],
    "Datasets": ["Gym", "JSON", "Randomness"],
    "Agents": ["Gym", "NeuralNetworks", "SafeTensors", "Tensors", "JSON", "Randomness"],
    "GymEvaluation": ["Gym", "JSON"],
    "GymReports": ["Gym"],
    "External": ["Gym", "JSON", "Randomness"],
    "Runner": ["Gym", "Datasets", "GymEvaluation", "GymReports", "JSON", "Randomness"],
    "Leaderboard": ["Datasets", "Gym", "GymEvaluation", "GymReports", "JSON"],
    "LeaderboardStore": ["Gym", "JSON", "Leaderboard", "GRDB"],
    "LeaderboardPages": ["Gym", "GymEvaluation", "GymReports", "JSON", "Leaderboard"],
    "LeaderboardServer": ["Gym", "JSON", "Leaderboard", "LeaderboardPages", "FlyingFox"],
    "Commands": [
      "Agents", "Datasets", "External", "Gym", "GymEvaluation", "GymReports", "GymTesting", "JSON",
      "Leaderboard",
      "LeaderboardPages", "LeaderboardServer", "LeaderboardStore", "NeuralNetworks",
      "Randomness", "Runner", "SafeTensors", "Tensors", "ArgumentParser",
    ],
    // The program adds the tasks to these.
    "reasongym": ["Agents", "Commands", "Gym"],
  ]

  /// The modules that a task may import: neither agents nor other tasks.
  static let taskImports: Set<String> = ["Gym", "JSON", "Randomness"]

  /// The tasks' own C sources (Tasks/<name>/Kernels), which that task alone imports.
  static let taskKernels = ["CSudokuKernels": "SudokuExtreme"]

  /// Modules that belong to the system, not to this package or another.
  static let system: Set<String> = [
    "CryptoKit", "Foundation", "Dispatch", "Synchronization", "Glibc", "Musl", "Darwin", "Testing",
  ]
}
