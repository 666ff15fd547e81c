import ArgumentParser

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
