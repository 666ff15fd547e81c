import Foundation
import Gym
import GymJSON

/// The entries of a comparison that ranks take, each by itself, so that none is done twice.
///
/// A rank takes an entry by making a folder of its name: on every file system only one succeeds.
/// The folders belong to one start of the program; a later one removes them.
struct ComparisonClaims {
  private let folder: URL
  private let ranks: Ranks

  /// Nothing is taken yet. All ranks call this.
  init(in folder: URL, ranks: Ranks) throws {
    (self.folder, self.ranks) = (folder, ranks)
    if ranks.areSeveral, ranks.isFirst {
      try FileSystem.remove(folder)
      try FileSystem.create(folder)
    }
    ranks.meet()
  }

  /// Takes an entry; false if another rank has it.
  func take(_ entry: ComparisonRun) throws -> Bool {
    guard ranks.areSeveral else { return true }
    let url = folder.appendingPathComponent(entry.name)
    guard mkdir(url.path, 0o777) != 0 else { return true }
    let fault = SystemFault()
    guard fault.code == EEXIST else { throw GymError.unwritten(url.path, fault) }
    return false
  }

  /// Removes the folders, once every rank is done.
  func remove() throws {
    if ranks.areSeveral, ranks.isFirst { try FileSystem.remove(folder) }
  }
}

extension Comparison {
  /// Waits for the other ranks, and receives the results of the entries that they did.
  ///
  /// - Returns: whether every rank has come to its end.
  func gather(on ranks: Ranks, isDone: Bool) throws -> Bool {
    guard ranks.areSeveral else { return isDone }
    let isStopped = ranks.anyone(!isDone)
    let own = JSON.object(JSONObject(results.map { ($0.key, $0.value.json) }))
    for bytes in try ranks.gathered(bytes: own.bytes()) {
      for (name, result) in try JSON(parsing: bytes).object ?? [:] where results[name] == nil {
        results[name] = try ComparisonResult(result, at: "another rank")
      }
    }
    return !isStopped
  }
}
