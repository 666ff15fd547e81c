import ArgumentParser

/// Detects empty arguments.
///
/// With an unset variable, `--out "$FOLDER"` would mean the current folder, which is never
/// intended.
enum EmptyArguments {
  /// The options whose value may be empty.
  private static let allowed: Set<String> = ["--title"]

  /// Checks the arguments of the program.
  ///
  /// - Throws: a `ValidationError` that names the option.
  static func check(_ arguments: [String]) throws {
    var option: String?
    for argument in arguments {
      if argument == "--" { return }
      let isOption = argument.hasPrefix("--")
      let hasNoValue = isOption && argument.hasSuffix("=")
      if argument.isEmpty || hasNoValue {
        let name = hasNoValue ? String(argument.dropLast()) : option
        if let name, allowed.contains(name) { continue }
        throw ValidationError(
          "\(name ?? "An argument") is empty; expected a value. Is a variable of your shell not set?"
        )
      }
      if isOption { option = argument.contains("=") ? nil : argument }
    }
  }
}
