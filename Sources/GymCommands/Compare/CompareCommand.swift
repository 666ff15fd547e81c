import ArgumentParser
import Foundation
import Gym
import GymBoards
import GymDatasets
import GymExternal
import GymJSON
import GymTraining

/// `reasongym compare`: compares several agents on the same puzzles with the same budget.
struct CompareCommand: RankedCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train several agents on the same puzzles with one budget each, and score them.",
    discussion: Help.flowing(
      """
      Every agent that learns gets the budget once under each seed, which decides its weights and
      the order of its batches; other agents solve once. All solve the same held-out
      puzzles. The folder receives runs/ with a run and its predictions each, summary.json,
      summary.txt, and curves.svg with the learning curves. Ctrl-C saves and ends with exit code
      130; the same command with --resume continues, and repeats nothing.

      --flops is matched by planning the steps from what an agent's first step counts; an agent
      that counts no operations sees all training puzzles once.

      Under mpirun each rank takes the next agent and seed when it is free.

      Examples:
        reasongym compare hrm transformer trm --task sudoku-extreme --size 6 \\
          --preset tiny --minutes 3 --seeds 1,2,3 --out runs/comparison
        reasongym compare hrm flat=hrm solver --data data/sudoku --steps 2000 \\
          --preset tiny --set agents.batch=64 flat.max-segments=1 \\
          --out runs/segments
      """))

  @OptionGroup var participants: ParticipantOptions
  @OptionGroup(title: "Puzzles") var puzzles: ComparisonData
  @OptionGroup(title: "Budget") var budget: ComparisonBudget

  @Option(
    help: ArgumentHelp(
      "The seeds that each agent learns under. (default: 1,2,3)", valueName: "S,S"),
    transform: { try NumberList<UInt64>(parsing: $0, from: 0) })
  var seeds = NumberList<UInt64>([1, 2, 3])

  @Option(
    help: ArgumentHelp(
      "Number of reasoning segments at the end. (default: as in training)", valueName: "M"))
  var segments: Int?

  @OptionGroup(title: "Thinking and voting") var copies: CopiesOptions

  @OptionGroup(title: "Thinking and voting") var solving: SolvingOptions

  @OptionGroup var sample: SampleOptions

  @Option(
    help: ArgumentHelp("Put all answers on a leaderboard at the end.", valueName: "BOARD"),
    completion: .file())
  var submit: String?

  @Option(
    help: ArgumentHelp("Where everything is written.", valueName: "DIR"), completion: .directory)
  var out: String

  @Flag(help: "Compare even if training has puzzles of the other splits.")
  var allowLeakage = false

  @Option(help: "The number of worker threads. (default: all processors)")
  var workers: Int?

  @Flag(help: "Continue the comparison in the folder.")
  var resume = false

  @Flag(help: "Replace the comparison in the folder.")
  var force = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    try check(
      "--segments", segments,
      in: 1...(submit == nil ? 100_000 : PredictionParser.maximumSegments))
    try check("--workers", workers, in: 1...1024)
    try check(resume: resume, force: force)
    if submit != nil, sample.limit != nil {
      throw ValidationError("--submit is for all held-out puzzles: leave --limit out.")
    }
    try copies.check(solving, remedy: "--votes")
    _ = try solving.options(segments: segments)
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    do {
      try run(until: stopSignal)
    } catch is CancellationError {
      InterruptionReport(json: json).say(kept: out)
      throw ExitCode(StopSignal.exitCode)
    }
  }

  private func run(until stopSignal: StopSignal) throws {
    let (line, url) = (ProgressLine(), URL(fileURLWithPath: out))
    stopSignal.endInTime { [out, json] in InterruptionReport(json: json).say(kept: out) }
    let opening: Comparison.Opening = resume ? .resuming : force ? .replacing : .new
    let ranks = Ranks.world
    if ranks.isFirst { try Comparison.check(url, opening) }
    let workers = workers ?? TrainingPlan.allWorkers
    let (data, task) = try ranks.afterFirst { isFirst in
      try puzzles.open(
        settings: participants.taskValues, in: url, isNew: opening == .replacing && isFirst,
        workers: workers, line: line, until: stopSignal)
    }
    let split = try data.split("test")
    let evaluation = try Evaluation(
      task: task, split: split, options: solving.options(segments: segments),
      voting: copies.voting(usesRules: solving.votesVerify), limit: sample.limit,
      sampleSeed: sample.seed,
      puzzleNames: data.identifierNames,
      demonstrations: PuzzleDemonstrations(data, for: split, of: task))
    let plan = try ComparisonPlan(
      participants: participants.participants(
        for: task, on: data, seed: seeds.values[0], workers: workers
      ) { line.note("Warning: \($0)") },
      data: data, budget: budget.budget, seeds: seeds.values, evaluation: evaluation,
      workers: workers)
    // Puzzles generated here are disjoint, and a resumed comparison knows its puzzles' hashes.
    let goesOn = ranks.anyone(resume && Comparison.exists(in: url))
    if puzzles.data != nil, !goesOn, !allowLeakage, plan.participants.contains(where: \.learns) {
      try data.refuseLeaks(task)
    }
    try plan.checkSolvers()
    let comparison = try Comparison(in: url, plan, opening: opening, ranks: ranks)
    if ranks.isFirst { try evaluation.notes().forEach { line.note("Note: \($0).") } }
    let display = ComparisonDisplay(line)
    let summary: ComparisonSummary?
    do {
      summary = try comparison.run(until: stopSignal) { event in
        display.show(event)
        var done = 0
        switch event {
        case .solving(_, let answered, _): done = answered
        // A process may not answer. One that does may take its time to save.
        case .began(let entry), .training(let entry, _, _):
          if !plan.isProcess(entry) || stopSignal.isRequested { return stopSignal.endsByItself() }
        case .finished: return stopSignal.endsByItself()
        }
        let report = stopped(comparison, solving: done)
        stopSignal.endInTime { [out] in report.say(kept: out) }
      }
    } catch {
      // The results are printed even if they could not be written.
      if let summary = comparison.summary { print(text(summary, width: Terminal.output.width)) }
      throw error
    }
    stopSignal.endsByItself()
    line.clear()
    guard let summary else {
      stopped(comparison).say(kept: out)
      throw ExitCode(StopSignal.exitCode)
    }
    guard ranks.isFirst else { return }
    if json {
      print(try JSON(contentsOf: comparison.summaryFile).text(.pretty))
    } else {
      print(text(summary, width: Terminal.output.width))
    }
    try WholeFile.write(
      text(summary, width: 120).utf8, to: url.appendingPathComponent("summary.txt"))
    try WholeFile.write(comparison.curves().text.utf8, to: url.appendingPathComponent("curves.svg"))
    if let submit { try comparison.submit(to: submit) { ProgressLine().note("Note: \($0).") } }
    if !json { print("Written: \(out)/summary.json, summary.txt, curves.svg and runs/.") }
  }

  private func text(_ summary: ComparisonSummary, width: Int) -> String {
    summary.text(width: width, copies: copies.text, isChosen: solving.votesVerify)
  }

  /// The progress of a comparison.
  ///
  /// - Parameter done: the puzzles answered in the current entry.
  private func stopped(_ comparison: Comparison, solving done: Int = 0) -> InterruptionReport {
    let entries = comparison.plan.entries.count
    var report = InterruptionReport(json: json)
    report.title = "\(comparison.answered.entries) of \(entries) entries are done"
    report.members = [
      "entries-done": JSON(comparison.answered.entries),
      "entries": JSON(entries),
    ]
    report.answered = comparison.answered.puzzles + done
    report.total = comparison.plan.evaluation.count * entries
    report.unit = "answers (puzzles of all entries)"
    return report
  }
}

