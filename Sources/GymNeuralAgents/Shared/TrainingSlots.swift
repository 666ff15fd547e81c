import Gym
import GymNetworks
import GymSafeTensors
import GymTensors

/// A group of slots that go through the network together: the puzzle that each holds, its progress,
/// and its carried state.
///
/// Unchecked: a single worker accesses them during a round of work, and the agent, which is used by
/// one thread at a time, only between rounds; the worker pool's lock orders the two.
final class TrainingSlots<Network: SegmentNetwork>: @unchecked Sendable {
  /// The range of slots within the whole batch.
  let range: Range<Int>
  let cells: Int
  private let readsDemonstrations: Bool
  /// Each slot's puzzle: tokens and labels [n, cells] (−100 for cells that are not asked),
  /// identifier, and the targets of its segments.
  var tokens: [Int32]
  var labels: [Int32]
  var identifiers: [Int32]
  /// The demonstrations of each slot's puzzle, if the network reads them.
  var demonstrations: [[Example]]
  var supervisionTargets: [SupervisionTarget]
  /// The number of segments that the slot's puzzle has had, and whether it is finished.
  var steps: [Int]
  var halted: [Bool]
  /// The states carried from segment to segment.
  var states: [Tensor]
  /// The previous thought that the next segment reads [n, cells].
  var thoughts: [Int32]
  /// The results of the last training step.
  var outcome = StepStatistics()

  /// Empty slots, all halted, so that the first batch fills them.
  init(range: Range<Int>, model: NeuralModel<Network>) {
    self.range = range
    cells = model.configuration.cells
    readsDemonstrations = model.configuration.demonstrations != nil
    tokens = Array(repeating: 0, count: range.count * cells)
    labels = Array(repeating: -100, count: range.count * cells)
    identifiers = Array(repeating: 0, count: range.count)
    demonstrations = Array(repeating: [], count: range.count)
    supervisionTargets = Array(repeating: .drafts, count: range.count)
    steps = Array(repeating: 0, count: range.count)
    halted = Array(repeating: true, count: range.count)
    states = model.startStates(count: range.count)
    thoughts = tokens
  }

  /// Gives each halted slot the puzzle in its row of the batch, starting afresh.
  func refill(from batch: TrainingBatch, model: NeuralModel<Network>) {
    let configuration = model.configuration
    let maximum = configuration.segments.wholeValue(at: batch.progress)
    let shown = readsDemonstrations ? batch.questions.demonstrations : []
    for slot in 0..<range.count where halted[slot] {
      let row = range.lowerBound + slot
      for cell in 0..<cells {
        let token = batch.questions.questions[row * cells + cell]
        tokens[slot * cells + cell] = Int32(token)
        labels[slot * cells + cell] =
          configuration.asks(token) ? Self.label(batch.labels[row * cells + cell]) : -100
        thoughts[slot * cells + cell] = tokens[slot * cells + cell]
      }
      identifiers[slot] = batch.questions.identifiers[row]
      demonstrations[slot] =
        shown.isEmpty ? [] : Array(shown[row].prefix(configuration.demonstrations?.count ?? 0))
      supervisionTargets[slot] = model.network.supervision(
        for: row, of: batch, maximum: maximum)
      steps[slot] = 0
      halted[slot] = false
      model.reset(states, entry: slot)
    }
  }

  /// Copies the slots of another group that are also in this one.
  func copy(from other: TrainingSlots) {
    for slot in range.clamped(to: other.range) {
      let (to, from) = (slot - range.lowerBound, slot - other.range.lowerBound)
      func copy<Value>(_ values: ReferenceWritableKeyPath<TrainingSlots, [Value]>, count: Int = 1) {
        self[keyPath: values].replaceSubrange(
          to * count..<(to + 1) * count,
          with: other[keyPath: values][from * count..<(from + 1) * count])
      }
      copy(\.tokens, count: cells)
      copy(\.labels, count: cells)
      copy(\.thoughts, count: cells)
      copy(\.identifiers)
      copy(\.demonstrations)
      copy(\.supervisionTargets)
      copy(\.steps)
      copy(\.halted)
      for (state, given) in zip(states, other.states) { state.row(to).copy(from: given.row(from)) }
    }
  }

  /// The slots' questions.
  var grid: TokenGrid { TokenGrid(batch: range.count, cells: cells, tokens: tokens) }

  /// The target of a slot's segment number `step` (from 0), −100 for cells that are not asked.
  func target(_ slot: Int, step: Int, _ configuration: NeuralConfiguration) -> [Int32] {
    if case .trace(let states) = supervisionTargets[slot], step + 1 < states.count {
      return zip(states[step], tokens[slot * cells..<(slot + 1) * cells]).map {
        configuration.asks(UInt8($1)) ? Self.label($0) : -100
      }
    }
    return Array(labels[slot * cells..<(slot + 1) * cells])
  }

  private static func label(_ token: UInt8) -> Int32 {
    token == Vocabulary.padding ? -100 : Int32(token)
  }
}

