import Gym
import NeuralNetworks
import Tensors

/// A group of slots that go through the network together: the puzzle that each holds, its progress,
/// and its carried state.
///
/// Unchecked: a single worker accesses them during a round of work, and the agent, which is used by
/// one thread at a time, only between rounds; the worker pool's lock orders the two.
final class TrainingSlots<Network: SegmentNetwork>: @unchecked Sendable {
  /// The range of slots within the whole batch.
  let range: Range<Int>
  let cells: Int
  /// Each slot's puzzle: tokens and labels [n, cells] (−100 for cells that are not asked),
  /// identifier, and the targets of its segments.
  var tokens: [Int32]
  var labels: [Int32]
  var identifiers: [Int32]
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
    tokens = Array(repeating: 0, count: range.count * cells)
    labels = Array(repeating: -100, count: range.count * cells)
    identifiers = Array(repeating: 0, count: range.count)
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
      copy(\.supervisionTargets)
      copy(\.steps)
      copy(\.halted)
      for (state, given) in zip(states, other.states) { state.row(to).copy(from: given.row(from)) }
    }
  }

  /// The slots' questions.
  var grid: TokenGrid { TokenGrid(batch: range.count, cells: cells, tokens: tokens) }

  /// The target of a slot's segment number `step` (from 0), −100 for cells that are not asked.
  func target(_ slot: Int, step: Int) -> [Int32] {
    if case .trace(let states) = supervisionTargets[slot], step + 1 < states.count {
      return states[step].map(Self.label)
    }
    return Array(labels[slot * cells..<(slot + 1) * cells])
  }

  private static func label(_ token: UInt8) -> Int32 {
    token == Vocabulary.padding ? -100 : Int32(token)
  }
}
