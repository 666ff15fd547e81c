import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymJSON
import GymReports
import GymTraining

/// `reasongym dataset check`: checks that labels are right and splits disjoint.
struct DatasetCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check labels by the rules, and look for puzzles that splits share.",
    discussion: Help.flowing(
      """
      Puzzles are compared as they stand and up to the task's symmetries, inside each split and
      between every two splits of all the datasets named. The exit code is 1 if a label is
      wrong, if different training puzzles have the same name, if the arrays are not those of the
      manifest, or if two splits share a puzzle, which --allow permits.

      Examples:
        reasongym dataset check data/sudoku
        reasongym dataset check data/mine data/theirs --task sudoku-extreme --allow
      """))

  @Argument(help: "The datasets' folders.", completion: .directory)
  var folders: [String]

  @Option(help: "The task, if a dataset does not name it.", completion: .tasks)
  var task: String?

  @Flag(help: "Compare every augmented variant too, not only the originals.")
  var variants = false

  @Flag(help: "Do not fail if splits share puzzles.")
  var allow = false

  @Option(help: "The number of worker threads. (default: all processors)")
  var workers: Int?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    try check("--workers", workers, in: 1...1024)
  }

  func run() throws {
    let data = try folders.map { try Dataset(URL(fileURLWithPath: $0)) }
    let stopSignal = StopSignal.signals()
    let line = ProgressLine()
    let report: DatasetReport
    // A task in another process may not answer.
    stopSignal.endInTime { ProgressLine().note("Stopped.") }
    do {
      defer { stopSignal.endsByItself() }
      report = try DatasetCheck(data, task: try task(of: data), coversVariants: variants).run(
        WorkControl(
          workers: workers ?? ProcessInfo.processInfo.activeProcessorCount,
          stop: stopSignal.stop,
          report: { progress in
            line.update { "\(progress.puzzles) of \(progress.total ?? 0) puzzles" }
          }))
    } catch is CancellationError {
      line.note("Stopped.")
      throw ExitCode(StopSignal.exitCode)
    }
    line.clear()
    print(json ? report.json.text(.pretty) + "\n" : report.text, terminator: "")
    if report.isFaulty || (report.hasLeak && !allow) { throw ExitCode.failure }
  }

  /// The common task of the datasets; nil if none is stated. They may differ in how they were
  /// generated.
  private func task(of data: [Dataset]) throws -> (any Task)? {
    var found: (any Task)?
    for folder in data {
      guard let task = try Catalogue.current.task(of: folder, named: task) else { continue }
      if let found,
        found.id != task.id || found.grid != task.grid
          || found.vocabulary != task.vocabulary
      {
        throw GymError(
          "the dataset is of \(task.id), \(task.grid) cells", at: folder.url.path,
          expected: "\(found.id), \(found.grid) cells, like the others")
      }
      found = found ?? task
    }
    return found
  }
}

extension DatasetReport {
  /// The report as readable text; every line ends in a newline.
  var text: String {
    let width = Terminal.output.width
    var table = TextTable(
      ("#", .right), ("split", .left), ("examples", .right), ("groups", .right),
      ("wrong", .right), ("repeated", .right), ("equivalent", .right), ("arrays", .left))
    for (index, split) in splits.enumerated() {
      table.add(
        "\(index + 1)", split.name, "\(split.examples)", "\(split.groups)",
        split.wrongLabels.map(String.init) ?? "?", "\(split.repeatedQuestions)",
        split.equivalentGroups.map(String.init) ?? "?",
        split.hasStatedHash.map { $0 ? "as stated" : "NOT AS STATED" } ?? "nothing stated")
    }
    var text = table.text(width: width) + "\n"
    for (index, split) in splits.enumerated() {
      text += "\(index + 1) is \(split.name) of \(split.folder); ratings: \(split.ratings.text)\n"
      text += split.problems.map { "  \($0)\n" }.joined()
    }
    if !overlaps.isEmpty { text += "\n" }
    for overlap in overlaps {
      let classes =
        overlap.classes.map { $0.counted("equivalent puzzle") } ?? "equivalence not known"
      text +=
        "\(overlap.first + 1) and \(overlap.second + 1): "
        + "\(overlap.questions.counted("equal question")), "
        + "\(classes)\(overlap.isLeak ? " LEAK" : "")\n"
    }
    return text
  }

  /// The report as JSON.
  var json: JSON {
    [
      "leak": .bool(hasLeak), "faulty": .bool(isFaulty),
      "splits": .array(splits.map(\.json)),
      "overlaps": .array(
        overlaps.map { overlap in
          [
            "first": JSON(overlap.first), "second": JSON(overlap.second),
            "questions": JSON(overlap.questions),
            "classes": overlap.classes.map { JSON($0) } ?? .null,
          ]
        }),
    ]
  }
}

extension DatasetReport.Split {
  fileprivate var json: JSON {
    [
      "folder": .string(folder), "split": .string(name),
      "examples": JSON(examples), "puzzles": JSON(puzzles),
      "groups": JSON(groups), "ratings": ratings.json,
      "wrong-labels": wrongLabels.map { JSON($0) } ?? .null,
      "shared-names": JSON(sharedNames), "problems": .array(problems.map { .string($0) }),
      "repeated-questions": JSON(repeatedQuestions),
      "equivalent-groups": equivalentGroups.map { JSON($0) } ?? .null,
      "arrays-as-stated": hasStatedHash.map { .bool($0) } ?? .null,
    ]
  }
}
