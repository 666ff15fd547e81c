import ArgumentParser
import Foundation
import Gym
import JSON
import Runner

/// `reasongym scale`: what more thinking and more votes bring.
struct ScaleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale",
    abstract: "Measure an agent's accuracy against the compute that it may use.",
    discussion: """
      Solves the same puzzles with every number of segments and every number of votes. Without
      votes, one pass is enough where the agent's thoughts are its answers after fewer segments.

      Examples:
        reasongym scale runs/first --data data/sudoku --segments 1,2,4,8,16,32
        reasongym scale runs/first --data data/sudoku --segments 4,16 --votes 1,8,32 \\
          --limit 200 --svg scale.svg
      """)

  @OptionGroup var asking: AskingOptions

  @Option(help: ArgumentHelp("Numbers of segments.", valueName: "M,M"))
  var segments = NumberList([1, 2, 4, 8, 16, 32])

  @Option(help: ArgumentHelp("Numbers of symmetric copies to vote over.", valueName: "K,K"))
  var votes = NumberList([1])

  @OptionGroup(title: "Thinking and voting") var solving: SolvingOptions

  @Option(help: ArgumentHelp("Draw the curve into an SVG file.", valueName: "file"))
  var svg: String?

  @Flag(help: "Replace the file of --svg.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    for (name, list, most) in [
      ("--segments", segments, 100_000), ("--votes", votes, Voting.most),
    ] {
      guard list.values.count <= 64, list.values.allSatisfy({ $0 <= most }) else {
        throw ValidationError("\(name): expected at most 64 numbers in 1...\(most).")
      }
    }
    _ = try solving.options(segments: segments.values.max())
  }

  func run() throws {
    let interruption = Interruption.signals()
    let line = ProgressLine()
    let asked = try asking.open { line.note("Warning: \($0)") }
    try FileManager.default.checkFree(svg, force: force)
    let evaluation = try Evaluation(
      task: asked.task, split: asked.split, options: solving.options(segments: nil),
      voting: Voting(usesRules: solving.votesVerify), limit: asking.limit,
      demonstrations: asked.demonstrations)
    let study = try ScaleStudy(evaluation, segments: segments.values, votes: votes.values)
    let start = Date()
    let points = try study.run(asked.agents.map(\.agent)) { share in
      line.update {
        let seconds = Date().timeIntervalSince(start)
        let left = share > 0 ? " · \((seconds * (1 - share) / share).clockTime) left" : ""
        return "\(share.percent) done\(left)"
      }
      return !interruption.isRequested
    }
    line.clear()
    if json {
      print(report(points, of: asked, study).text(.pretty))
    } else {
      print(text(points, of: asked), terminator: "")
    }
    if interruption.isRequested { throw ExitCode(Interruption.exitCode) }
    if let svg {
      let chart = points.chart(title: "\(asked.title): accuracy against compute")
      try Data(chart.svg.utf8).write(to: URL(fileURLWithPath: svg), options: .atomic)
    }
  }

  private func text(_ points: [ScalePoint], of asked: Asked) -> String {
    var table = TextTable(
      ("votes", .right), ("segments", .right), ("solved", .right), ("95 % interval", .left),
      ("a puzzle", .right), ("seconds", .right))
    for point in points {
      let interval = point.score.overall.interval
      table.add(
        "\(point.votes)", "\(point.segments)", point.score.overall.accuracy.percent,
        "\(interval.lowerBound.percent) to \(interval.upperBound.percent)",
        point.flops > 0 ? point.flops.operations : "–", fixed(4, of: point.seconds))
    }
    let puzzles = points.first?.score.overall.count ?? 0
    var text = "\(asked.title) on \(puzzles) puzzles of \(asking.split)\n\n"
    text += table.text(width: Terminal.output.width)
    if solving.votesVerify {
      text += "The task's rules chose among the votes: compare this only with its like.\n"
    }
    return text
  }

  private func report(_ points: [ScalePoint], of asked: Asked, _ study: ScaleStudy) -> JSON {
    [
      "agents": asked.json, "data": .string(asked.data.url.path), "split": .string(asking.split),
      "uses-rules": .bool(solving.votesVerify || asked.agents.contains(where: \.usesRules)),
      "evaluation": study.evaluation.json, "points": .array(points.map(\.json)),
    ]
  }
}
