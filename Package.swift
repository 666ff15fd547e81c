// swift-tools-version: 6.0
import PackageDescription

/// Every task of the gym: a folder under Tasks/ with Sources/ and Tests/.
/// To add one, add its name here and its line in Sources/reasongym/Catalogue.swift.
let tasks = [
  "SudokuExtreme",
  "MazeHard",
  "ARC",
  "Blocksworld",
  "LightsOut",
  "Logic",
  "NQueens",
]

/// The C sources of tasks that have such, in Tasks/<name>/Kernels.
let kernels = ["SudokuExtreme": "CSudokuKernels"]

/// A library target whose `imports` are all that it may import.
/// Tests/ArchitectureTests holds these lists and the import lines against each other.
func module(
  _ name: String, imports: [Target.Dependency] = [], path: String? = nil,
  resources: [Resource]? = nil
) -> Target {
  .target(name: name, dependencies: imports, path: path, resources: resources)
}

func kernelImports(of task: String) -> [Target.Dependency] {
  kernels[task].map { [.init(stringLiteral: $0)] } ?? []
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let sqlite = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let http = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")

/// Whether ranks of several machines are joined by MPI: `make build MPI=1`. The paths of its header
/// and library come by CPATH and LIBRARY_PATH.
let hasMPI = Context.environment["REASONGYM_MPI"] == "1"
let plugins = tasks.map { Target.Dependency(stringLiteral: $0) }

let package = Package(
  name: "ReasonGym",
  platforms: [.macOS(.v15)],
  products: [
    // For tasks and agents. A plug-in imports `Gym`, and `Randomness` if it draws puzzles.
    .library(name: "Gym", targets: ["Gym", "GymCore", "JSON", "Randomness"]),
    .library(name: "GymTesting", targets: ["GymTesting"]),
    // For programs of one's own, without the command line.
    .library(name: "GymDatasets", targets: ["Datasets"]),
    .library(name: "GymEvaluation", targets: ["GymEvaluation"]),
    .library(name: "GymTasks", targets: tasks),
    .library(name: "GymTraining", targets: ["Runner"]),
    .library(name: "ReasonGymAgents", targets: ["Agents"]),
    .library(name: "ReasonGymCommands", targets: ["Commands"]),
    .executable(name: "reasongym", targets: ["reasongym"]),
  ],
  dependencies: [
    // Commands, options, help and shell completion: outside what the gym exists for.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // SQLite for leaderboards: migrations, WAL and several writing processes, long proven.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // The HTTP server of `leaderboard serve`: small, of its own, on Swift's concurrency.
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // C libraries, each behind one module. A further one, OpenSSL's libcrypto, hashes and signs:
    // GymCore loads it when the program runs, and CryptoKit on Apple's systems. It needs no
    // headers, and is on every Debian and Ubuntu with a Swift toolchain, whose FoundationNetworking
    // loads libcurl.so.4, which on both is linked with it. swift-crypto would compile BoringSSL, a
    // quarter of the build.
    .systemLibrary(
      name: "CJSONC", pkgConfig: "json-c",
      providers: [.apt(["libjson-c-dev"]), .brew(["json-c"])]),
    // gzip is how large files of puzzles are handed round; zlib is on every machine that has Swift.
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CTensorKernels"),
    .target(
      name: "CRanks", dependencies: [], cSettings: hasMPI ? [.define("REASONGYM_MPI")] : [],
      linkerSettings: hasMPI ? [.linkedLibrary("mpi")] : []),

    // The foundations.
    module("Unpacking", imports: ["CZlib"]),
    module("JSON", imports: ["CJSONC", "Unpacking"]),
    module("GymCore", imports: ["JSON"]),
    module("Randomness"),
    module("Ranks", imports: ["CRanks"]),
    module("Tensors", imports: ["CTensorKernels", "Randomness"]),
    module("SafeTensors", imports: ["GymCore", "JSON", "Tensors"]),
    module("NeuralNetworks", imports: ["Tensors", "Randomness", "Ranks"]),

    // The gym: what plug-ins see, and what works on plug-ins without knowing them.
    module("Gym", imports: ["GymCore", "JSON", "Randomness", "Ranks", "Unpacking"]),
    module("GymTesting", imports: ["Gym", "JSON", "Randomness"]),
    module("Datasets", imports: ["Gym", "JSON", "Randomness"]),
    module(
      "Agents",
      imports: ["Gym", "NeuralNetworks", "SafeTensors", "Tensors", "JSON", "Randomness"]),
    module("GymEvaluation", imports: ["Gym", "JSON"]),
    // Pages, charts, tables and numbers; style sheets and scripts are files in the executable.
    module(
      "GymReports", imports: ["Gym"], resources: [.embedInCode("Assets")]),
    module("External", imports: ["Gym", "JSON", "Randomness"]),
    module(
      "Runner",
      imports: ["Gym", "Datasets", "GymEvaluation", "GymReports", "JSON", "Randomness"],
      resources: [.embedInCode("Probing/probe.css")]),

    // Leaderboards: what they are, where they are kept, how they are shown.
    module(
      "Leaderboard", imports: ["Datasets", "Gym", "GymEvaluation", "GymReports", "JSON"]),
    module("LeaderboardStore", imports: ["Gym", "JSON", "Leaderboard", sqlite]),
    module(
      "LeaderboardPages",
      imports: ["Gym", "GymEvaluation", "GymReports", "JSON", "Leaderboard"],
      resources: [.embedInCode("Assets")]),
    module("LeaderboardServer", imports: ["Gym", "JSON", "Leaderboard", "LeaderboardPages", http]),

    // The one place where everything meets.
    module(
      "Commands",
      imports: [
        "Agents", "Datasets", "External", "Gym", "GymEvaluation", "GymReports", "GymTesting",
        "JSON", "Leaderboard", "LeaderboardPages", "LeaderboardServer", "LeaderboardStore",
        "NeuralNetworks", "Randomness", "Runner", "SafeTensors", "Tensors", argumentParser,
      ]),
    .executableTarget(
      name: "reasongym", dependencies: ["Agents", "Commands", "Gym"] + plugins),

    .testTarget(name: "UnpackingTests", dependencies: ["Unpacking"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(name: "GymCoreTests", dependencies: ["GymCore", "JSON"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(
      name: "TensorsTests", dependencies: ["CTensorKernels", "Tensors", "Randomness"]),
    .testTarget(
      name: "SafeTensorsTests", dependencies: ["GymCore", "SafeTensors", "Tensors", "Randomness"]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["NeuralNetworks", "Tensors", "Randomness"]),
    .testTarget(
      name: "GymTests", dependencies: ["Gym", "GymTesting", "JSON", "Randomness"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Gym", "JSON", "Randomness"]),
    .testTarget(
      name: "AgentsTests",
      dependencies: [
        "Agents", "Gym", "GymTesting", "JSON", "NeuralNetworks", "Randomness", "SafeTensors",
        "Tensors",
      ]),
    .testTarget(
      name: "RunnerTests",
      dependencies: [
        "Runner", "Datasets", "Gym", "GymEvaluation", "GymReports", "JSON", "Randomness",
      ]),
    .testTarget(name: "GymReportsTests", dependencies: ["GymReports"]),
    .testTarget(
      name: "GymEvaluationTests", dependencies: ["GymEvaluation", "Gym", "JSON", "Randomness"]),
    .testTarget(
      name: "ExternalTests", dependencies: ["External", "Gym", "GymTesting", "JSON", "Randomness"]),
    .testTarget(
      name: "LeaderboardTests",
      dependencies: [
        "Leaderboard", "LeaderboardStore", "Datasets", "Gym", "GymEvaluation", "JSON",
        "Randomness", sqlite,
      ]),
    .testTarget(
      name: "LeaderboardPagesTests",
      dependencies: [
        "Leaderboard", "LeaderboardPages", "LeaderboardServer", "Gym", "JSON", "Randomness",
      ]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "EndToEndTests", dependencies: ["Commands", "JSON", "reasongym"]),
  ],
  swiftLanguageModes: [.v6]
)

// The tasks: a module, its tests, and its C sources where it has such.
for name in tasks {
  package.targets += [
    module(
      name, imports: ["Gym", "JSON", "Randomness"] + kernelImports(of: name),
      path: "Tasks/\(name)/Sources"),
    .testTarget(
      name: "\(name)Tests",
      dependencies: [.init(stringLiteral: name), "Gym", "GymTesting", "JSON", "Randomness"],
      path: "Tasks/\(name)/Tests"),
  ]
}
for (task, name) in kernels {
  package.targets.append(.target(name: name, path: "Tasks/\(task)/Kernels"))
}

// The readers of other people's files and messages: a test replays inputs, and `make fuzz`, which
// sets the variable, builds the same readers into a program with libFuzzer instead.
let readers: [Target.Dependency] = [
  "ARC", "Datasets", "External", "Gym", "JSON", "Leaderboard", "LeaderboardServer",
  "LeaderboardStore", "MazeHard", "Randomness", "SafeTensors", "SudokuExtreme", "Tensors",
]
if Context.environment["REASONGYM_FUZZ"] == nil {
  package.targets.append(
    .testTarget(name: "FuzzTests", dependencies: readers, exclude: ["Corpus", "Fuzzer"]))
} else {
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: readers, path: "Tests/FuzzTests",
      exclude: ["Corpus", "ReplayTests.swift"]))
}
