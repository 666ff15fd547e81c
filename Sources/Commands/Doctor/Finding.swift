import JSON

/// One result of the doctor.
struct Finding {
  enum State: String {
    case good, warning, failure
  }

  let name: String
  let state: State
  /// The finding in a few words.
  let what: String
  /// The advice; nil if there is nothing to do.
  let remedy: String?

  static func good(_ name: String, _ what: String) -> Finding {
    Finding(name: name, state: .good, what: what, remedy: nil)
  }

  static func warning(_ name: String, _ what: String, remedy: String) -> Finding {
    Finding(name: name, state: .warning, what: what, remedy: remedy)
  }

  static func failure(_ name: String, _ what: String, remedy: String) -> Finding {
    Finding(name: name, state: .failure, what: what, remedy: remedy)
  }

  var json: JSON {
    [
      "name": .string(name), "state": .string(state.rawValue), "found": .string(what),
      "remedy": remedy.map { .string($0) } ?? .null,
    ]
  }
}
