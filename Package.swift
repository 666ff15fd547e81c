// swift-tools-version: 6.0
import PackageDescription

/// Every task of the gym: a folder under Tasks/ with Sources/ and Tests/.
/// To add one, add its name here and its line in Sources/reasongym/Catalogue.swift.
let tasks = [
  "SudokuExtreme",
  "MazeHard",
  "ARC",
]

/// The C sources of tasks that have such, in Tasks/<name>/Kernels.
let kernels = ["SudokuExtreme": "CSudokuKernels"]

/// A room of the house: a library target whose `imports` are all that it may import.
/// Tests/ArchitectureTests holds these lists and the import lines against each other.
func room(
  _ name: String, imports: [Target.Dependency] = [], path: String? = nil
) -> Target {
  .target(name: name, dependencies: imports, path: path)
}

func kernelImports(of task: String) -> [Target.Dependency] {
  kernels[task].map { [.init(stringLiteral: $0)] } ?? []
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let plugins = tasks.map { Target.Dependency(stringLiteral: $0) }

let package = Package(
  name: "ReasonGym",
  platforms: [.macOS(.v14)],
  products: [
    .library(name: "Gym", targets: ["Gym"]),
    .library(name: "GymTesting", targets: ["GymTesting"]),
    .library(name: "ReasonGymCommands", targets: ["Commands"]),
    .executable(name: "reasongym", targets: ["reasongym"]),
  ],
  dependencies: [
    // Commands, options, help and shell completion: outside what the gym exists for.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // SHA-256 of datasets, weights and predictions: a hash that people trust is not ours to write.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
  ],
  targets: [
    // C libraries, each behind one room.
    .systemLibrary(
      name: "CJSONC", pkgConfig: "json-c",
      providers: [.apt(["libjson-c-dev"]), .brew(["json-c"])]),
    .systemLibrary(
      name: "COneDNN", providers: [.apt(["libdnnl-dev"]), .brew(["onednn"])]),
    .target(
      name: "CTensorKernels", dependencies: ["COneDNN"],
      linkerSettings: [.linkedLibrary("dnnl")]),

    // The foundations.
    room("JSON", imports: ["CJSONC"]),
    room("Randomness"),
    room("Tensors", imports: ["CTensorKernels", "Randomness"]),
    room("SafeTensors", imports: ["Tensors", "JSON"]),
    room("NeuralNetworks", imports: ["Tensors", "Randomness"]),

    // The gym: what plug-ins see, and what works on plug-ins without knowing them.
    room("Gym", imports: ["JSON", "Randomness"]),
    room("GymTesting", imports: ["Gym", "JSON", "Randomness"]),
    room("Datasets", imports: ["Gym", "JSON", "Randomness", crypto]),
    room("Agents", imports: ["Gym", "NeuralNetworks", "SafeTensors", "Tensors", "JSON", "Randomness"]),
    room("Runner", imports: ["Gym", "Datasets", "JSON", "Randomness", crypto]),

    // The one place where everything meets.
    room(
      "Commands",
      imports: [
        "Agents", "Datasets", "Gym", "JSON", "NeuralNetworks", "Randomness", "Runner",
        "SafeTensors", "Tensors", argumentParser,
      ]),
    .executableTarget(
      name: "reasongym", dependencies: ["Agents", "Commands", "Gym"] + plugins),

    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(
      name: "TensorsTests", dependencies: ["CTensorKernels", "Tensors", "Randomness"]),
    .testTarget(name: "SafeTensorsTests", dependencies: ["SafeTensors", "Tensors", "Randomness"]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["NeuralNetworks", "Tensors", "Randomness"]),
    .testTarget(
      name: "GymTests", dependencies: ["Gym", "GymTesting", "JSON", "Randomness"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Gym", "JSON", "Randomness"]),
    .testTarget(
      name: "AgentsTests",
      dependencies: ["Agents", "Gym", "GymTesting", "NeuralNetworks", "Tensors", "Randomness"]),
    .testTarget(
      name: "RunnerTests", dependencies: ["Runner", "Datasets", "Gym", "JSON", "Randomness"]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "EndToEndTests", dependencies: ["JSON", "reasongym"]),
  ],
  swiftLanguageModes: [.v6]
)

// The tasks: a module, its tests, and its C sources where it has such.
for name in tasks {
  package.targets += [
    room(
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
