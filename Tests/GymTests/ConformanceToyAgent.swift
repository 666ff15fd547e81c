import Foundation
import Gym
import GymRandomness
import GymTesting
import Synchronization

/// The faults that the toy agent can be built with.
enum AgentFault: String, CaseIterable {
  case none
  case refusesContext = "refuses-context"
  case answersOutside = "answers-outside"
  case losesQuestions = "loses-questions"
  case thoughtsDiffer = "thoughts-differ"
  case mixesRows = "mixes-rows"
  case silentInBatches = "silent-in-batches"
  case countsInstances = "counts-instances"
  case solvingLearns = "solving-learns"
  case lossIsNoNumber = "loss-is-no-number"
  case countsStepsTwice = "counts-steps-twice"
  case forgetsMomentum = "forgets-momentum"
  case forgetsSteps = "forgets-steps"
  case trustsFiles = "trusts-files"
  case claimsToCommute = "claims-to-commute"
  case exportsNothing = "exports-nothing"

  /// The check that catches it; nil for the sound agent.
  var check: ConformanceFailure.Check? {
    switch self {
    case .none: nil
    case .refusesContext: .construction
    case .answersOutside, .losesQuestions: .prediction
    case .thoughtsDiffer: .thoughts
    case .mixesRows, .silentInBatches: .batching
    case .countsInstances: .repeatability
    case .solvingLearns: .purity
    case .lossIsNoNumber, .countsStepsTwice: .learning
    case .forgetsMomentum, .forgetsSteps, .exportsNothing: .restoring
    case .trustsFiles: .damagedState
    case .claimsToCommute: .renaming
    }
  }
}

/// A toy: learns which token follows which, from noisy counts with momentum.
final class Substitution: LearningAgent {
  static let id = PluginID("substitution", version: 1)
  static let summary = "Replaces each token by the one seen most often in its place."
  private static let fault = Setting.choice(
    "fault", "what is wrong with the agent", default: AgentFault.none)
  private static let readsIdentifiers = Setting.flag(
    "reads-identifiers", "whether its state is for a number of identifiers", default: true)
  static let settings = Setting.list(fault, readsIdentifiers)
  static let learnsFromTraces = true
  private static let instances = Atomic<UInt64>(0)

  let context: AgentContext
  let fault: AgentFault
  let readsIdentifiers: Bool
  private(set) var steps = 0
  private var weights: [Double]
  private var momentum: [Double]
  private let key: RandomKey

  init(settings: Settings, context: AgentContext) throws {
    fault = settings[Self.fault]
    readsIdentifiers = settings[Self.readsIdentifiers]
    if fault == .refusesContext { throw GymError("there is no room for so many tokens") }
    self.context = context
    let instance =
      fault == .countsInstances ? Self.instances.add(1, ordering: .relaxed).newValue : 0
    key = RandomKey(seed: context.seed &+ instance, "substitution")
    let count = context.vocabularyCount * context.vocabularyCount
    var random = RandomStream(key: key, stream: 0)
    weights = (0..<count).map { _ in random.unit() }
    momentum = [Double](repeating: 0, count: count)
  }

  var parameterCount: Int { weights.count }
  var commutesWithRenaming: Bool { [.claimsToCommute, .answersOutside].contains(fault) }

  func learn(from batch: TrainingBatch) throws -> StepReport {
    guard batch.traces.count == batch.count else { throw GymError("the traces are missing") }
    steps += fault == .countsStepsTwice ? 2 : 1
    var random = RandomStream(key: key, stream: UInt64(steps))
    var right = 0
    for (asked, label) in zip(batch.questions.questions, batch.labels) {
      if answer(to: asked) == label { right += 1 }
      momentum[Int(asked) * context.vocabularyCount + Int(label)] += 0.1 * random.unit()
    }
    for index in weights.indices {
      weights[index] += momentum[index]
      momentum[index] *= 0.9
    }
    var report = StepReport()
    report.steps = 1
    report.loss = weights.reduce(0, +) - Double(right)
    if fault == .lossIsNoNumber { report.loss = .infinity }
    report.learningRate = 0.1
    return report
  }

  func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    if fault == .solvingLearns { weights[0] += 0.01 }
    if fault == .silentInBatches, questions.count > 1 {
      return (0..<questions.count).map { _ in Prediction(answer: nil, failure: "too many") }
    }
    var predictions = (0..<questions.count).map { index -> Prediction in
      let source = fault == .mixesRows ? (index + 1) % questions.count : index
      let answer = questions.question(source).map(answer(to:))
      guard options.keepsThoughts else { return Prediction(answer: answer) }
      let last = fault == .thoughtsDiffer ? answer.map { _ in 1 } : answer
      return Prediction(answer: answer, segments: 2, thoughts: [answer, last])
    }
    if fault == .losesQuestions, !predictions.isEmpty { predictions.removeLast() }
    return predictions
  }

  private func answer(to token: UInt8) -> UInt8 {
    let row = weights[
      Int(token) * context.vocabularyCount..<(Int(token) + 1) * context.vocabularyCount]
    let best = row.indices.max { row[$0] < row[$1] } ?? row.startIndex
    return fault == .answersOutside ? 200 : UInt8(best - row.startIndex)
  }

  private var shape: [Double] {
    [Double(context.vocabularyCount)]
      + (readsIdentifiers ? [Double(context.puzzleIdentifiers)] : [])
  }

  func save(to folder: URL) throws { try write(weights, to: folder) }

  func export(to folder: URL) throws {
    try write(fault == .exportsNothing ? weights.map { _ in 0 } : weights, to: folder)
  }

  private func write(_ weights: [Double], to folder: URL) throws {
    let kept = fault == .forgetsMomentum ? momentum.map { _ in 0 } : momentum
    let numbers = shape + [Double(fault == .forgetsSteps ? 0 : steps)] + weights + kept
    let data = numbers.withUnsafeBytes { Data($0) }
    try data.write(to: folder.appendingPathComponent("state"))
  }

  func restore(from folder: URL, forTraining: Bool) throws {
    let url = folder.appendingPathComponent("state")
    if fault == .trustsFiles, !FileManager.default.fileExists(atPath: url.path) { return }
    let data = try Data(contentsOf: url)
    var numbers = [Double](repeating: 0, count: data.count / 8)
    _ = numbers.withUnsafeMutableBytes { data.copyBytes(to: $0) }
    let start = shape.count + 1
    let expected = start + 2 * weights.count
    guard numbers.count == expected, numbers.starts(with: shape) else {
      throw GymError("the state has another size", at: url.path, expected: "\(expected) numbers")
    }
    steps = Int(numbers[start - 1])
    weights = Array(numbers[start..<start + weights.count])
    momentum = Array(numbers.suffix(weights.count))
  }
}
