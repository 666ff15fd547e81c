import Foundation

/// A command line as a document shows it.
struct DocumentedCommand {
  let document: String
  /// The line in the document, counted from 1.
  let line: Int
  /// The words, the program's name first.
  let words: [String]

  /// The command lines in a Markdown text's code blocks: those of `reasongym`, wherever it lies.
  static func all(in text: String, of document: String) -> [DocumentedCommand] {
    var commands: [DocumentedCommand] = []
    var isFenced = false
    var begun: (line: Int, text: String)?
    for (index, raw) in text.components(separatedBy: "\n").enumerated() {
      if raw.hasPrefix("```") { isFenced.toggle() }
      guard isFenced || raw.hasPrefix("    ") else { continue }
      var line = raw.trimmingCharacters(in: .whitespaces)
      if let open = begun {
        line = open.text + " " + line
      } else if !isProgram(line) {
        continue
      }
      let start = begun?.line ?? index + 1
      begun = nil
      if line.hasSuffix("\\") {
        begun = (start, String(line.dropLast()).trimmingCharacters(in: .whitespaces))
      } else {
        commands.append(DocumentedCommand(document: document, line: start, words: split(line)))
      }
    }
    return commands
  }

  /// The command lines of a `--help` text: the indented lines that begin with `reasongym`.
  static func all(inHelp text: String, of document: String) -> [DocumentedCommand] {
    let indented = text.components(separatedBy: "\n").map { $0.hasPrefix("  ") ? "  " + $0 : $0 }
    return all(in: indented.joined(separator: "\n"), of: document)
  }

  /// The indented lines of a `--help` text that belong to no command: rests of one that was
  /// wrapped, or a command that ends with a backslash.
  static func strayLines(inHelp text: String) -> [String] {
    var stray: [String] = []
    var open: String?
    for line in text.components(separatedBy: "\n") {
      let words = line.trimmingCharacters(in: .whitespaces)
      let isIndented = line.hasPrefix("  ")
      if let begun = open, !isIndented { stray.append(begun) }
      if isIndented, open == nil, !isProgram(words) { stray.append(line) }
      open = isIndented && words.hasSuffix("\\") ? line : nil
    }
    return stray
  }

  private static func isProgram(_ line: String) -> Bool {
    line.hasPrefix("reasongym ") || line.hasPrefix(".build/release/reasongym ")
  }

  /// Words as a shell splits them, with quotes; a comment or a redirection ends the line.
  private static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      switch character {
      case "\"" where quote != "'", "'" where quote != "\"":
        quote = quote == nil ? character : nil
        word = word ?? ""
      case " " where quote == nil:
        if let done = word { words.append(done) }
        word = nil
      case "#" where quote == nil && word == nil, ">" where quote == nil && word == nil:
        return words
      default: word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}

extension DocumentedCommand {
  /// The dataset that it uses, if any.
  var dataset: String {
    zip(words, words.dropFirst()).first { $0.0 == "--data" }?.1 ?? ""
  }

  /// The arguments with smaller numbers: the same options, less work.
  var small: [String] {
    var arguments = Array(words.dropFirst())
    var index = 0
    while index < arguments.count {
      if index + 1 < arguments.count, let less = Self.less(arguments[index], arguments[index + 1]) {
        arguments.replaceSubrange(index...index + 1, with: less)
        index += 1
      }
      index += 1
    }
    return arguments
  }

  /// A smaller value for an option that determines the amount of work.
  private static func less(_ option: String, _ value: String) -> [String]? {
    switch option {
    case "--count":
      let parts = value.split(separator: ",").map { part -> String in
        guard let equals = part.firstIndex(of: "=") else { return "24" }
        return part[...equals] + (part.hasPrefix("train") ? "24" : "6")
      }
      return [option, parts.joined(separator: ",")]
    case "--minutes", "--epochs", "--steps", "--flops": return ["--steps", "2"]
    case "--augment": return [option, "2"]
    case "--subsample": return [option, "8"]
    case "--seeds": return [option, "1,2"]
    case "--votes", "--attempts": return [option, value.contains(",") ? "1,2" : "2"]
    case "--segments": return [option, value.contains(",") ? "1,2" : "2"]
    case "--preset": return [option, "tiny"]
    case "--limit": return [option, "4"]
    case "--hidden": return [option, "32"]
    case "--heads": return [option, "2"]
    case "--batch": return [option, "2"]
    default: return nil
    }
  }
}
