import Foundation
import Gym

extension AgentInspection where Subject: LearningAgent {
  /// Checks what learning agents promise beyond answers.
  func runLearning() {
    guard let agent = log.making(.construction, { try make(context) }),
      let twin = log.making(.construction, { try make(context) }),
      let reports = learn(agent, 0..<3)
    else { return }
    log.expect(agent.parameterCount > 0, .construction, "it learns, but has no parameters")
    inspectRenaming(agent)
    let questions = questions("after learning", 0, count: context.batchSize)
    guard let twins = learn(twin, 0..<2),
      answers(of: twin, to: questions) != nil,
      let last = learn(twin, 2..<3)
    else { return }
    log.expect(
      twins == Array(reports.prefix(2)), .repeatability,
      "two agents with the same seed and batches report \(reports.prefix(2)) and \(twins)")
    log.expect(
      last == Array(reports.suffix(1)), .purity,
      "having answered in between, the next step reports \(last), otherwise \(reports.suffix(1))")
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("conformance-\(UUID().uuidString)")
    _ = log.making(.restoring) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try inspectState(of: agent, in: folder, questions)
    }
    // If removing it fails, it is still in the system's temporary folder.
    try? FileManager.default.removeItem(at: folder)
  }

  /// Takes steps; checks that they are counted and have a loss.
  private func learn(
    _ agent: Subject, _ steps: Range<Int>
  ) -> [StepReport]? {
    var reports: [StepReport] = []
    for step in steps {
      let before = agent.steps
      guard let report = log.making(.learning, { try agent.learn(from: trainingBatch(step)) })
      else { return nil }
      log.expect(
        agent.steps == before + 1 && report.steps == 1, .learning,
        "one step raises the count from \(before) to \(agent.steps) and reports \(report.steps)")
      log.expect(
        report.loss.isFinite && report.learningRate.isFinite, .learning,
        "step \(step) has loss \(report.loss) at rate \(report.learningRate)")
      reports.append(report)
    }
    return reports
  }

  /// A batch to learn from: the label of each token is the next one of the vocabulary. Every other
  /// example has a trace, if the agent wants them.
  private func trainingBatch(_ index: Int) -> TrainingBatch {
    let questions = questions("learn", index, count: context.batchSize)
    func next(_ tokens: some Sequence<UInt8>) -> [UInt8] {
      tokens.map { UInt8(Int($0) % (context.vocabularyCount - 1) + 1) }
    }
    let traces = (0..<questions.count).map { row -> [[UInt8]] in
      let question = Array(questions.question(row))
      return row.isMultiple(of: 2) ? [question, next(question)] : []
    }
    return TrainingBatch(
      questions: questions, labels: next(questions.questions),
      traces: Subject.learnsFromTraces ? traces : [])
  }

  private func inspectState(
    of agent: Subject, in folder: URL, _ questions: QuestionBatch
  ) throws {
    try agent.save(to: folder)
    let otherSeed = context(seed: context.seed &+ 1)
    for forTraining in [true, false] {
      let restored = try make(forTraining ? context : otherSeed)
      try restored.restore(from: folder, forTraining: forTraining)
      log.expect(
        restored.steps == agent.steps, .restoring,
        "\(restored.steps) steps are restored of \(agent.steps)")
      log.expect(
        answers(of: restored, to: questions) == answers(of: agent, to: questions),
        .restoring,
        "a restored agent (for training: \(forTraining)) answers differently")
      guard forTraining, let next = learn(agent, 3..<5),
        let resumed = learn(restored, 3..<5)
      else { continue }
      log.expect(
        next == resumed, .restoring,
        "the next steps report \(next), of the restored agent \(resumed)")
      log.expect(
        answers(of: restored, to: questions) == answers(of: agent, to: questions),
        .restoring, "after two more steps, a restored agent answers differently")
      try empty(folder)
      try restored.save(to: folder)
    }
    try inspectDamagedStates(of: agent, in: folder)
    try empty(folder)
    try inspectExport(of: agent, to: folder, questions, try make(otherSeed))
  }

  /// Exported weights may be rounded, so a few cells may be answered otherwise.
  private func inspectExport(
    of agent: Subject, to folder: URL, _ questions: QuestionBatch, _ other: Subject
  ) throws {
    try agent.export(to: folder)
    try other.restore(from: folder, forTraining: false)
    let own = answers(of: agent, to: questions)?.flatMap { $0.answer ?? [] } ?? []
    let exported = answers(of: other, to: questions)?.flatMap { $0.answer ?? [] } ?? []
    let same = zip(own, exported).count { $0 == $1 }
    log.expect(
      4 * same >= 3 * max(own.count, exported.count), .restoring,
      "an agent restored from what `export` wrote answers \(same) of \(own.count) cells alike")
  }

  private func empty(_ folder: URL) throws {
    if FileManager.default.fileExists(atPath: folder.path) {
      try FileManager.default.removeItem(at: folder)
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }
}

extension AgentInspection where Subject: LearningAgent {
  /// States that are incomplete, truncated or another agent's are rejected with an error.
  ///
  /// - Parameter folder: a complete state; it is damaged here.
  func inspectDamagedStates(of agent: Subject, in folder: URL) throws {
    let other = context(vocabulary: context.vocabularyCount + 1)
    expectError("the state of a task with other tokens", try make(other), folder)
    if agent.readsIdentifiers {
      let other = context(identifiers: context.puzzleIdentifiers + 2)
      expectError("the state of a task with other identifiers", try make(other), folder)
    }
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey]
    ).filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
    for file in files.sorted(by: { $0.path < $1.path }) {
      let whole = try Data(contentsOf: file)
      for count in [whole.count / 2, 0] where count < whole.count {
        try whole.prefix(count).write(to: file)
        expectError(
          "a state whose \(file.lastPathComponent) ends after \(count) bytes", try make(context),
          folder)
      }
      try FileManager.default.removeItem(at: file)
      expectError(
        "a state without \(file.lastPathComponent)", try make(context), folder)
      try whole.write(to: file)
    }
    try FileManager.default.removeItem(at: folder)
    expectError("a folder that is not there", try make(context), folder)
  }

  private func expectError(
    _ name: String, _ agent: Subject, _ folder: URL
  ) {
    do {
      try agent.restore(from: folder, forTraining: true)
      log.fail(.damagedState, "\(name) is restored without an error")
    } catch {
      log.expect("\(error)".count > 10, .damagedState, "\(name) gives only \"\(error)\"")
    }
  }
}
