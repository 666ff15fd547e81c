import Gym
import JSON

extension [LegendEntry] {
  /// The legend in both protocols: `[{"symbols":"#","meaning":"a wall"},…]`.
  var json: JSON {
    .array(map { ["symbols": .string($0.symbols), "meaning": .string($0.meaning)] })
  }

  /// A legend as a process tells it; empty if it tells none.
  ///
  /// - Throws: a `GymError` that names the first invalid entry.
  init(declaredAs json: JSON?) throws {
    guard let json, !json.isNull else {
      self = []
      return
    }
    let wrong = GymError(
      "the process gives the legend \(Excerpt.of(json.description, limit: 60))",
      expected: "a list of at most 255 objects with symbols and meaning")
    guard let entries = json.array, entries.count <= 255 else { throw wrong }
    self = try entries.map { entry in
      guard let symbols = entry["symbols"]?.string, symbols.count <= 255,
        let meaning = entry["meaning"]?.string, (1...200).contains(meaning.count)
      else { throw wrong }
      return LegendEntry(symbols, Excerpt.of(meaning, limit: 200))
    }
  }
}
