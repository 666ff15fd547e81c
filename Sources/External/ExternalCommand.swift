/// How a person names a process in place of a task or an agent: `exec:python3 my_agent.py`.
public enum ExternalCommand {
  /// What a text begins with that names a command.
  public static let prefix = "exec:"

  /// The command that a text names; nil if it names none.
  public static func command(in text: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }
}
