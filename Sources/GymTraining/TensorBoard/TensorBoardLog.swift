import Foundation
import Gym
import GymJSON
import GymReports

/// A run's measurements as TensorBoard events, written beside `metrics.jsonl` from the same lines.
public final class TensorBoardLog {
  /// The folder of the run's event files.
  public let folder: URL
  private let file: EventFile
  private var flops: Double

  /// Starts a file of events for a run.
  ///
  /// - Parameters:
  ///   - parent: the folder that TensorBoard is pointed at, with a subfolder per run: its name, or
  ///     `name-2` and so on if a run of another folder has that.
  ///   - step: the step after which the run starts or continues.
  ///   - flops: the operations of training up to then.
  /// - Throws: a `GymError` if the file cannot be written.
  public init(in parent: URL, run: RunFolder, from step: Int, flops: Double) throws {
    folder = try Self.folder(in: parent, of: run.url.standardizedFileURL)
    file = try EventFile(in: folder, from: step + 1)
    self.flops = flops
  }

  /// The subfolder of a run, with a file in it that says which run that is.
  private static func folder(in parent: URL, of run: URL) throws -> URL {
    let name = Data((run.path + "\n").utf8)
    var (folder, number) = (parent.appendingPathComponent(run.lastPathComponent), 1)
    while true {
      let owner = folder.appendingPathComponent("run.txt")
      do {
        if !FileManager.default.fileExists(atPath: owner.path) {
          try FileSystem.create(folder)
          try name.write(to: owner, options: .withoutOverwriting)
          return folder
        }
        if try Data(contentsOf: owner) == name { return folder }
      } catch {
        throw GymError.unwritten(owner.path, error, "the run's name cannot be read or written")
      }
      number += 1
      folder = parent.appendingPathComponent("\(run.lastPathComponent)-\(number)")
    }
  }

  /// Writes the run's settings as a text.
  ///
  /// - Throws: a `GymError` if the file cannot be written.
  public func write(_ configuration: RunConfiguration, step: Int) throws {
    let settings = configuration.agentSettings.object ?? [:]
    let rows = settings.map { "| \($0.name) | \(Self.text($0.value)) |" }
    let about = [
      "**\(configuration.agent)** on \(configuration.task?.id.description ?? "an unknown task"), "
        + "seed \(configuration.context.seed), \(configuration.budget)", "",
      "| setting | value |", "|---|---|",
    ]
    try file.write(
      [("configuration", .text((about + rows).joined(separator: "\n")))], step: step)
  }

  /// Writes what a line of `metrics.jsonl` says; members that are not numbers are left out.
  ///
  /// - Throws: a `GymError` if the file cannot be written.
  public func write(_ line: JSON) throws {
    guard let step = line["step"]?.integer else { return }
    let validation = line["validation"].map(Self.validation)
    try file.write(validation ?? training(line), step: Int(step))
  }

  private func training(_ line: JSON) -> [(tag: String, value: EventFile.Value)] {
    var values: [(tag: String, value: EventFile.Value)] = []
    func add(_ tag: String, _ json: JSON?) {
      if let number = json?.number { values.append((tag, .scalar(number))) }
    }
    for name in ["loss", "cell-accuracy", "exact-accuracy", "segments"] {
      add("train/\(name)", line[name])
    }
    for (name, value) in line["extra"]?.object ?? [:] { add("train/\(name)", value) }
    add("learning-rate", line["learning-rate"])
    add("epoch", line["epoch"])
    add("cost/seconds", line["seconds"])
    flops += line["flops"]?.number ?? 0
    values.append(("cost/flops", .scalar(flops)))
    return values
  }

  private static func validation(_ score: JSON) -> [(tag: String, value: EventFile.Value)] {
    var values: [(tag: String, value: EventFile.Value)] = []
    func add(_ tag: String, _ json: JSON?) {
      if let number = json?.number { values.append((tag, .scalar(number))) }
    }
    add("validation/exact-accuracy", score["exact"]?["accuracy"])
    add("validation/cell-accuracy", score["cell-accuracy"])
    add("validation/segments", score["segments"])
    let levels = score["by-rating"]?.object ?? [:]
    for (name, tally) in levels { add("validation-by-rating/\(name)", tally["accuracy"]) }
    if !levels.isEmpty { values.append(("validation/by-rating", .text(table(levels)))) }
    return values
  }

  /// The accuracy by rating as a table in Markdown.
  private static func table(_ levels: JSONObject) -> String {
    let rows = levels.map { name, tally in
      let share = tally["accuracy"]?.number?.percent ?? ""
      return "| \(name) | \(text(tally["solved"])) | \(text(tally["count"])) | \(share) |"
    }
    return (["| rating | solved | of | accuracy |", "|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  private static func text(_ json: JSON?) -> String { json?.string ?? json?.text() ?? "" }
}
