/// The way users name a process instead of a task or an agent: `exec:python3 my_agent.py`.
public enum ExternalCommand {
  /// The prefix of a text that names a command.
  public static let prefix = "exec:"

  /// The command that a text names; nil if it names none.
  public static func command(in text: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }
}
