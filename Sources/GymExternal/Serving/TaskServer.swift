import Foundation
import Gym
import GymJSON
import GymRandomness
import Synchronization

/// The process's side of the protocol `reasongym-task`: answers requests about a task of the gym,
/// so that programs in other languages can generate and verify its puzzles.
///
/// Version 2 adds batches to version 1: a request may hold `items`, a list of requests of the same
/// kind without ids, and the reply holds the list of their replies. All processors share the work.
public struct TaskServer: Sendable {
  /// The protocol versions that it speaks.
  public static let versions = 1...2
  /// The most items of a batch.
  public static let maximumItems = 100_000
  private var task: any Task

  /// A server for a task; its settings are the defaults that clients see.
  public init(_ task: any Task) { self.task = task }

  /// Answers the requests that arrive on a handle, each a line, until it ends.
  ///
  /// - Throws: a `GymError` if the other side does not begin with the protocol's greeting or no
  ///   longer reads.
  public mutating func serve(from input: FileHandle, to output: FileHandle) throws {
    let lines = JSONLinesReader(
      input, name: "the standard input",
      limits: JSON.Limits(depth: 16, bytes: 256 << 20, string: 1 << 20))
    guard let hello = try lines.next() else { return }
    try output.write(contentsOf: try greeting(to: hello).bytes() + [0x0A])
    while true {
      let line: [UInt8]
      let count = lines.line
      do {
        guard let request = try lines.next() else { return }
        line = try reply(to: request)
      } catch let error as JSONError {
        line = try (["id": .null, "error": .string("\(error)")] as JSON).bytes()
      }
      try output.write(contentsOf: line + [0x0A])
      // The reader cannot find the end of a line that is too long.
      if lines.line == count { return }
    }
  }

  /// The reply to the other side's greeting: what the task is called and can do.
  public func greeting(to hello: JSON) throws -> JSON {
    let offered =
      hello["versions"]?.array?.compactMap(\.integer) ?? [hello["version"]?.integer ?? 0]
    guard hello["protocol"]?.string == "reasongym-task",
      let version = offered.filter(Self.versions.contains).max()
    else {
      throw GymError(
        "the other side greets with \(Excerpt.of(hello.description, limit: 80))",
        expected: #"{"protocol":"reasongym-task","version":1}"#,
        remedy: "Examples/README.md shows what is said; Examples/python has a client")
    }
    var abilities: [JSON] = ["solve", "draw"]
    if case .unsupported = try task.solve([]) { abilities = ["draw"] }
    return [
      "protocol": "reasongym-task", "version": JSON(version),
      "id": .string(task.id.description), "summary": .string(task.summary),
      "settings": .array(type(of: task).settings.map { $0.declared(as: task.settings) }),
      "findings": .array(try task.verify([], for: nothing).findings.map { .string($0.name) }),
      "several": .bool(task.allowsSeveralAnswers), "can": .array(abilities),
    ]
  }

  private var nothing: Example { Example(question: [], answer: []) }

  /// The line that replies to a request, without its newline; a request that cannot be met is
  /// replied to with `error`.
  public mutating func reply(to request: JSON) throws -> [UInt8] {
    var reply: JSONObject = ["id": request["id"] ?? .null]
    do {
      let kind = request["do"]?.string ?? ""
      if kind == "make" {
        try make(request["settings"] ?? [:])
        for (name, value) in shape { reply[name] = value }
      } else if let items = request["items"]?.array {
        guard items.count <= Self.maximumItems else {
          throw GymError("\(items.count) items", expected: "at most \(Self.maximumItems)")
        }
        // What stands before the list, then the list as it was written in parts.
        var line = try JSON.object(reply).bytes()
        line.removeLast()
        line += Array(#","items":["#.utf8)
        line += try written(kind, items)
        line += Array("]}".utf8)
        return line
      } else {
        for (name, value) in try TaskAnswer(task, kind, request).members { reply[name] = value }
      }
    } catch {
      reply["error"] = .string("\(error)")
    }
    return try JSON.object(reply).bytes()
  }

  private mutating func make(_ values: JSON) throws {
    let type = type(of: task)
    var settings = Settings(type.settings)
    try settings.set(task.settings.json)
    try settings.set(values)
    task = try type.init(settings: settings)
  }

  private var shape: JSONObject {
    [
      "vocabulary": .string(String(task.vocabulary.characters)),
      "rows": JSON(task.grid.rows), "columns": JSON(task.grid.columns),
      "levels": .array(
        task.levels.map { level in
          [
            "name": .string(level.name), "least": .number(Self.finite(level.rating.lowerBound)),
            "most": .number(Self.finite(level.rating.upperBound)),
          ]
        }),
      "rules": .string(task.rules), "legend": task.legend.json,
      "regions": task.regions.map { .array($0.map { JSON($0) }) } ?? .null,
    ]
  }

  private static func finite(_ value: Double) -> Double {
    let most = Double.greatestFiniteMagnitude
    return min(max(value, -most), most)
  }

  /// The replies to a batch's items, joined by commas.
  private func written(_ kind: String, _ items: [JSON]) throws -> [UInt8] {
    let task = task
    let chunks = stride(from: 0, to: items.count, by: Self.chunk).map {
      items[$0..<min($0 + Self.chunk, items.count)]
    }
    let results = Mutex([Result<[UInt8], any Error>?](repeating: nil, count: chunks.count))
    DispatchQueue.concurrentPerform(iterations: chunks.count) { index in
      let result = Result {
        try JSON.array(
          chunks[index].map { item -> JSON in
            do {
              return .object(try TaskAnswer(task, kind, item).members)
            } catch {
              return ["error": .string("\(error)")]
            }
          }
        ).bytes()
      }
      results.withLock { $0[index] = result }
    }
    let parts = try results.withLock { try $0.compactMap { try $0?.get() } }
    return Array(parts.map { $0.dropFirst().dropLast() }.joined(separator: [0x2C]))
  }

  /// The number of items that one thread answers in a row.
  private static let chunk = 64
}

extension Setting {
  /// The setting as a task's process declares it, with its value as the default; the inverse of
  /// `init(declaredAs:)`.
  func declared(as settings: Settings) -> JSON {
    var members: JSONObject = [
      "name": .string(name), "summary": .string(summary), "default": settings[self].json,
    ]
    switch kind {
    case .integer(let range):
      members["kind"] = "integer"
      members["least"] = JSON(range.lowerBound)
      members["most"] = JSON(range.upperBound)
    case .number(let range), .schedule(let range, isWhole: _):
      members["kind"] = "number"
      members["least"] = .number(range.lowerBound)
      members["most"] = .number(range.upperBound)
    case .flag: members["kind"] = "flag"
    case .choice(let names):
      members["kind"] = "choice"
      members["names"] = .array(names.map { .string($0) })
    }
    return .object(members)
  }
}
