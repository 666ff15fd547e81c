import ArgumentParser
import Foundation
import Gym

/// Detects arguments that mean what is never intended.
///
/// With an unset variable, `--out "$FOLDER"` would mean the current folder. No command writes its
/// files to standard output, and `--out -` would make a file named `-`.
enum UnintendedArguments {
  /// The options whose value may be empty.
  private static let allowed: Set<String> = ["--title"]
  /// The options that name what is written.
  private static let written: Set<String> = [
    "--film", "--out", "--predictions", "--submission", "--svg", "--tensorboard",
  ]

  /// Checks the arguments of the program.
  ///
  /// - Throws: a `ValidationError` that names the option.
  static func check(_ arguments: [String]) throws {
    var (option, previous) = (String?.none, "")
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
      if let name = argument == "-" ? previous : optionOfDash(argument), written.contains(name) {
        throw ValidationError(
          "\(name) is -; expected a name: this is not written to standard output. A file that is "
            + "really called so is ./-")
      }
      previous = argument
      if isOption { option = argument.contains("=") ? nil : argument }
    }
  }
}

extension UnintendedArguments {
  /// The option of an argument such as `--out=-`; nil for any other argument.
  private static func optionOfDash(_ argument: String) -> String? {
    argument.hasSuffix("=-") ? String(argument.dropLast(2)) : nil
  }
}

extension ParsableArguments {
  /// Checks that work is not both to be continued and to be started over.
  func check(resume: Bool, force: Bool) throws {
    guard resume, force else { return }
    throw ValidationError("--resume continues, --force starts over: pass only one of them.")
  }

  /// Checks an option's number, if it is given.
  ///
  /// - Throws: a `ValidationError` that names the option and the allowed range.
  func check(_ option: String, _ value: Int?, in range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError(
      "\(option) is \(value); expected \(range.lowerBound)...\(range.upperBound).")
  }

  /// Checks an option's amount, if it is given: more than 0.
  ///
  /// - Throws: a `ValidationError` that names the option and its limit.
  func check(_ option: String, _ value: Double?, upTo limit: Double) throws {
    guard let value, !(value > 0 && value <= limit) else { return }
    let most = String(format: "%.4g", limit).replacingOccurrences(of: "e+", with: "e")
    throw ValidationError("\(option) is \(value); expected more than 0, and at most \(most).")
  }

  /// Checks that an option's file, if it is given, has a name that says its format.
  ///
  /// - Parameters:
  ///   - endings: the endings allowed, the usual one first.
  ///   - format: the format, such as "an HTML page".
  /// - Throws: a `ValidationError` that names the option.
  func check(_ option: String, _ file: String?, endsIn endings: [String], _ format: String) throws {
    guard let file, !endings.contains(where: { file.lowercased().hasSuffix($0) }) else { return }
    throw ValidationError(
      "\(option) is \(file); expected a name that ends in \(endings[0]), since it is \(format).")
  }
}

extension Settings {
  /// Sets values from texts such as `size=6`, the form of `--set`.
  ///
  /// - Parameter mayBeIdle: whether a setting may have no effect beside the others.
  /// - Throws: an error for what is unknown, not a possible value, or without effect.
  mutating func assign(_ texts: [String], mayBeIdle: Bool = false) throws {
    var names: Set<String> = []
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        let example = declared.first.map { "\($0.name)=\($0.defaultValue)" } ?? "key=value"
        throw ValidationError("--set \(text): expected key=value, such as --set \(example).")
      }
      do {
        try set(String(parts[0]), to: String(parts[1]))
      } catch let error as GymError {
        throw error.located("--set")
      }
      names.insert(String(parts[0]))
    }
    guard !mayBeIdle else { return }
    do {
      try checkEffect(of: names)
    } catch let error as GymError {
      throw error.located("--set")
    }
  }
}
