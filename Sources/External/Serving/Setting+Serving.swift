import Gym
import JSON

extension Setting {
  /// The setting as a task's process declares it, with its value as the default; the inverse of
  /// `init(declaredAs:)`.
  func declared(as settings: Settings) -> JSON {
    var members: JSONObject = [
      "name": .string(name), "summary": .string(summary), "default": settings[name].json,
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