extension TrainingSlots {
  /// Adds everything that the slots' next step depends on.
  func save(_ name: String, to content: inout SafeTensorsContent, _ stateNames: [StateName]) {
    let count = range.count
    for (part, state) in zip(stateNames, states) { content.add("\(name).\(part.carried)", state) }
    content.add("\(name).tokens", integers: tokens, shape: [count, cells])
    content.add("\(name).labels", integers: labels, shape: [count, cells])
    content.add("\(name).identifiers", integers: identifiers, shape: [count])
    content.add("\(name).steps", integers: steps.map(Int32.init), shape: [count])
    content.add("\(name).halted", integers: halted.map { $0 ? Int32(1) : 0 }, shape: [count])
    if readsDemonstrations {
      content.add(
        "\(name).shown", integers: demonstrations.map { Int32($0.count) }, shape: [count])
      let grids = demonstrations.joined().flatMap { [$0.question, $0.answer] }
      content.add(
        "\(name).demonstrations", integers: grids.joined().map(Int32.init),
        shape: [grids.count, cells])
    }
    guard Network.readsThoughts else { return }
    content.add("\(name).thoughts", integers: thoughts, shape: [count, cells])
    // The slots' traces one after another; a slot without one has 0 states.
    let traces = supervisionTargets.map { supervision -> [[UInt8]] in
      if case .trace(let states) = supervision { states } else { [] }
    }
    content.add("\(name).trace-states", integers: traces.map { Int32($0.count) }, shape: [count])
    let states = Array(traces.joined())
    content.add(
      "\(name).traces", integers: states.joined().map(Int32.init), shape: [states.count, cells])
  }

  /// Restores what `save` wrote, validated against the configuration.
  func restore(
    _ name: String, from file: SafeTensorsFile, _ model: NeuralModel<Network>
  ) throws {
    func integers(_ part: String, count: Int, in range: ClosedRange<Int>) throws -> [Int] {
      let values = try file.integers("\(name).\(part)")
      guard values.count == count, values.allSatisfy(range.contains) else {
        throw GymError(
          "\(name).\(part): expected \(count) numbers in \(range)", at: file.path)
      }
      return values
    }
    let (configuration, count) = (model.configuration, range.count)
    let last = configuration.vocabularyCount - 1
    // The run may have had more segments before.
    let maximum = NeuralConfiguration.segmentsLimit
    for (part, state) in zip(model.network.stateNames, states) {
      try state.take("\(name).\(part.carried)", from: file)
    }
    tokens = try integers("tokens", count: count * cells, in: 0...last).map(Int32.init)
    let labels = try integers("labels", count: count * cells, in: -100...last)
    guard labels.allSatisfy({ $0 >= 0 || $0 == -100 }) else {
      throw GymError("\(name).labels: a label is neither token nor -100", at: file.path)
    }
    self.labels = labels.map(Int32.init)
    identifiers = try integers(
      "identifiers", count: count, in: 0...configuration.puzzleIdentifiers - 1
    ).map(Int32.init)
    steps = try integers("steps", count: count, in: 0...maximum)
    halted = try integers("halted", count: count, in: 0...1).map { $0 == 1 }
    if let sizes = configuration.demonstrations {
      let shown = try integers("shown", count: count, in: 0...sizes.count)
      var grids = try integers(
        "demonstrations", count: 2 * shown.reduce(0, +) * cells, in: 0...last)[...]
      func nextGrid() -> [UInt8] {
        defer { grids = grids.dropFirst(cells) }
        return grids.prefix(cells).map { UInt8($0) }
      }
      demonstrations = shown.map { shown in
        (0..<shown).map { _ in Example(question: nextGrid(), answer: nextGrid()) }
      }
    }
    guard Network.readsThoughts else { return }
    thoughts = try integers("thoughts", count: count * cells, in: 0...last).map(Int32.init)
    let lengths = try integers("trace-states", count: count, in: 0...maximum)
    var states = try integers("traces", count: lengths.reduce(0, +) * cells, in: 0...last)[...]
    supervisionTargets = lengths.map { length in
      guard length > 0 else { return .drafts }
      return .trace(
        (0..<length).map { _ in
          defer { states = states.dropFirst(cells) }
          return states.prefix(cells).map { UInt8($0) }
        })
    }
  }
}

/// The results of one training step for some slots.
struct StepStatistics: Sendable {
  /// The weight of the halting head's loss.
  var haltingWeight = 0.5
  /// The parts of the loss, summed over the slots: the cells, and the halting head's
  /// cross-entropies for halting and for the value of continuing.
  var cellLoss = 0.0
  var haltLoss = 0.0
  var continueLoss = 0.0
  /// The loss, summed over the slots.
  var loss: Double { cellLoss + haltingWeight * (haltLoss + continueLoss) }
  /// The output head's logits [n, S, V], and the halting logits [n, k].
  var logits: Tensor?
  var haltingLogits: [Float] = []
  /// The targets for the value of continuing, if it is learned.
  var continueTargets: [Double] = []
  /// Sums over the slots that finished in this step and have labels.
  var finished = 0
  var cellAccuracy = 0.0
  var exact = 0
  var haltAccuracy = 0
  var segments = 0
  /// The floating-point operations of the step, summed over the slots.
  var flops = 0.0
  /// The gradient of the used puzzle embeddings [n, e].
  var puzzleGradient: Tensor?

  /// One slot's halting logits.
  func haltingLogits(of slot: Int, _ rule: HaltingRule) -> ArraySlice<Float> {
    haltingLogits[slot * rule.logits..<(slot + 1) * rule.logits]
  }
}

/// The sums of an outcome that ranks tell each other.
struct OutcomeSums: BitwiseCopyable {
  let loss: Double
  let finished: Int
  let cellAccuracy: Double
  let exact: Int
  let haltAccuracy: Int
  let segments: Int
  let flops: Double

  init(_ outcome: StepStatistics) {
    (loss, finished, cellAccuracy) = (outcome.loss, outcome.finished, outcome.cellAccuracy)
    (exact, haltAccuracy, segments) = (outcome.exact, outcome.haltAccuracy, outcome.segments)
    flops = outcome.flops
  }
}
