import Crypto
import Foundation
import Gym
import JSON

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
    hexadecimal(SHA256.hash(data: Data(try sorted(json).bytes())))
  }

  /// The id of an entry; see `Entry.id`.
  static func entry(
    benchmark: Benchmark.ID, entrant: Entrant, predictionsHash: String
  ) throws -> String {
    try hash(
      of: [
        "benchmark": .string(benchmark), "agent": .string(entrant.agent),
        "configuration": entrant.configuration,
        "seed": entrant.seed.map(JSON.init(seed:)) ?? .null,
        "predictions": .string(predictionsHash),
      ])
  }

  /// Bytes as lower-case hexadecimal digits.
  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes of hexadecimal digits; nil if the text is not hexadecimal.
  static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = text.utf8.map { digit -> UInt8? in
      switch digit {
      case 48...57: digit - 48
      case 97...102: digit - 87
      default: nil
      }
    }
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map {
      (digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)
    }
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

extension JSON {
  /// An integer of 64 unsigned bits.
  package init(seed: UInt64) {
    self = Int64(exactly: seed).map { .integer($0) } ?? .unsigned(seed)
  }
}
