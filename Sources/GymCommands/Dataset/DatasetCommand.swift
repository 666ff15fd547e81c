import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymReports
import GymTraining

/// `reasongym dataset`: makes, shows and checks datasets.
struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Build, generate, show, check, merge and convert datasets; score submissions.",
    discussion: Help.flowing(
      """
      A dataset is a folder in the layout of the released HRM code, with a manifest.json that says
      how it was made. The same command makes the same bytes, with any number of workers.
      """),
    subcommands: [
      DatasetBuildCommand.self, DatasetGenerateCommand.self, DatasetShowCommand.self,
      DatasetCheckCommand.self, DatasetMergeCommand.self, DatasetConvertCommand.self,
      DatasetScoreCommand.self,
    ])
}

/// Where and how a dataset is written.
struct WritingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Where to write.", valueName: "DIR"), completion: .directory)
  var out: String

  @Flag(help: "Replace the dataset that is there.")
  var force = false

  @Option(help: "The number of worker threads. (default: all processors)")
  var workers: Int?

  @Flag(help: "Print JSON.")
  var json = false

  var url: URL { URL(fileURLWithPath: out) }

  func validate() throws {
    try check("--workers", workers, in: 1...1024)
  }

  /// Prints a note for the user.
  func note(_ text: String) { ProgressLine().note("Note: \(text).") }

  /// Writes a dataset with a progress line, and prints and returns the result.
  ///
  /// - Parameters:
  ///   - stopped: the message if Ctrl-C stopped it.
  ///   - kept: what a failure leaves for another attempt.
  @discardableResult
  func write(
    stopped: String, kept: URL? = nil, _ work: (WorkControl) throws -> DatasetManifest
  ) throws -> DatasetManifest {
    let start = Date()
    let manifest = try watching(stopped: stopped, kept: kept, work)
    if json {
      print(manifest.json.text(.pretty))
    } else {
      print("Wrote \(out) in \(Figures.fixed(1, of: Date().timeIntervalSince(start))) s\n")
      print(manifest.summary, terminator: "")
    }
    return manifest
  }

  /// Writes a file with a progress line, and prints the number of examples in it.
  func writeFile(stopped: String, _ work: (WorkControl) throws -> Int) throws {
    let count = try watching(stopped: stopped, kept: nil, work)
    print(json ? "{\"examples\":\(count)}" : "Wrote \(count.counted("example")) to \(out)")
  }

  private func watching<Result>(
    stopped: String, kept: URL?, _ work: (WorkControl) throws -> Result
  ) throws -> Result {
    let stopSignal = StopSignal.signals()
    let (line, start) = (ProgressLine(), Date())
    defer { line.clear() }
    // A task in another process may not answer.
    stopSignal.endInTime { ProgressLine().note(stopped) }
    do {
      defer { stopSignal.endsByItself() }
      return try work(
        WorkControl(
          workers: workers ?? TrainingPlan.allWorkers,
          stop: stopSignal.stop,
          report: { progress in line.update { progress.text(since: start) } }))
    } catch is CancellationError {
      line.note(stopped)
      throw ExitCode(StopSignal.exitCode)
    } catch {
      if let kept, FileManager.default.fileExists(atPath: kept.path) {
        line.note("The finished part is kept in \(kept.path); --resume continues it.")
      }
      throw error
    }
  }
}

extension WorkProgress {
  /// The progress of the work, its speed, and the remaining time.
  fileprivate func text(since start: Date) -> String {
    let seconds = Date().timeIntervalSince(start)
    let rate = Double(puzzles) / max(seconds, 1e-3)
    var text = total.map { "\(puzzles) of \($0) puzzles" } ?? puzzles.counted("puzzle")
    if examples > puzzles { text += ", \(examples) examples" }
    text += ", \(Figures.fixed(rate < 10 ? 1 : 0, of: rate)) puzzles/s"
    if let total, rate > 0 { text += ", \((Double(total - puzzles) / rate).clockTime) left" }
    return text
  }
}

/// A task and its settings.
struct TaskOptions: ParsableArguments {
  @Argument(
    help: """
      The task, such as sudoku-extreme; `reasongym tasks` lists them. Or a process that speaks \
      JSON lines, such as "exec:python3 my_task.py".
      """,
    completion: .tasks)
  var task: String

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of the task.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  /// The task with its settings.
  func make() throws -> any Task { try Catalogue.current.task(named: task, settings: values) }
}

/// How files of puzzles are read.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The columns of tables, or members of JSON lines, that hold what.",
      valueName: "question=NAME,..."),
    transform: { try PuzzleColumns($0) })
  var columns = PuzzleColumns()

  /// A file or folder as these options have it; `-` is standard input.
  func source(_ path: String, format: SourceFormat? = nil) throws -> PuzzleSource {
    var source = try PuzzleSource(path: path, format: format)
    source.columns = columns
    return source
  }
}

extension PuzzleSource {
  /// A file or folder of puzzles; `-` is standard input.
  ///
  /// - Throws: a `GymError` if it is a dataset's folder, whose arrays are no such files.
  init(path: String, format: SourceFormat? = nil) throws {
    let url = URL(fileURLWithPath: path == "-" ? "/dev/stdin" : path)
    guard (try? Dataset.isDataset(url)) != true else {
      throw GymError(
        "this is the folder of a dataset", at: url.path, expected: "files of puzzles",
        remedy: "`dataset convert --split NAME` writes those of a split")
    }
    self.init(url, format: format)
  }
}
