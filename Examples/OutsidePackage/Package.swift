// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "mygym",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Yours: .package(url: "https://…/ReasonGym", from: "0.1.0")
    .package(name: "ReasonGym", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "mygym",
      dependencies: [
        .product(name: "Gym", package: "ReasonGym"),
        .product(name: "ReasonGymAgents", package: "ReasonGym"),
        .product(name: "ReasonGymCommands", package: "ReasonGym"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
