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
      try FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try restored.save(to: folder)
    }
    try inspectDamagedStates(in: folder)
  }
}

extension AgentInspection where Subject: LearningAgent {
  /// States that are incomplete, truncated or another agent's are rejected with an error.
  ///
  /// - Parameter folder: a complete state; it is damaged here.
  func inspectDamagedStates(in folder: URL) throws {
    for (name, other) in [
      ("a task with more tokens", context(vocabulary: context.vocabularyCount + 1)),
      ("a task with more identifiers", context(identifiers: context.puzzleIdentifiers + 2)),
    ] {
      expectError("the state of \(name)", try make(other), folder)
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
