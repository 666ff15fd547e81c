import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymReports
import GymTraining

/// `reasongym scale`: measures what more thinking and more votes achieve.
struct ScaleCommand: RankedCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale",
    abstract: "Measure an agent's accuracy against the compute that it may use.",
    discussion: Help.flowing(
      """
      Solves the same puzzles with every number of segments and every number of votes. Without
      votes, one pass is enough if the agent's thoughts are its answers after fewer segments.
      Ctrl-C ends with exit code 130 and keeps the answers given so far; --resume continues.

      Examples:
        reasongym scale runs/first --data data/sudoku --segments 1,2,4,8,16,32
        reasongym scale runs/first --data data/sudoku --segments 4,16 \\
          --votes 1,8,32 --limit 200 --out scale.html
        reasongym scale runs/first --data data/sudoku --segments 16,64 \\
          --chains 1,4,16 --noise 0.3
      """))

  @OptionGroup var asking: EvaluatedAgentsOptions

  @Option(
    help: ArgumentHelp("Numbers of segments. (default: 1,2,4,8,16,32)", valueName: "M,M"),
    transform: { try NumberList<Int>(parsing: $0) })
  var segments = NumberList<Int>([1, 2, 4, 8, 16, 32])

  @Option(
    help: ArgumentHelp(
      "Numbers of symmetric copies to vote over. (default: 1)", valueName: "K,K"),
    transform: { try NumberList<Int>(parsing: $0) })
  var votes = NumberList<Int>([1])

  @Option(
    help: ArgumentHelp(
      "Numbers of chains; the most confident one counts. (default: 1)", valueName: "K,K"),
    transform: { try NumberList<Int>(parsing: $0) })
  var chains = NumberList<Int>([1])

  @OptionGroup(title: "Thinking and voting") var solving: SolvingOptions

  @OptionGroup(title: "Thinking and voting") var noise: NoiseOptions

  @Option(
    help: ArgumentHelp("Draw the curve into an SVG file.", valueName: "file"), completion: .file())
  var svg: String?

  @Option(
    help: ArgumentHelp("Write an HTML page with the curve and a table.", valueName: "file"),
    completion: .file())
  var out: String?

  @Flag(help: "Replace the files of --svg and --out.")
  var force = false

  @Flag(help: "Continue a measurement that was interrupted.")
  var resume = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    for (name, list, most) in [
      ("--segments", segments, 100_000), ("--votes", votes, VotingOptions.maximum),
      ("--chains", chains, SolvingOptions.maximumChains),
    ] {
      guard list.values.count <= 64 else {
        throw ValidationError("\(name) has \(list.values.count) numbers; expected at most 64.")
      }
      for value in list.values { try check(name, value, in: 1...most) }
    }
    try check("--svg", svg, endsIn: [".svg"], "an SVG drawing")
    try check("--out", out, endsIn: [".html", ".htm"], "an HTML page")
    try check(resume: resume, force: force)
    try solving.checkVotes(
      votes.values != [1] || asking.ensemble != nil, remedy: "--votes or --ensemble")
    _ = try solving.options(
      segments: segments.values.max(), chains: chains.values.max() ?? 1, noise: noise)
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    var stopped = InterruptionReport(json: json)
    stopSignal.endInTime { [stopped] in stopped.say(kept: nil) }
    let line = ProgressLine()
    if Ranks.world.isFirst {
      for file in [svg, out] { try OutputFile.check(file, replaces: force) }
    }
    let asked = try asking.open { line.note("Warning: \($0)") }
    try asked.split.checkAnswersAreKnown(asked.task)
    let evaluation = try Evaluation(
      task: asked.task, split: asked.split,
      options: solving.options(
        segments: nil, chains: chains.values.max() ?? 1, noise: noise),
      voting: VotingOptions(usesRules: solving.votesVerify), limit: asking.sample.limit,
      sampleSeed: asking.sample.seed, puzzleNames: asked.data.identifierNames,
      demonstrations: asked.demonstrations)
    let study = try ScaleStudy(
      evaluation, segments: segments.values, votes: votes.values, chains: chains.values)
    let (ranks, plan) = (Ranks.world, try plan(asked, study))
    try ranks.agree(on: plan)
    if ranks.isFirst { try study.evaluation.notes().forEach { line.note("Note: \($0).") } }
    let kept =
      try ranks.isFirst
      ? KeptWork(
        "scale", of: plan, beside: nil, resumes: resume, replaces: force, line: line) : nil
    let count = study.evaluation.count
    stopped.title = asked.title
    stopped.total = count * study.segments.count * study.chains.count
    stopped.unit = "answers (puzzles times numbers of segments and chains)"
    stopSignal.endInTime { [stopped] in stopped.say(kept: kept?.keep()) }
    let start = Date()
    let points: [ScalePoint]
    do {
      points = try study.run(
        asked.agents.map(\.agent), journal: AnswerJournal(kept?.journal, ranks: ranks),
        stop: stopSignal.stop
      ) { share in
        line.update {
          let seconds = Date().timeIntervalSince(start)
          let left = share > 0 ? " · \((seconds * (1 - share) / share).clockTime) left" : ""
          return "\(share.percent) done\(left)"
        }
        stopped.answered = Int(share * Double(stopped.total ?? 0))
        stopSignal.endInTime { [stopped] in stopped.say(kept: kept?.keep()) }
        return !ranks.anyone(stopSignal.isRequested)
      }
    } catch {
      stopSignal.endsByItself()
      if let path = kept?.keep() { line.note("The finished part is kept in \(path) for --resume.") }
      throw error
    }
    stopSignal.endsByItself()
    line.clear()
    // A point over fewer puzzles would be compared with the others.
    let whole = points.filter { $0.score.asked == count }
    guard
      whole.count == study.segments.count * study.votes.count * study.chains.count || count == 0
    else {
      let reached = points.filter { $0.votes == study.votes[0] }
      stopped.answered = reached.reduce(0) { $0 + $1.score.asked }
      if json {
        stopped.members = report(whole, of: asked, study).object ?? [:]
      } else if !whole.isEmpty {
        stopped.title = text(whole, of: asked, study)
      }
      stopped.say(kept: kept?.keep(), failure: kept?.journal?.failure)
      throw ExitCode(StopSignal.exitCode)
    }
    if json {
      var report = report(points, of: asked, study).object ?? [:]
      report["interrupted"] = false
      print(JSON.object(report).text(.pretty))
    } else {
      print(text(points, of: asked, study), terminator: "")
    }
    do {
      if ranks.isFirst { try write(points, of: asked) }
    } catch {
      if let path = kept?.keep() { line.note("The answers are kept in \(path) for --resume.") }
      throw error
    }
    kept?.remove()
  }

  /// The parameters that a resumed measurement must share with the interrupted one.
  private func plan(_ asked: EvaluatedAgents, _ study: ScaleStudy) throws -> JSON {
    [
      "task": asked.taskJSON, "puzzles": .string(try asked.data.contentHash(of: asked.split)),
      "evaluation": study.evaluation.json,
      "numbers": .array(study.segments.map { JSON($0) }),
      "voters": .array(study.votes.map { JSON($0) }),
      "chains": .array(study.chains.map { JSON($0) }), "agents": try asked.identity,
    ]
  }

  private func text(
    _ points: [ScalePoint], of asked: EvaluatedAgents, _ study: ScaleStudy
  ) -> String {
    var table = TextTable(
      ("chains", .right), ("votes", .right), ("segments", .right), ("solved", .right),
      ("95 % interval", .left), ("per puzzle", .right), ("s per puzzle", .right))
    for point in points {
      let interval = point.score.overall.interval()
      table.add(
        "\(point.chains)", "\(point.votes)", "\(point.segments)",
        point.score.overall.share.percent,
        "\(interval.lowerBound.percent) to \(interval.upperBound.percent)",
        point.flops > 0 ? point.flops.operations : "–", Figures.fixed(4, of: point.seconds))
    }
    let puzzles = points.first?.score.overall.count ?? 0
    let noise = study.evaluation.options.noise
    var text = "\(asked.title) on \(puzzles.counted("puzzle")) of \(asking.split)"
    text += noise > 0 ? ", chains with noise \(Figures.significant(noise))\n\n" : "\n\n"
    text += table.text(width: Terminal.output.width)
    if solving.votesVerify {
      text += "The task's rules chose among the votes: compare this only with its like.\n"
    }
    return text
  }

  /// Writes the curve and the page, if they are wanted.
  private func write(_ points: [ScalePoint], of asked: EvaluatedAgents) throws {
    if let svg {
      let chart = points.chart(title: "\(asked.title): accuracy against compute")
      try WholeFile.write(chart.text.utf8, to: URL(fileURLWithPath: svg))
    }
    if let out {
      let puzzles = points.first?.score.overall.count ?? 0
      let rules =
        solving.votesVerify ? "; the task's rules chose among the votes" : ""
      let page = ScalePage(
        points, title: "\(asked.title) on \(asked.task.id)",
        subtitle: "\(puzzles.counted("puzzle")) of \(asking.split)\(rules)")
      try WholeFile.write(page.html.utf8, to: URL(fileURLWithPath: out))
      if !json { print("The page is \(out).") }
    }
  }

  private func report(_ points: [ScalePoint], of asked: EvaluatedAgents, _ study: ScaleStudy)
    -> JSON
  {
    [
      "agents": asked.json, "data": .string(asked.data.url.path), "split": .string(asking.split),
      "uses-rules": .bool(solving.votesVerify || asked.agents.contains(where: \.usesRules)),
      "evaluation": study.evaluation.json, "points": .array(points.map(\.json)),
    ]
  }
}
