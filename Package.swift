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

let plugins = tasks.map { Target.Dependency(stringLiteral: $0) }

let package = Package(
  name: "ReasonGym",
  platforms: [.macOS(.v15)],
  products: [
    // For tasks and agents. A plug-in imports `Gym` alone.
    .library(name: "Gym", targets: ["Gym", "GymCore", "GymJSON", "GymRandomness"]),
    .library(name: "GymTesting", targets: ["GymTesting"]),
    // For programs of one's own, without the command line.
    .library(name: "GymDatasets", targets: ["GymDatasets"]),
    .library(name: "GymEvaluation", targets: ["GymEvaluation"]),
    .library(name: "GymTasks", targets: tasks),
    .library(name: "GymTraining", targets: ["GymTraining"]),
    .library(name: "GymAgents", targets: ["GymAgents"]),
    .library(name: "GymNeuralAgents", targets: ["GymNeuralAgents"]),
    .library(name: "GymCommands", targets: ["GymCommands"]),
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
    // C libraries, each behind one module. Two more are loaded when the program runs, and need no
    // headers. GymUnpacking reads gzip, in which large files of puzzles are handed round, by zlib,
    // which every system has. GymCore hashes and signs by OpenSSL's libcrypto, and by CryptoKit on
    // Apple's systems. It is on every Debian and Ubuntu with a Swift toolchain, whose
    // FoundationNetworking loads libcurl.so.4, which on both is linked with it. swift-crypto would
    // compile BoringSSL, a quarter of the build.
    .systemLibrary(
      name: "CGymJSONC", pkgConfig: "json-c",
      providers: [.apt(["libjson-c-dev"]), .brew(["json-c"])]),
    .target(name: "CGymTensorKernels"),
    // The form of the MPI library, which `make build MPI=1` compiles and the program loads.
    .systemLibrary(name: "CGymRanks"),

    // The foundations.
    module("GymUnpacking"),
    module("GymJSON", imports: ["CGymJSONC", "GymUnpacking"]),
    module("GymCore", imports: ["GymJSON"]),
    module("GymRandomness"),
    module("GymRanks", imports: ["CGymRanks"]),
    module("GymTensors", imports: ["CGymTensorKernels", "GymRandomness"]),
    module("GymSafeTensors", imports: ["GymCore", "GymJSON", "GymTensors"]),
    module("GymNetworks", imports: ["GymTensors", "GymRandomness", "GymRanks"]),

    // The gym: what plug-ins see, and what works on plug-ins without knowing them.
    module("Gym", imports: ["GymCore", "GymJSON", "GymRandomness", "GymRanks", "GymUnpacking"]),
    module("GymTesting", imports: ["Gym", "GymJSON", "GymRandomness"]),
    module("GymDatasets", imports: ["Gym", "GymJSON", "GymRandomness"]),
    module("GymAgents", imports: ["Gym", "GymJSON", "GymRandomness"]),
    module(
      "GymNeuralAgents",
      imports: ["Gym", "GymNetworks", "GymSafeTensors", "GymTensors", "GymJSON", "GymRandomness"]),
    module("GymEvaluation", imports: ["Gym", "GymJSON"]),
    // Pages, charts, tables and numbers; style sheets and scripts are files in the executable.
    module(
      "GymReports", imports: ["Gym"], resources: [.embedInCode("Assets")]),
    module("GymExternal", imports: ["Gym", "GymJSON", "GymRandomness"]),
    module(
      "GymTraining",
      imports: ["Gym", "GymDatasets", "GymEvaluation", "GymReports", "GymJSON", "GymRandomness"],
      resources: [.embedInCode("Probing/probe.css")]),

    // Leaderboards: what they are, where they are kept, how they are shown.
    module(
      "GymBoards", imports: ["GymDatasets", "Gym", "GymEvaluation", "GymReports", "GymJSON"]),
    module("GymBoardStore", imports: ["Gym", "GymJSON", "GymBoards", sqlite]),
    module(
      "GymBoardPages",
      imports: ["Gym", "GymEvaluation", "GymReports", "GymJSON", "GymBoards"],
      resources: [.embedInCode("Assets")]),
    module("GymBoardServer", imports: ["Gym", "GymJSON", "GymBoards", "GymBoardPages", http]),

    // The one place where everything meets.
    module(
      "GymCommands",
      imports: [
        "GymNeuralAgents", "GymDatasets", "GymExternal", "Gym", "GymEvaluation", "GymReports",
        "GymTesting", "GymJSON", "GymBoards", "GymBoardPages", "GymBoardServer", "GymBoardStore",
        "GymNetworks", "GymRandomness", "GymTraining", "GymSafeTensors", "GymTensors",
        argumentParser,
      ]),
    .executableTarget(
      name: "reasongym",
      dependencies: ["GymAgents", "GymNeuralAgents", "GymCommands", "Gym"] + plugins),

    // What several modules' tests need.
    module("GymTestSupport", path: "Tests/GymTestSupport"),
    .testTarget(name: "GymUnpackingTests", dependencies: ["GymUnpacking", "GymTestSupport"]),
    .testTarget(name: "GymJSONTests", dependencies: ["GymJSON", "GymTestSupport"]),
    .testTarget(name: "GymCoreTests", dependencies: ["GymCore", "GymJSON", "GymTestSupport"]),
    .testTarget(name: "GymRandomnessTests", dependencies: ["GymRandomness"]),
    .testTarget(
      name: "GymTensorsTests", dependencies: ["CGymTensorKernels", "GymTensors", "GymRandomness"]),
    .testTarget(
      name: "GymSafeTensorsTests",
      dependencies: [
        "GymCore", "GymSafeTensors", "GymTensors", "GymRandomness", "GymTestSupport",
      ]),
    .testTarget(
      name: "GymNetworksTests", dependencies: ["GymNetworks", "GymTensors", "GymRandomness"]),
    .testTarget(
      name: "GymTests",
      dependencies: ["Gym", "GymTesting", "GymJSON", "GymRandomness", "GymTestSupport"]),
    .testTarget(
      name: "GymDatasetsTests",
      dependencies: ["GymDatasets", "Gym", "GymJSON", "GymRandomness", "GymTestSupport"]),
    .testTarget(
      name: "GymAgentsTests",
      dependencies: [
        "GymAgents", "Gym", "GymTesting", "GymJSON", "GymRandomness", "GymTestSupport",
      ]),
    .testTarget(
      name: "GymNeuralAgentsTests",
      dependencies: [
        "GymNeuralAgents", "Gym", "GymTesting", "GymJSON", "GymNetworks", "GymRandomness",
        "GymSafeTensors", "GymTensors", "GymTestSupport",
      ]),
    .testTarget(
      name: "GymTrainingTests",
      dependencies: [
        "GymTraining", "GymDatasets", "Gym", "GymEvaluation", "GymReports", "GymJSON",
        "GymRandomness", "GymTestSupport",
      ]),
    .testTarget(name: "GymReportsTests", dependencies: ["GymReports"]),
    .testTarget(
      name: "GymEvaluationTests",
      dependencies: ["GymEvaluation", "Gym", "GymJSON", "GymRandomness"]),
    .testTarget(
      name: "GymExternalTests",
      dependencies: [
        "GymExternal", "Gym", "GymTesting", "GymJSON", "GymRandomness", "GymTestSupport",
      ]),
    .testTarget(
      name: "GymBoardsTests",
      dependencies: [
        "GymBoards", "GymBoardStore", "GymDatasets", "Gym", "GymEvaluation", "GymJSON",
        "GymRandomness", "GymTestSupport", sqlite,
      ]),
    .testTarget(
      name: "GymBoardPagesTests",
      dependencies: [
        "GymBoards", "GymBoardPages", "GymBoardServer", "Gym", "GymJSON", "GymRandomness",
        "GymEvaluation", "GymTestSupport",
      ]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["GymCommands", "GymJSON", "GymTestSupport", "reasongym"]),
  ],
  swiftLanguageModes: [.v6]
)

// The tasks: a module, its tests, and its C sources where it has such.
for name in tasks {
  package.targets += [
    module(
      name, imports: ["Gym"] + kernelImports(of: name),
      path: "Tasks/\(name)/Sources"),
    .testTarget(
      name: "\(name)Tests",
      dependencies: [.init(stringLiteral: name), "Gym", "GymTesting", "GymTestSupport"],
      path: "Tasks/\(name)/Tests"),
  ]
}
for (task, name) in kernels {
  package.targets.append(.target(name: name, path: "Tasks/\(task)/Kernels"))
}

// The readers of other people's files and messages: a test replays inputs, and `make fuzz`, which
// sets the variable, builds the same readers into a program with libFuzzer instead.
let readers: [Target.Dependency] = [
  "ARC", "GymDatasets", "GymExternal", "Gym", "GymJSON", "GymBoards", "GymBoardServer",
  "GymBoardStore", "MazeHard", "GymRandomness", "GymSafeTensors", "SudokuExtreme", "GymTensors",
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
