import Foundation
import Gym

/// The tasks that a JSON value holds, in any of the forms in which they are handed round.
///
/// - a task, `{"train": [pairs], "test": [pairs]}`;
/// - tasks by name, or such in sections, `{"train": {name: task}, "eval": {name: task}}`;
/// - an array of tasks, each with its name under `id` or the like;
/// - an array of pairs, as RE-ARC writes it: the last tenth of them, one at least, are the
///   questions, and those before them the demonstrations.
struct ARCContainer {
  /// A task still to be read, with its name and its place for messages.
  struct Entry {
    let name: String
    let place: String
    let json: JSON
    /// The section that it stands in; nil if there are none.
    var section: String?
  }

  /// The tasks, in order.
  private(set) var entries: [Entry] = []

  /// Members that name a task.
  private static let nameKeys = ["id", "task_id", "name", "task", "key", "uid"]

  /// - Parameters:
  ///   - name: what a task without a name is called: that of its file, or of its place in it.
  ///   - path: the file, for messages.
  /// - Throws: a `GymError` that says what was found in place of a task.
  init(_ json: JSON, name: String, path: String) throws {
    if Self.isTask(json) {
      entries = [Entry(name: Self.name(of: json) ?? name, place: path, json: json)]
    } else if let members = json.object {
      try add(members, path: path)
    } else if let values = json.array, !values.isEmpty {
      try add(values, name: name, path: path)
    } else {
      throw Self.fault(json, path)
    }
  }

  /// Whether nothing in a value looks like a task: it describes something else.
  static func holdsNone(_ json: JSON) -> Bool {
    guard let members = json.object else { return false }
    func speaksOfTasks(_ json: JSON) -> Bool {
      json["train"] != nil || json["test"] != nil || isPairs(json)
    }
    return !speaksOfTasks(json)
      && !members.contains { _, value in
        speaksOfTasks(value) || (value.object?.contains { speaksOfTasks($0.value) } ?? false)
      }
  }

  private mutating func add(_ members: JSONObject, path: String) throws {
    let isSectioned = !members.isEmpty && members.allSatisfy { Self.isSection($0.value) }
    guard members["train"] == nil && members["test"] == nil || isSectioned, !members.isEmpty else {
      throw Self.fault(.object(members), path)
    }
    for (name, value) in members {
      let place = "\(path), task \(name)"
      guard isSectioned, let section = value.object else {
        entries.append(Entry(name: name, place: place, json: value))
        continue
      }
      for (task, value) in section {
        entries.append(
          Entry(name: task, place: "\(path), \(name), task \(task)", json: value, section: name))
      }
    }
  }

  private mutating func add(_ values: [JSON], name: String, path: String) throws {
    if Self.isPairs(.array(values)) {
      entries = [Entry(name: name, place: path, json: .array(values))]
      return
    }
    for (index, value) in values.enumerated() {
      guard value.object != nil else { throw Self.fault(.array(values), path) }
      let name = Self.name(of: value) ?? "\(name)-\(index + 1)"
      entries.append(Entry(name: name, place: "\(path), task \(name)", json: value))
    }
  }

  /// Whether a value has the pairs of one task.
  private static func isTask(_ json: JSON) -> Bool {
    ["train", "test"].contains { key in
      json[key]?.array != nil || json[key]?["input"]?.array != nil
    }
  }

  /// Whether a value is an array of pairs.
  static func isPairs(_ json: JSON) -> Bool {
    guard let values = json.array, let first = values.first else { return false }
    return first["input"] != nil && first["output"] != nil
  }

  /// Whether a value holds tasks by name.
  private static func isSection(_ json: JSON) -> Bool {
    guard let members = json.object, !members.isEmpty, !isTask(json) else { return false }
    return members.allSatisfy { isTask($0.value) || isPairs($0.value) }
  }

  private static func name(of json: JSON) -> String? {
    nameKeys.lazy.compactMap { json[$0]?.string ?? json[$0]?.integer.map(String.init) }
      .first { !$0.isEmpty }
  }

  private static func fault(_ json: JSON, _ path: String) -> GymError {
    let found =
      switch json {
      case .array(let values): "an array of \(values.count)"
      case .object(let members):
        members.isEmpty
          ? "an object without members"
          : "an object with " + members.names.prefix(5).joined(separator: ", ")
            + (members.count > 5 ? ", ..." : "")
      default: json.kind
      }
    let missing = ["train", "test"].first { json[$0]?.array?.isEmpty ?? true } ?? "train"
    return GymError(
      "no pairs under \"\(missing)\": there is \(found)", at: path,
      expected: "{\"train\": [pairs], \"test\": [pairs]}, at least one of each, tasks by name, "
        + "or an array of tasks or of pairs")
  }
}
