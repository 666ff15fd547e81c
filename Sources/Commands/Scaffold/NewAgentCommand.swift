import ArgumentParser

/// `reasongym new-agent`: writes a working agent to start from.
struct NewAgentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-agent",
    abstract: "Write a small agent that builds, conforms and learns, to change into your own.",
    discussion: Help.flowing(
      """
      Run it in a checkout of ReasonGym. It creates Sources/Agents/NAME and a test in
      Tests/AgentsTests, and adds the agent to Sources/reasongym/Catalogue.swift. Agents share one
      module, so Package.swift does not change.

      Examples:
        reasongym new-agent Guesser
        reasongym new-agent Guesser --dry-run
      """))

  @OptionGroup var options: ScaffoldOptions

  func run() throws { try options.run(Scaffold.agent) }
}
