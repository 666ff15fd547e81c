import ArgumentParser

/// Arguments that are there and say nothing.
///
/// `--out "$FOLDER"` with a variable that is not set would mean the current folder: nobody means that.
enum EmptyArguments {
  /// Options whose text may be empty.
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
          "\(name ?? "An argument") is empty; expected a value. Is a variable of your shell not set?")
      }
      if isOption { option = argument.contains("=") ? nil : argument }
    }
  }
}
