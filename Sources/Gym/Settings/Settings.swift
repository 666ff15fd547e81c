import GymJSON

/// The values of all settings of a task or an agent; every one is within its limits.
public struct Settings: Sendable, Hashable {
  /// The settings, in the order of their declaration.
  public let declared: [Setting]
  private var values: [String: SettingValue]

  /// Every setting at its default.
  public init(_ declared: [Setting]) {
    self.declared = declared
    values = Dictionary(
      declared.map { ($0.name, $0.defaultValue) },
      uniquingKeysWith: { _, _ in preconditionFailure("a setting is declared twice") })
  }

  /// Sets one value from text, as `--set name=text` does.
  public mutating func set(_ name: String, to text: String) throws {
    let setting = try declaration(of: name)
    do {
      values[name] = try setting.value(parsing: text)
    } catch let error as GymError where error.remedy == nil && holdsAnother(text) {
      throw GymError(
        error.what, at: error.location, expected: error.expected,
        remedy: "Give each setting apart, such as --set a=1 --set b=2.")
    }
  }

  /// Whether another setting follows a comma in a value's text.
  private func holdsAnother(_ text: String) -> Bool {
    text.split(separator: ",").dropFirst().contains { part in
      declared.contains { part.hasPrefix("\($0.name)=") }
    }
  }

  /// Sets one value from JSON, as a configuration file does.
  public mutating func set(_ name: String, to json: JSON) throws {
    values[name] = try declaration(of: name).value(json)
  }

  /// Sets the values of a JSON object's members.
  public mutating func set(_ json: JSON) throws {
    guard case .object(let members) = json else {
      throw GymError("the settings are \(json.kind)", expected: "an object of names and values")
    }
    for (name, value) in members { try set(name, to: value) }
  }

  /// The value of a setting; its key's default if it is not among these settings, or is one of
  /// another type.
  public subscript<Value>(_ key: SettingKey<Value>) -> Value {
    key.read(self[key.declaration]) ?? key.defaultValue
  }

  /// The value of a declared setting; its default if it is not among these settings.
  public subscript(_ setting: Setting) -> SettingValue {
    values[setting.name] ?? setting.defaultValue
  }

  /// The value of the setting with a name that is known only at run time; nil if there is none.
  public subscript(_ name: String) -> SettingValue? { values[name] }

  /// All values as a JSON object, in the order of declaration.
  public var json: JSON {
    .object(JSONObject(declared.map { ($0.name, self[$0].json) }))
  }

  private func declaration(of name: String) throws -> Setting {
    guard let setting = declared.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(to: name, among: declared.map(\.name))
      throw GymError(
        "there is no setting \"\(name)\"",
        expected: declared.isEmpty
          ? "none: nothing can be set here"
          : "one of \(declared.map(\.name).joined(separator: ", "))",
        remedy: near.map { "Did you mean \"\($0)\"?" })
    }
    return setting
  }
}

/// Finds the name that the user may have meant.
public enum Suggestion {
  /// The candidate with the fewest edits from `text`; nil if even that needs many.
  public static func nearest(to text: String, among candidates: [String]) -> String? {
    let scored = candidates.map { ($0, distance(Array(text.lowercased()), Array($0.lowercased()))) }
    guard let best = scored.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= max(2, text.count / 3) ? best.0 : nil
  }

  /// The number of insertions, deletions, replacements and swaps of neighbors between two texts
  /// (optimal string alignment).
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, rows[i - 1][j - 1] + 1)
        }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
