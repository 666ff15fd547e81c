import Gym
import NeuralNetworks
import Tensors

/// The batch slots of one worker: which puzzle each holds, how far it is, and its states.
///
/// Unchecked: the worker that owns the slots uses them inside a round of work, and the agent
/// between rounds; the worker pool's barrier stands between the two.
final class HRMSlots: @unchecked Sendable {
  /// The slots of the whole batch that these are.
  let range: Range<Int>
  let cells: Int
  /// Each slot's puzzle: tokens and labels [n, cells] (−100 where nothing is asked), identifier.
  var tokens: [Int32]
  var labels: [Int32]
  var identifiers: [Int32]
  /// Segments that the slot's puzzle has had, and whether it is finished.
  var steps: [Int]
  var halted: [Bool]
  /// The states carried from segment to segment.
  var states: HRMModel.States
  /// What the last training step gave.
  var outcome = HRMOutcome()

  /// Empty slots: all halted, so that the first batch fills them.
  init(range: Range<Int>, model: HRMModel) {
    self.range = range
    cells = model.configuration.cells
    tokens = Array(repeating: 0, count: range.count * cells)
    labels = Array(repeating: -100, count: range.count * cells)
    identifiers = Array(repeating: 0, count: range.count)
    steps = Array(repeating: 0, count: range.count)
    halted = Array(repeating: true, count: range.count)
    states = model.startStates(count: range.count)
  }

  /// Gives each halted slot the puzzle of its row of the batch, from z⁰ on.
  func refill(from batch: TrainingBatch, model: HRMModel) {
    for slot in 0..<range.count where halted[slot] {
      let row = range.lowerBound + slot
      for cell in 0..<cells {
        let label = batch.labels[row * cells + cell]
        tokens[slot * cells + cell] = Int32(batch.questions.questions[row * cells + cell])
        labels[slot * cells + cell] = label == Vocabulary.padding ? -100 : Int32(label)
      }
      identifiers[slot] = batch.questions.identifiers[row]
      steps[slot] = 0
      halted[slot] = false
      model.reset(states, entry: slot)
    }
  }

  /// The slots' questions.
  var grid: TokenGrid { TokenGrid(batch: range.count, cells: cells, tokens: tokens) }
}
