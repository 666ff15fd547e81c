import Foundation
import Gym
import GymJSON

/// The first line of an exported entry: the exporting board's signed statement about it.
///
/// An export is JSON lines: this header, then the predictions' canonical lines in the order of the
/// puzzles. The header contains their SHA-256 (of all bytes after the header's newline).
package struct EntryHeader: Sendable {
  private static let format = "reasongym-entry@1"
  /// The format of entries with scaling, probe, command, machine or time of attaching; readers of
  /// the first refuse it.
  private static let toldFormat = "reasongym-entry@2"
  private static let names = [
    "format", "benchmark", "contestant", "predictions", "submitted", "solved", "signer",
    "signature",
  ]

  package let benchmark: Benchmark.ID
  package let participant: Participant
  package let predictionsHash: String
  package let submitted: Date
  /// The number of puzzles that the exporting board judged as solved.
  package let solved: Int
  /// The public key that signed.
  package let signer: String

  private init(
    _ entry: (
      benchmark: String, participant: Participant, hash: String, submitted: Date, solved: Int
    ), signer: String
  ) {
    (benchmark, participant, predictionsHash) = (entry.benchmark, entry.participant, entry.hash)
    (submitted, solved, self.signer) = (entry.submitted, entry.solved, signer)
  }

  /// The header of an entry and its line, signed.
  package static func line(_ entry: Entry, key: BoardKey) throws -> [UInt8] {
    let header = EntryHeader(
      (
        entry.benchmark, entry.participant, entry.predictionsHash, entry.submitted,
        entry.results.solvedCount
      ), signer: key.publicKey)
    var json = header.unsigned
    json["signature"] = .string(try key.signature(of: ContentID.canonicalText(of: .object(json))))
    return Array(try ContentID.canonicalText(of: .object(json)).utf8) + [0x0A]
  }

  /// Reads a header and checks its signature.
  ///
  /// - Parameter publicKey: the key that must have signed it.
  /// - Throws: a `GymError` that says what differs.
  package init(_ json: JSON, signedBy publicKey: String) throws {
    let fields = try JSONFields(json, only: Self.names, what: "the header")
    let format = try fields.string(ifPresent: "format") ?? ""
    guard [Self.format, Self.toldFormat].contains(format) else {
      throw GymError(
        "the first line is not an entry's header",
        expected: "\"format\":\"\(Self.format)\" or \(Self.toldFormat)")
    }
    let signer = try fields.string("signer")
    guard signer == publicKey else {
      throw GymError(
        "the entry is signed by \(JSON.string(String(signer.prefix(64))))", expected: publicKey)
    }
    let signature = try fields.string("signature")
    var rest = json.object ?? [:]
    rest["signature"] = nil
    let text = try ContentID.canonicalText(of: .object(rest))
    guard try BoardKey.isValid(signature, of: text, by: signer) else {
      throw GymError(
        "the signature does not match: the header is not what was signed, or by another key",
        remedy: "Get the export again from its board")
    }
    let participant = try Participant(fields.value("contestant"))
    self.init(
      (
        try fields.string("benchmark"), participant,
        try fields.string("predictions"),
        Date(
          timeIntervalSince1970: Double(
            try fields.integer("submitted", in: 1...1 << 40))),
        try fields.integer("solved", in: 0...Benchmark.maximumPuzzles)
      ), signer: signer)
  }

  private var unsigned: JSONObject {
    let tells =
      participant.scaling != nil || participant.probe != nil || participant.command != nil
      || participant.machine != nil || participant.attached != nil
    return [
      "format": .string(tells ? Self.toldFormat : Self.format), "benchmark": .string(benchmark),
      "contestant": participant.json, "predictions": .string(predictionsHash),
      "submitted": JSON(Int(submitted.timeIntervalSince1970)),
      "solved": JSON(solved), "signer": .string(signer),
    ]
  }
}

extension EntryHeader {
  /// An export's verified header, and the bytes of its predictions as they were signed.
  ///
  /// - Throws: a `GymError` that says what differs.
  package static func split(
    _ data: Data, signedBy publicKey: String
  ) throws -> (header: EntryHeader, lines: Data) {
    let end = data.firstIndex(of: 0x0A) ?? data.endIndex
    let limits = JSON.Limits(depth: 32, bytes: 1 << 20)
    let json: JSON
    do {
      json = try JSON(parsing: data[..<end], limits: limits, name: "header")
    } catch let error as JSONError {
      throw GymError("\(error)", remedy: "Give a file that `leaderboard export` wrote")
    }
    let header = try EntryHeader(json, signedBy: publicKey)
    let lines = data[end...].dropFirst()
    guard try Hexadecimal.text(SHA256.hash(lines)) == header.predictionsHash else {
      throw GymError(
        "the predictions are not those that were signed",
        remedy: "Get the export again from its board")
    }
    return (header, lines)
  }

  /// Checks that an entry, as this board judged it, matches the header.
  package func check(_ entry: Entry) throws {
    guard entry.predictionsHash == predictionsHash else {
      throw GymError(
        "the exported predictions are not written in their canonical form, so their hash differs",
        remedy: "Get the export again from its board")
    }
    guard entry.results.solvedCount == solved else {
      throw GymError(
        "the header says that \(solved) puzzles are solved",
        expected: "\(entry.results.solvedCount), as the task's rules say")
    }
  }
}
