import Foundation
import Gym
import GymJSON

/// The common part of agents that learn only by counting.
protocol CountingAgent: LearningAgent {
  var context: AgentContext { get }
  var state: CountingState { get set }

  /// Counts one label, which is not padding.
  func count(_ label: UInt8, inPlaceOf token: UInt8, cell: Int)

  /// The answer to a question.
  func answer(to question: ArraySlice<UInt8>) -> [UInt8]
}

extension CountingAgent {
  public static var countsOperations: Bool { false }

  public var steps: Int { state.steps }

  public var parameterCount: Int { state.counts.values.reduce(0) { $0 + $1.counts.count } }

  /// Answers the batch, then counts its labels. The loss is the share of cells answered wrongly.
  public func learn(from batch: TrainingBatch) throws -> StepReport {
    try check(batch.questions)
    guard batch.labels.allSatisfy({ Int($0) < context.vocabularyCount }) else {
      throw GymError(
        "a label is outside the vocabulary", expected: "tokens below \(context.vocabularyCount)")
    }
    var report = StepReport()
    report.steps = 1
    for example in 0..<batch.count {
      let cells = batch.questions.cells
      let labels = batch.labels[example * cells..<(example + 1) * cells]
      let answer = answer(to: batch.questions.question(example))
      let asked = zip(labels, answer).filter { $0.0 != Vocabulary.padding }
      let right = asked.count { $0.0 == $0.1 }
      let accuracy = asked.isEmpty ? 1 : Double(right) / Double(asked.count)
      report.finished += 1
      report.segments += 1
      report.cellAccuracy += accuracy
      report.exact += right == asked.count ? 1 : 0
      report.loss += (1 - accuracy) / Double(batch.count)
    }
    for (index, label) in batch.labels.enumerated() where label != Vocabulary.padding {
      count(
        label, inPlaceOf: batch.questions.questions[index], cell: index % batch.questions.cells)
    }
    state.steps += 1
    return report
  }

  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try check(questions)
    return (0..<questions.count).map { index in
      let answer = answer(to: questions.question(index))
      return Prediction(
        answer: answer, thoughts: options.keepsThoughts ? [answer] : [],
        cost: ComputeCost(passes: 1))
    }
  }

  public func save(to folder: URL) throws { try state.save(to: folder) }

  public func restore(from folder: URL, forTraining: Bool) throws {
    try state.restore(from: folder)
  }

  private func check(_ questions: QuestionBatch) throws {
    guard questions.cells == context.grid.cells,
      questions.questions.allSatisfy({ Int($0) < context.vocabularyCount })
    else {
      throw GymError(
        "the questions do not fit the task that the agent was made for",
        expected: "\(context.grid.cells) cells of tokens below \(context.vocabularyCount)")
    }
  }
}

/// The state of a counting agent: a JSON file that records what it was counted from.
struct CountingState {
  let agent: PluginID
  let context: AgentContext
  var steps: Int
  /// The initial seed of the agent; answers depend on it.
  var seed: UInt64
  var counts: [String: LabelCounts]

  private static let file = "counts.json"

  /// Writes the state into a folder.
  func save(to folder: URL) throws {
    var json = JSONObject(fixedFields)
    json["steps"] = JSON(steps)
    json["seed"] = .string("\(seed)")
    for (name, counts) in counts.sorted(by: { $0.key < $1.key }) {
      json[name] = .array(counts.counts.map { JSON($0) })
    }
    try JSON.object(json).write(to: folder.appendingPathComponent(Self.file), style: .compact)
  }

  /// Reads a state of the same agent and context; it must have the same number of counts.
  mutating func restore(from folder: URL) throws {
    let url = folder.appendingPathComponent(Self.file)
    let json = try JSON(contentsOf: url)
    for (name, value) in fixedFields where json[name] != value {
      throw GymError(
        "\(name) is \((json[name] ?? .null).description.prefix(40))", at: url.path,
        expected: value.text())
    }
    guard let steps = json["steps"]?.integer, (0...1 << 60).contains(steps),
      let seed = json["seed"]?.string.flatMap({ UInt64($0) })
    else {
      throw GymError(
        "the saved state lacks valid steps or a valid seed", at: url.path,
        expected: "\"steps\": an integer from 0, \"seed\": digits in quotes")
    }
    var restored: [String: LabelCounts] = [:]
    for (name, old) in counts {
      let numbers = json[name]?.array?.compactMap(\.integer) ?? []
      guard
        let counts = LabelCounts(
          conditions: old.counts.count / old.labels, labels: old.labels, counts: numbers)
      else {
        throw GymError(
          "\(name) are not the counts of this agent", at: url.path,
          expected: "\(old.counts.count) whole numbers from 0")
      }
      restored[name] = counts
    }
    (self.steps, self.seed, counts) = (steps, seed, restored)
  }

  /// The fields that must be equal when the state is read.
  private var fixedFields: [(String, JSON)] {
    [
      ("agent", .string(agent.description)),
      ("vocabulary", JSON(context.vocabularyCount)),
      ("rows", JSON(context.grid.rows)),
      ("columns", JSON(context.grid.columns)),
      ("identifiers", JSON(context.puzzleIdentifiers)),
    ]
  }
}

/// How often each label occurred under each condition, such as a cell or a token.
struct LabelCounts: Sendable, Hashable {
  /// The number of labels, padding included.
  let labels: Int
  /// The counts, [conditions, labels].
  private(set) var counts: [Int]

  init(conditions: Int, labels: Int) {
    self.labels = labels
    counts = Array(repeating: 0, count: conditions * labels)
  }

  /// Saved counts; nil if they do not have this size or are negative.
  init?(conditions: Int, labels: Int, counts: [Int]) {
    guard counts.count == conditions * labels, counts.allSatisfy((0...1 << 60).contains)
    else { return nil }
    self.labels = labels
    self.counts = counts
  }

  subscript(_ condition: Int, _ label: Int) -> Int { counts[condition * labels + label] }

  /// Counts one occurrence of a label.
  mutating func add(_ label: UInt8, under condition: Int) {
    counts[condition * labels + Int(label)] += 1
  }

  /// The labels that occurred under a condition, in ascending order.
  func seen(under condition: Int) -> [UInt8] {
    (0..<labels).filter { self[condition, $0] > 0 }.map { UInt8($0) }
  }
}
