import ArgumentParser
import Foundation

/// `reasongym new-task`: writes a working task to start from.
struct NewTaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-task",
    abstract: "Write a small task that builds, conforms and trains, to change into your own.",
    discussion: Help.flowing(
      """
      Run it in a checkout of ReasonGym. It creates Tasks/NAME with rules, generator, verifier,
      picture and tests, and adds the name to Package.swift and the task to
      Sources/reasongym/Catalogue.swift. CONTRIBUTING.md has the next steps.

      Examples:
        reasongym new-task LightsUp
        reasongym new-task LightsUp --dry-run
      """))

  @OptionGroup var options: ScaffoldOptions

  func run() throws { try options.run(Scaffold.task) }
}

/// `reasongym new-agent`: writes a working agent to start from.
struct NewAgentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-agent",
    abstract: "Write a small agent that builds, conforms and learns, to change into your own.",
    discussion: Help.flowing(
      """
      Run it in a checkout of ReasonGym. It creates Sources/GymAgents/NAME and a test in
      Tests/GymAgentsTests, and adds the agent to Sources/reasongym/Catalogue.swift. Agents share one
      module, so Package.swift does not change.

      Examples:
        reasongym new-agent Guesser
        reasongym new-agent Guesser --dry-run
      """))

  @OptionGroup var options: ScaffoldOptions

  func run() throws { try options.run(Scaffold.agent) }
}

/// The options common to new tasks and new agents.
struct ScaffoldOptions: ParsableArguments {
  @Argument(help: "Its name as a Swift type, such as LightsUp or Guesser.")
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
