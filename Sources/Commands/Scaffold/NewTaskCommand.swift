import ArgumentParser

/// `reasongym new-task`: writes a working task to start from.
struct NewTaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-task",
    abstract: "Write a small task that builds, conforms and trains, to change into your own.",
    discussion: Help.flowing(
      """
      It makes Tasks/NAME with rules, generator, verifier, picture and tests, adds the name to
      Package.swift, and the task to Sources/reasongym/Catalogue.swift. CONTRIBUTING.md tells what
      to do next.

      Examples:
        reasongym new-task LightsUp
        reasongym new-task LightsUp --dry-run
      """))

  @OptionGroup var options: ScaffoldOptions

  func run() throws { try options.run(Scaffold.task) }
}
