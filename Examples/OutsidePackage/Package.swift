// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "mygym",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In a package of yours: .package(url: "https://…/ReasonGym", from: "0.1.0") once 0.1.0 is
    // tagged; until then name a commit with `revision:`.
    .package(name: "ReasonGym", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "mygym",
      dependencies: [
        .product(name: "Gym", package: "ReasonGym"),
        .product(name: "GymNeuralAgents", package: "ReasonGym"),
        .product(name: "GymCommands", package: "ReasonGym"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
