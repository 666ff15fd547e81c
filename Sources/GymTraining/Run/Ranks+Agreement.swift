import Foundation
import Gym
import GymDatasets
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
  func meet(at file: URL) throws {
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
}
