import ArgumentParser
import Gym
import GymJSON
import GymReports

/// `reasongym tasks`: lists the tasks.
struct TasksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract: "List the tasks, or tell one's sizes, ratings and settings.",
    discussion: Help.flowing(
      """
      Examples:
        reasongym tasks
        reasongym tasks sudoku-extreme
        reasongym tasks --json
      """))

  @Argument(help: "The task to describe; a table of all if it is left out.", completion: .tasks)
  var task: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let catalogue = Catalogue.current
    let tasks = try task.map { [try catalogue.task(named: $0)] } ?? catalogue.tasks
    if json {
      print(JSON.array(try tasks.map(Self.json)).text(.pretty))
      return
    }
    if task == nil {
      print(try Self.table(tasks).text(width: Terminal.output.width))
      print("Settings and ratings of one: reasongym tasks NAME")
      return
    }
    for task in tasks {
      let value = try task.init(settings: Settings(task.settings))
      for line in "\(task.id)  \(task.summary)".wrapped(to: Terminal.output.width) { print(line) }
      print(
        "  \(value.grid) cells, \(value.vocabulary.count) tokens; reads "
          + task.formats.map(\.rawValue).joined(separator: ", "))
      for line in value.rules.wrapped(to: Terminal.output.width - 2) { print("  \(line)") }
      for entry in value.legend {
        for line in "\(entry)".wrapped(to: Terminal.output.width - 4) { print("    \(line)") }
      }
      if !value.levels.isEmpty {
        let levels = value.levels.map { level in
          "\(level.name) \(level.rating.lowerBound.short)...\(level.rating.upperBound.short)"
        }
        let line = "ratings: \(levels.joined(separator: ", "))"
        for line in line.wrapped(to: Terminal.output.width - 2) { print("  \(line)") }
      }
      print(task.settings.isEmpty ? "" : "\n" + task.settings.table(width: Terminal.output.width))
    }
  }

  private static func table(_ tasks: [any Task.Type]) throws -> TextTable {
    var table = TextTable(
      ("task", .left), ("cells", .right), ("tokens", .right), ("what is asked", .left))
    for task in tasks {
      let value = try task.init(settings: Settings(task.settings))
      table.add(
        task.id.description, "\(value.grid)", "\(value.vocabulary.count)", task.summary)
    }
    return table
  }

  private static func json(_ task: any Task.Type) throws -> JSON {
    let value = try task.init(settings: Settings(task.settings))
    return [
      "id": .string(task.id.description), "summary": .string(task.summary),
      "rules": .string(value.rules),
      "legend": .array(
        value.legend.map { ["symbols": .string($0.symbols), "meaning": .string($0.meaning)] }),
      "rows": JSON(value.grid.rows), "columns": JSON(value.grid.columns),
      "vocabulary": .string(String(value.vocabulary.characters)),
      "formats": .array(task.formats.map { .string($0.rawValue) }),
      "levels": .array(
        value.levels.map { level in
          [
            "name": .string(level.name),
            "rating": [.number(level.rating.lowerBound), .number(level.rating.upperBound.finite)],
          ]
        }),
      "settings": task.settings.json,
    ]
  }
}

extension Double {
  /// The number, without a fraction of zero.
  fileprivate var short: String {
    guard abs(self) < 1e15 else { return "∞" }
    return self == rounded() ? "\(Int(self))" : "\(self)"
  }

  /// The number, or the greatest finite one in place of infinity.
  fileprivate var finite: Double {
    isFinite ? self : self < 0 ? -Double.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }
}
