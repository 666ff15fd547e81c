import ArgumentParser
import Gym

/// Names of commands that were mistyped.
///
/// ArgumentParser suggests an option that is near to an unknown one, but no command.
enum CommandNames {
  /// Checks the leading arguments, which name a command, subcommand by subcommand.
  ///
  /// - Throws: a `ValidationError` that names the command that may have been meant.
  static func check(_ arguments: [String]) throws {
    var command: any ParsableCommand.Type = RootCommand.self
    var path: [String] = []
    for argument in arguments {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return }
      guard let next = subcommands.first(where: { name(of: $0) == argument }) else {
        let names = subcommands.map { name(of: $0) }
        let near = Suggestion.nearest(to: argument, among: names)
        let owner = path.isEmpty ? "" : " of \(path.joined(separator: " "))"
        throw ValidationError(
          "There is no command \"\(argument)\"\(owner). "
            + (near.map { "Did you mean \"\((path + [$0]).joined(separator: " "))\"?" }
              ?? "Expected one of \(names.joined(separator: ", "))."))
      }
      command = next
      path.append(argument)
    }
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? "\(command)".lowercased()
  }
}
