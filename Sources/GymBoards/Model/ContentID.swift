import Foundation
import Gym
import GymJSON

/// Identifiers derived from contents: the SHA-256 of canonical JSON, in hexadecimal.
public enum ContentID {
  /// Whether a text is a SHA-256 in lower-case hexadecimal.
  public static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// The canonical text of a JSON value: compact, with the members of every object sorted by the
  /// bytes of their names.
  ///
  /// - Throws: a `JSONError` if the value has no text.
  public static func canonicalText(of json: JSON) throws -> String {
    String(decoding: try sorted(json).bytes(), as: UTF8.self)
  }

  /// The hash of a value's canonical text.
  public static func hash(of json: JSON) throws -> String {
    Hexadecimal.text(try SHA256.hash(sorted(json).bytes()))
  }

  /// The id of an entry; see `Entry.id`.
  static func entry(
    benchmark: Benchmark.ID, participant: Participant, predictionsHash: String
  ) throws -> String {
    try hash(
      of: [
        "benchmark": .string(benchmark), "agent": .string(participant.agent),
        "configuration": participant.configuration,
        "seed": participant.seed.map { JSON($0) } ?? .null,
        "predictions": .string(predictionsHash),
      ])
  }

  private static func sorted(_ json: JSON) -> JSON {
    switch json {
    case .array(let elements): .array(elements.map(sorted))
    case .object(let members):
      .object(
        JSONObject(
          members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { ($0.name, sorted($0.value)) }))
    default: json
    }
  }
}