extension ComparisonPlan {
  /// Whether an entry is a process that learns.
  fileprivate func isProcess(_ entry: ComparisonRun) -> Bool {
    participants.contains { participant in
      guard participant.label == entry.label, case .learning(let agent, _) = participant.kind
      else { return false }
      return agent is ExternalLearner.Type
    }
  }
}

/// The training budget of each agent, per seed.
struct ComparisonBudget: ParsableArguments {
  @Option(help: ArgumentHelp("Minutes of training each.", valueName: "M"))
  var minutes: Double?

  @Option(
    help: ArgumentHelp(
      "Floating-point operations of training each, such as 2e13; the optimizer's are not counted.",
      valueName: "F"))
  var flops: Double?

  @Option(help: ArgumentHelp("Training steps each.", valueName: "N"))
  var steps: Int?

  func validate() throws {
    guard [minutes != nil, flops != nil, steps != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("Say what each may spend: one of --minutes, --flops and --steps.")
    }
    try check("--minutes", minutes, upTo: 1e6)
    try check("--flops", flops, upTo: 1e30)
    try check("--steps", steps, in: 1...Budget.maximum)
  }

  /// The budget; `validate` has made sure that there is one.
  var budget: Budget {
    if let minutes { return .minutes(minutes) }
    if let flops { return .flops(flops) }
    return .steps(steps ?? 1)
  }
}
