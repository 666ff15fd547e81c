import ArgumentParser

/// `reasongym new-agent`: writes a working agent to start from.
struct NewAgentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-agent",
    abstract: "Write a small agent that builds, conforms and learns, to change into your own.",
    discussion: Help.flowing(
      """
      It makes Sources/Agents/NAME, a test beside those of the other agents, and adds the agent to
      Sources/reasongym/Catalogue.swift. Agents share one module, so the manifest stays as it is.

      Examples:
        reasongym new-agent Guesser
        reasongym new-agent Guesser --dry-run
      """))

  @OptionGroup var options: ScaffoldOptions

  func run() throws { try options.run(Scaffold.agent) }
}
