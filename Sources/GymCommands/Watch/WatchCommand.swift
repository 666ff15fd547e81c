import ArgumentParser
import Foundation
import Gym
import GymReports
import GymTraining

/// `reasongym watch`: draws learning curves in the terminal.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Draw the learning curves of runs in the terminal, while they train.",
    discussion: Help.flowing(
      """
      Several runs are drawn over each other; a folder of runs, such as a comparison's, means
      all of them. The picture follows the runs until Ctrl-C, which ends with exit code 0. In a
      pipe or with --once it is drawn once, in a pipe without colors and escape sequences;
      NO_COLOR is respected.

      Examples:
        reasongym watch runs/first --once
        reasongym watch runs/first runs/second --show loss exact-accuracy \\
          --by minutes
        reasongym watch runs/compared --by flops
      """))

  @Argument(
    help: ArgumentHelp("Folders of runs, or folders that hold such.", valueName: "RUN"),
    completion: .directory)
  var names: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "What to draw: \(Measure.allCases.map(\.rawValue).joined(separator: ", ")). "
        + "(default: validation, exact-accuracy, loss)", valueName: "NAME"))
  var show: [Measure] = []

  @Option(help: "What to draw it over: steps, minutes or flops.")
  var by = WatchAxis.steps

  @Option(help: ArgumentHelp("Look every N seconds.", valueName: "N"))
  var every = 1.0

  @Flag(help: "Draw once and end.")
  var once = false

  func validate() throws {
    guard every >= 0.1, every <= 86_400 else {
      throw ValidationError("--every is \(every); expected 0.1...86400.")
    }
    guard !names.isEmpty else { throw ValidationError("Missing a run's folder.") }
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    let runs = try names.flatMap(Self.runs)
    var shown = 0
    var width = 0
    while true {
      let terminal = Terminal.output
      // Every run is read, whichever changed.
      let isChanged = runs.map { $0.refresh() }.contains(true)
      if shown == 0 || isChanged || terminal.width != width {
        let picture = WatchPicture(
          runs: runs, measures: show.isEmpty ? [.validation, .exactAccuracy, .loss] : show,
          axis: by, width: terminal.width, height: terminal.height,
          usesColor: terminal.usesColor)
        let lines = picture.lines
        draw(lines, over: shown, in: terminal)
        (shown, width) = (lines.count, terminal.width)
      }
      if once || !terminal.isInteractive { return }
      let end = Date().addingTimeInterval(every)
      while Date() < end {
        // Ctrl-C is how watching ends, so it is not a failure.
        if stopSignal.isRequested { return }
        Thread.sleep(forTimeInterval: min(0.1, every))
      }
    }
  }

  /// Draws lines over those drawn before.
  private func draw(_ lines: [String], over shown: Int, in terminal: Terminal) {
    var text = ""
    if terminal.isInteractive, !once {
      if shown > 0 { text += "\u{1B}[\(min(shown, terminal.height - 1))A" }
      text += lines.suffix(terminal.height - 1).map { "\r\u{1B}[2K\($0)\n" }.joined() + "\u{1B}[J"
    } else {
      text = lines.map { $0 + "\n" }.joined()
    }
    print(text, terminator: "")
    fflush(nil)
  }

  /// The run in a folder, or the runs below it.
  private static func runs(_ name: String) throws -> [WatchedRun] {
    let folder = RunFolder(URL(fileURLWithPath: name))
    if folder.holdsRun { return [WatchedRun(folder, name: name)] }
    for parent in [folder.url, folder.url.appendingPathComponent("runs")] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
      let found = names.sorted().map { RunFolder(parent.appendingPathComponent($0)) }
        .filter(\.holdsRun)
      if !found.isEmpty {
        return found.map { WatchedRun($0, name: $0.url.lastPathComponent) }
      }
    }
    throw GymError(
      "there is no run here", at: folder.url.path,
      expected: "a folder that \"reasongym train\" or \"reasongym compare\" has made")
  }
}

/// A picture of several runs' learning curves, as lines of text.
struct WatchPicture {
  var runs: [WatchedRun]
  var measures: [Measure]
  var axis: WatchAxis
  var width: Int
  /// The lines that the picture may have.
  var height: Int
  var usesColor: Bool

  /// The fewest and most rows of a plot.
  private static let rows = 5...16
  /// The columns left of a plot, and the lines below and above it.
  private static let margin = (left: 9, lines: 4)

  /// The lines, each without a newline.
  var lines: [String] {
    let shown = measures.filter { measure in runs.contains { $0.latest(measure) != nil } }
    guard !shown.isEmpty else { return ["No run has written a measurement yet."] + legend }
    let room = (height - legend.count) / shown.count - Self.margin.lines
    let rows = max(Self.rows.lowerBound, min(Self.rows.upperBound, room))
    return shown.flatMap { plot($0, rows: rows) } + legend
  }

  private func plot(_ measure: Measure, rows: Int) -> [String] {
    let plot = TerminalPlot(
      series: runs.map { $0.curve(measure, over: axis) },
      width: max(20, width - Self.margin.left), height: rows, isShare: measure.isShare,
      usesColor: usesColor)
    let title = "\(measure.title), over \(axis.title)".shortened(to: width)
    return [title] + plot.lines + [""]
  }

  private var legend: [String] {
    let longest = runs.map(\.name.displayWidth).max() ?? 0
    return runs.enumerated().map { index, run in
      let gap = String(repeating: " ", count: longest - run.name.displayWidth)
      let sign = TerminalPlot.sign(of: index, usesColor: usesColor)
      let text = "\(run.name)\(gap)  \(Self.numbers(run))"
      return "\(sign) \(text.shortened(to: max(20, width - 3)))"
    }
  }

  private static func numbers(_ run: WatchedRun) -> String {
    guard let last = run.last else { return "no step yet" }
    var parts = ["step \(last.step)", (60 * last.minutes).clockTime]
    if let loss = run.latest(.loss) { parts.append("loss \(Figures.fixed(3, of: loss))") }
    if let cells = run.latest(.cellAccuracy) { parts.append("cells \(cells.percent)") }
    if let exact = run.latest(.exactAccuracy) { parts.append("exact \(exact.percent)") }
    if let validation = run.latest(.validation) {
      parts.append("validation \(validation.percent)")
    }
    if let rate = run.stepsPerSecond {
      parts.append("\(Figures.fixed(rate < 10 ? 2 : 0, of: rate)) steps/s")
    }
    return parts.joined(separator: " · ")
  }
}
