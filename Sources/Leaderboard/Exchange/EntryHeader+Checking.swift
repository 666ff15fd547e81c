import Foundation
import Gym
import JSON

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
