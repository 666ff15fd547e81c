import Foundation
import Gym

extension DatasetGenerator {
  /// Generates the dataset on several ranks: each writes one shard beside it, and rank 0 merges
  /// them to the very bytes of a generation in one piece.
  ///
  /// If it is stopped, the shards stay in the folder `shards(url)`, from which as many ranks
  /// continue.
  public func generate(
    _ task: some Task, to url: URL, replaces: Bool = false, resumes: Bool = false,
    control: WorkControl, ranks: Ranks
  ) throws -> DatasetManifest {
    guard ranks.areSeveral else {
      return try generate(task, to: url, replaces: replaces, resumes: resumes, control: control)
    }
    var control = control
    control.report = { [report = control.report] in
      Ranks.tellIfAsked()
      report($0)
    }
    let folder = Self.shards(url)
    if ranks.isFirst { try prepare(folder, for: url, replaces, resumes, ranks) }
    ranks.meet()
    var manifest = try generateShard(task, in: folder, control, ranks)
    ranks.meet()
    if ranks.isFirst {
      let shards = try (0..<ranks.count).map {
        try Dataset(Self.shard($0, in: folder, ranks))
      }
      manifest = try DatasetMerger(shards, task: task)
        .merge(to: url, replaces: replaces, control: control)
      try FileSystem.remove(folder)
    }
    ranks.meet()
    return manifest
  }

  /// The folder with the shards of several ranks for a dataset at `url`.
  public static func shards(_ url: URL) -> URL {
    let target = url.standardizedFileURL
    return target.deletingLastPathComponent()
      .appendingPathComponent("\(target.lastPathComponent).shards")
  }

  private static func shard(_ rank: Int, in folder: URL, _ ranks: Ranks) -> URL {
    folder.appendingPathComponent("\(rank + 1)\(suffix(ranks))")
  }

  private static func suffix(_ ranks: Ranks) -> String { "-of-\(ranks.count)" }

  /// Makes the folder of the shards, or finds those of an earlier attempt.
  private func prepare(
    _ folder: URL, for url: URL, _ replaces: Bool, _ resumes: Bool, _ ranks: Ranks
  ) throws {
    guard shard == nil else {
      throw GymError("each rank writes a shard already", remedy: "Leave --shard out")
    }
    try AtomicDirectory.checkReplacing(url, by: .dataset, replaces: replaces)
    if replaces { try FileSystem.remove(folder) }
    let names = try FileSystem.names(in: folder)
    guard resumes || names.isEmpty else {
      throw GymError(
        "an unfinished dataset is here", at: folder.path,
        remedy: "Pass --resume to continue it, or --force to start over.")
    }
    if let other = names.first(where: { !$0.contains(Self.suffix(ranks)) }) {
      throw GymError(
        "the unfinished dataset has a shard \(other)", at: folder.path,
        expected: "shards of \(ranks.count) ranks",
        remedy: "Continue with as many ranks as it began with, or pass --force to start over.")
    }
    try FileSystem.create(folder)
  }

  /// Writes this rank's shard, unless an earlier attempt has.
  ///
  /// - Throws: `CancellationError` on every rank if one is stopped.
  private func generateShard(
    _ task: some Task, in folder: URL, _ control: WorkControl, _ ranks: Ranks
  ) throws -> DatasetManifest {
    var own = self
    own.shard = Shard(number: ranks.rank + 1, count: ranks.count)
    let url = Self.shard(ranks.rank, in: folder, ranks)
    var manifest = FileSystem.isOccupied(url) ? try Dataset(url).manifest : nil
    if let manifest {
      guard manifest.origin == own.origin, manifest.subject == TaskSpec(task) else {
        throw GymError(
          "this shard was generated with \(manifest.origin)", at: url.path,
          expected: own.origin.description,
          remedy: "Repeat the command that began it, or begin anew with --force.")
      }
    } else {
      do {
        manifest = try own.generate(
          task, to: url, resumes: FileSystem.isOccupied(Self.unfinished(url)), control: control)
      } catch is CancellationError {}
    }
    let isStopped = ranks.anyone(manifest == nil)
    guard let manifest, !isStopped else { throw CancellationError() }
    return manifest
  }
}
