import ArgumentParser
import Datasets
import Foundation
import Gym
import GymReports
import Runner

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
    print(json ? "{\"examples\":\(count)}" : "Wrote \(count) examples to \(out)")
  }

  private func watching<Result>(
    stopped: String, kept: URL?, _ work: (WorkControl) throws -> Result
  ) throws -> Result {
    let stopSignal = StopSignal.signals()
    let (line, start) = (ProgressLine(), Date())
    defer { line.clear() }
    do {
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
    var text = total.map { "\(puzzles) of \($0) puzzles" } ?? "\(puzzles) puzzles"
    if examples > puzzles { text += ", \(examples) examples" }
    text += ", \(Figures.fixed(0, of: rate)) puzzles/s"
    if let total, rate > 0 { text += ", \((Double(total - puzzles) / rate).clockTime) left" }
    return text
  }
}
