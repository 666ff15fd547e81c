import ArgumentParser
import Foundation
import Gym
import GymEvaluation
import GymJSON
import GymReports
import GymTraining

/// `reasongym dataset score`: scores a competition's submission file.
struct DatasetScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score a submission file against puzzles whose answers are known.",
    discussion: Help.flowing(
      """
      For tasks with competitions of their own. ARC: two attempts per question, counted by tasks,
      by shares of tasks and by questions, each under its own name; `evaluate --submission` writes
      such files. Variants, named as the released builders do, count as the task that they were
      made of. All answers are in the submission: after Ctrl-C the same command scores it again,
      with or without --resume.

      Example:
        reasongym dataset score arc submission.json --on ARC-AGI/data/evaluation
      """))

  @Argument(help: "The task, such as arc.", completion: .tasks)
  var task: String

  @Argument(help: "The submission file.", completion: .file())
  var submission: String

  @Option(
    help: ArgumentHelp("The puzzles' file or folder.", valueName: "PATH"), completion: .file())
  var on: String

  @Flag(help: "Leave out invalid tasks and attempts, and list and count them.")
  var skipInvalid = false

  @Flag(help: "Score again after an interruption, to the same result.")
  var resume = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let stopSignal = StopSignal.signals()
    stopSignal.endInTime(after: 0) { [json] in
      InterruptionReport(json: json).say(kept: nil)
    }
    let task = try Catalogue.current.task(named: task, settings: [])
    guard let scoring = task as? any SplitScoring else {
      let scored = Catalogue.current.tasks.filter { $0 is any SplitScoring.Type }.map { $0.id.name }
      throw GymError(
        "\(task.id.name) has no submission files",
        expected: scored.isEmpty ? nil : "one of \(scored.joined(separator: ", "))")
    }
    let log = ReadingLog.skippingInvalid(skipInvalid)
    func source(_ path: String) throws -> PuzzleSource {
      var source = try PuzzleSource(path: path)
      source.log = log
      return source
    }
    let report = try scoring.scores(ofSubmission: source(submission), on: source(on))
    stopSignal.endsByItself()
    if json {
      var members = report.scores.map { score -> (String, JSON) in
        (
          score.name,
          [
            "points": .number(score.points), "count": JSON(score.count),
            "value": .number(score.value),
          ]
        )
      }
      if !report.notes.isEmpty {
        members.append(("notes", .array(report.notes.map { .string($0) })))
      }
      return print(JSON.object(JSONObject(members)).text(.pretty))
    }
    var table = TextTable(
      ("score", .left), ("points", .right), ("of", .right), ("share", .right))
    for score in report.scores {
      table.add(
        score.name, "\(Figures.fixed(2, of: score.points))", "\(score.count)", score.value.percent)
    }
    print(table.text(width: Terminal.output.width), terminator: "")
    for note in report.notes { print("Note: \(note).") }
  }
}
