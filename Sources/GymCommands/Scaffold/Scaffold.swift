import Foundation
import Gym

/// The files of a new task or agent, and the next steps.
struct Scaffold: Sendable {
  let name: PluginName
  let changes: FileChanges
  /// The commands that try it out.
  let nextCommands: [String]

  /// A task: its own folder, its name in the manifest, and its lines in the catalogue.
  static func task(_ name: PluginName, in checkout: Checkout) throws -> Scaffold {
    var changes = FileChanges()
    let (type, folder) = (name.type, "Tasks/\(name.type)")
    changes.make("\(folder)/Sources/\(type).swift", name.fill(TaskTemplate.source))
    let tests = "\(folder)/Tests/\(type)Tests.swift"
    changes.make(tests, try name.fill(TaskTemplate.tests).importing(type, in: tests))
    let manifest = try checkout.text(of: Checkout.manifest)
    changes.change(
      Checkout.manifest, from: manifest,
      to: try manifest.adding(
        "\"\(type)\"", toListAt: "let tasks = [", of: Checkout.manifest))
    let catalogue = try checkout.text(of: Checkout.catalogue)
    changes.change(
      Checkout.catalogue, from: catalogue,
      to: try catalogue.importing(type, in: Checkout.catalogue)
        .adding("\(type).self", toListAt: "tasks: [", of: Checkout.catalogue))
    let (data, run) = ("data/\(name.id)", "runs/\(name.id)")
    return Scaffold(
      name: name, changes: changes,
      nextCommands: [
        "make test FILTER=\(type)Tests",
        ".build/release/reasongym dataset generate \(name.id) "
          + "--count train=2000,test=200 --disjoint --seed 1 --out \(data)",
        ".build/release/reasongym train hrm --data \(data) --preset tiny --minutes 2 --out \(run)",
        ".build/release/reasongym evaluate \(run) --data \(data)",
      ])
  }

  /// An agent: a folder in the module of agents, tests beside those of the others, and its line in
  /// the catalogue.
  static func agent(_ name: PluginName, in checkout: Checkout) throws -> Scaffold {
    var changes = FileChanges()
    let type = name.type
    changes.make("Sources/GymAgents/\(type)/\(type).swift", name.fill(AgentTemplate.source))
    changes.make("Tests/GymAgentsTests/\(type)Tests.swift", name.fill(AgentTemplate.tests))
    let catalogue = try checkout.text(of: Checkout.catalogue)
    changes.change(
      Checkout.catalogue, from: catalogue,
      to: try catalogue.adding("\(type).self", toListAt: "agents: [", of: Checkout.catalogue))
    return Scaffold(
      name: name, changes: changes,
      nextCommands: [
        "make test FILTER=\(type)Tests",
        ".build/release/reasongym dataset generate sudoku-extreme "
          + "--count train=1000,test=100 --disjoint --seed 1 --out data/sudoku",
        ".build/release/reasongym train \(name.id) --data data/sudoku --steps 100 "
          + "--out runs/\(name.id)",
      ])
  }

  /// Each file, with its new lines.
  var list: String {
    var text = ""
    for change in changes.changes {
      let added = change.addedLines
      if change.earlier == nil {
        text += "  \(change.path)  (new, \(change.text.count(where: \.isNewline)) lines)\n"
      } else {
        text += "  \(change.path)\n"
        for line in added { text += "    + \(line.trimmingCharacters(in: .whitespaces))\n" }
      }
    }
    return text
  }
}
