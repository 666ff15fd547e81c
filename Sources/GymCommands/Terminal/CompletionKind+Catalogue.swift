import ArgumentParser
import Foundation
import Gym

/// Completions in a shell: names of the catalogue that the program was built with.
extension CompletionKind {
  /// The names of tasks.
  static var tasks: CompletionKind {
    .custom { _, _, _ in Catalogue.current.tasks.map { $0.id.name } }
  }

  /// The names of agents.
  static var agents: CompletionKind {
    .custom { _, _, _ in Catalogue.current.agents.map { $0.id.name } }
  }

  /// The names of agents and of trained models, and folders that may hold a run.
  static var agentsAndRuns: CompletionKind {
    .custom { _, _, prefix in
      Catalogue.current.agents.map { $0.id.name }
        + ModelLibrary.names.map { ModelLibrary.prefix + $0 } + folders(prefix)
    }
  }

  /// The presets of the agents that the command line names, or of all agents if it names none.
  static var presets: CompletionKind {
    .custom { words, _, _ in names(agents(words).flatMap { $0.presets.map(\.name) }) }
  }

  /// The keys of `--set`, each with its default value: those of the tasks and agents that the
  /// command line names.
  static var settings: CompletionKind {
    .custom { words, _, _ in
      let tasks = Catalogue.current.tasks.filter { words.contains($0.id.name) }
      let agents = Catalogue.current.agents.filter { words.contains($0.id.name) }
      return names(
        (tasks.flatMap { $0.settings } + agents.flatMap { $0.settings })
          .map { "\($0.name)=\($0.defaultValue)" })
    }
  }

  private static func agents(_ words: [String]) -> [any Agent.Type] {
    let named = Catalogue.current.agents.filter { words.contains($0.id.name) }
    return named.isEmpty ? Catalogue.current.agents : named
  }

  private static func names(_ all: [String]) -> [String] { Set(all).sorted() }

  /// The folders whose path begins with a text.
  private static func folders(_ prefix: String) -> [String] {
    let parts = prefix.split(separator: "/", omittingEmptySubsequences: false)
    let parent = parts.dropLast().joined(separator: "/")
    let start = parts.count > 1 ? parent + "/" : ""
    let manager = FileManager.default
    let entries = (try? manager.contentsOfDirectory(atPath: start.isEmpty ? "." : start)) ?? []
    return entries.sorted().map { start + $0 }.filter { path in
      var isFolder: ObjCBool = false
      return path.hasPrefix(prefix) && manager.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue && !(path as NSString).lastPathComponent.hasPrefix(".")
    }
  }
}
