import ArgumentParser
import Foundation

/// The options common to new tasks and new agents.
struct ScaffoldOptions: ParsableArguments {
  @Argument(help: "Its name as a Swift type, such as LightsUp.")
  var name: String

  @Flag(help: "Only list what would be written.")
  var dryRun = false

  @Option(
    name: .customLong("package"),
    help: ArgumentHelp(
      "The checkout to write into. (default: the one around this folder)", valueName: "DIR"),
    completion: .directory)
  var folder: String?

  /// Writes a plug-in's files, or lists them.
  func run(_ make: (PluginName, Checkout) throws -> Scaffold) throws {
    let name = try PluginName(name)
    let checkout = try Checkout(around: URL(fileURLWithPath: folder ?? "."))
    try checkout.check(name, Catalogue.current)
    let scaffold = try make(name, checkout)
    if dryRun {
      print("\(name.type) would be called \(name.id). Nothing was written of:\n\(scaffold.list)")
      return
    }
    try scaffold.changes.apply(to: checkout.root)
    print("Made \(name.type), called \(name.id), in \(checkout.root.path):\n\(scaffold.list)")
    print("It works unchanged. The parts to change are marked \"Yours\". To try it:")
    for command in scaffold.nextCommands { print("  \(command)") }
  }
}
