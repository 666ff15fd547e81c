import Gym
import JSON

extension Setting {
  /// A setting as a task's process declares it, such as
  /// `{"name":"size","summary":"rows","kind":"integer","default":5,"least":2,"most":16}`.
  ///
  /// Kinds: `integer` and `number` with `least` and `most`, `flag`, and `choice` with `names`.
  init(declaredAs json: JSON) throws {
    let wrong = GymError(
      "the process declares the setting \(Excerpt.of(json.description))",
      expected: "name, summary, kind (integer, number, flag or choice), a default within the "
        + "limits, and least and most, or names")
    guard let name = json["name"]?.string, TaskGreeting.isName(name),
      let kind = json["kind"]?.string, let value = json["default"]
    else { throw wrong }
    let summary = Excerpt.of(json["summary"]?.string ?? "", limit: 120)
    switch kind {
    case "integer":
      guard let least = json["least"]?.integer, let most = json["most"]?.integer, least <= most,
        let value = value.integer, (least...most).contains(value)
      else { throw wrong }
      self = .integer(name, summary, default: value, in: least...most)
    case "number":
      guard let least = json["least"]?.number, let most = json["most"]?.number, least <= most,
        let value = value.number, (least...most).contains(value)
      else { throw wrong }
      self = .number(name, summary, default: value, in: least...most)
    case "flag":
      guard let value = value.bool else { throw wrong }
      self = .flag(name, summary, default: value)
    case "choice":
      guard let names = json["names"]?.array?.compactMap(\.string), let value = value.string,
        names.contains(value), names.count <= 64
      else { throw wrong }
      self = .choice(name, summary, default: value, among: names)
    default: throw wrong
    }
  }
}
