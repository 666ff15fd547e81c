import Foundation
import Gym
import GymJSON

extension Ranks {
  /// Makes sure that all ranks have the same facts in front of them before they begin.
  ///
  /// - Parameter facts: an object; each member must be the same on all ranks.
  /// - Throws: on every rank the same `GymError`, which names a fact and the first rank that has
  ///   another one than rank 0.
  public func agree(on facts: JSON) throws {
    guard areSeveral else { return }
    let all = try gathered(bytes: facts.bytes()).map { try JSON(parsing: $0) }
    for (other, theirs) in all.enumerated() {
      guard let name = facts.object?.names.first(where: { theirs[$0] != all[0][$0] }) else {
        continue
      }
      let whole = [theirs, all[0]].map { ($0[name] ?? .null).description }
      // Long texts from shortly before they differ.
      let start = max(0, whole[0].commonPrefix(with: whole[1]).count - 20)
      let texts = whole.map { $0.dropFirst(start).prefix(60) }
      throw GymError(
        "rank \(other) on \(Self.host(of: other)) has another \(name): \(texts[0])",
        expected: "\(texts[1]), as rank 0 on \(Self.host(of: 0)) has",
        remedy: "All ranks need the same program, arguments and files")
    }
  }

  /// Makes sure that all ranks see a file that rank 0 has written.
  ///
  /// - Throws: a `GymError` on a rank that does not see it within some seconds.
  package func meet(at file: URL) throws {
    guard areSeveral else { return }
    let wanted = try shared(bytes: isFirst ? Array(FileDigest.text(ofFile: file).utf8) : [])
    let deadline = Date() + 5
    while (try? Array(FileDigest.text(ofFile: file).utf8)) != wanted {
      guard Date() < deadline else {
        throw GymError(
          "this is not the file that rank 0 on \(Self.host(of: 0)) has written", at: file.path,
          expected: "a folder that all ranks share",
          remedy: "Name one on a shared file system by --out")
      }
      // A network file system may show a new file late.
      Thread.sleep(forTimeInterval: 0.1)
    }
    meet()
  }

  /// Does something on every rank. If it fails on one, all throw the error of the first such rank.
  func together<Result>(_ body: () throws -> Result) throws -> Result {
    guard areSeveral else { return try body() }
    let own = Swift.Result(catching: body)
    var failure: JSON?
    do { _ = try own.get() } catch { failure = Self.json(of: error) }
    let failures = try gathered(bytes: failure?.bytes() ?? [])
    guard let first = failures.first(where: { !$0.isEmpty }) else { return try own.get() }
    throw try Self.error(JSON(parsing: first))
  }

  /// An error for other ranks; nothing for an interruption.
  private static func json(of error: any Error) -> JSON {
    if error is CancellationError { return [:] }
    let error = error as? GymError ?? GymError(error.reason)
    var members: JSONObject = [
      "what": .string(error.what), "isFault": .bool(error.isFault),
    ]
    members["at"] = error.location.map { .string($0) }
    members["expected"] = error.expected.map { .string($0) }
    members["remedy"] = error.remedy.map { .string($0) }
    return .object(members)
  }

  private static func error(_ json: JSON) -> any Error {
    guard let what = json["what"]?.string else { return CancellationError() }
    return GymError(
      what, at: json["at"]?.string, expected: json["expected"]?.string,
      remedy: json["remedy"]?.string, isFault: json["isFault"]?.bool ?? false)
  }
}
