import Gym
import NeuralNetworks
import Tensors

/// One worker's share of questions being answered: at most `capacity` at a time side by side.
///
/// A question whose answer is done leaves at once and the next one takes its slot, from z⁰ on;
/// when no more are waiting, the slots close up. So a question that needs few segments waits for
/// none that needs many. Without halting, the slots go on in step.
struct HRMSolving {
  /// The most questions that one worker takes at once.
  private static let capacity = 64

  private let questions: QuestionBatch
  private let share: Range<Int>
  private let segments: Int
  private let options: SolveOptions
  private let model: HRMModel
  private let replica: Replica

  /// The first question of the share that waits.
  private var next: Int
  /// The question in each slot, and the segments that it has had.
  private var slots: [(question: Int, steps: Int)] = []
  /// x̃ and the states, [entries, S, D]; the first `slots.count` entries are those of the slots.
  private var input: Tensor
  private var states: HRMModel.States
  private var predictions: [Prediction]
  /// The entries go down by so many at a time: each new size takes memory of its own.
  private let stride: Int

  /// - Precondition: the share is not empty.
  init(
    _ questions: QuestionBatch, _ share: Range<Int>, segments: Int, options: SolveOptions,
    model: HRMModel, on replica: Replica
  ) {
    self.questions = questions
    self.share = share
    self.segments = segments
    self.options = options
    self.model = model
    self.replica = replica
    next = share.lowerBound
    let count = min(share.count, Self.capacity)
    stride = options.halts ? max(1, count / 8) : 1
    states = model.startStates(count: count)
    input = Tensor(zeros: states.high.shape, type: states.high.type)
    predictions = Array(repeating: Prediction(answer: nil, segments: 0), count: share.count)
  }

  /// Answers all questions of the share, in their order.
  mutating func run() -> [Prediction] {
    fill(Array(0..<input.shape[0]))
    while !slots.isEmpty {
      let finished = advance()
      if !finished.isEmpty { replace(finished) }
    }
    return predictions
  }

  /// One segment for every slot; the slots that are done.
  private mutating func advance() -> [Int] {
    let tape = replica.tape
    let segment = model.segment(from: states, input: tape.constant(input), on: replica)
    states = segment.states
    for slot in slots.indices { slots[slot].steps += 1 }
    let isAsked = options.halts && slots.contains { $0.steps >= options.minimumSegments }
    let isLast = slots.contains { $0.steps >= segments }
    guard isAsked || isLast || options.keepsThoughts else { return [] }
    let q = model.qValues(segment.output, on: replica)
    let finished = slots.indices.filter { slot in
      slots[slot].steps >= segments
        || options.halts && slots[slot].steps >= options.minimumSegments
          && model.configuration.halts(q[slot])
    }
    if !finished.isEmpty || options.keepsThoughts {
      read(model.answers(segment.output, on: replica), q, finished: finished)
    }
    return finished
  }

  /// Notes the answers of the slots that are done, and thoughts of all where they are kept.
  private mutating func read(_ answers: [[UInt8]], _ q: [QValues], finished: [Int]) {
    if options.keepsThoughts {
      for (slot, entry) in slots.enumerated() {
        predictions[entry.question - share.lowerBound].thoughts.append(answers[slot])
      }
    }
    for slot in finished {
      let (question, steps) = slots[slot]
      let index = question - share.lowerBound
      predictions[index].answer = answers[slot]
      predictions[index].confidence = sigmoid(Double(q[slot].halt))
      predictions[index].segments = steps
      predictions[index].cost = model.cost(
        segments: steps, answers: options.keepsThoughts ? steps : 1)
    }
  }

  /// Gives the slots of answered questions to those that wait, and closes up the rest.
  private mutating func replace(_ finished: [Int]) {
    let refilled = Array(finished.prefix(share.upperBound - next))
    fill(refilled)
    for slot in finished.dropFirst(refilled.count).reversed() {
      let last = slots.count - 1
      if slot < last {
        slots[slot] = slots[last]
        for tensor in [input, states.high, states.low] {
          tensor.slice(slot..<slot + 1).copy(from: tensor.slice(last..<last + 1))
        }
      }
      slots.removeLast()
    }
    let entries = (slots.count + stride - 1) / stride * stride
    guard entries < input.shape[0] else { return }
    // Memory of the old sizes would lie idle.
    replica.device.pool.trim()
    let range = 0..<entries
    input = input.slice(range)
    states = HRMModel.States(high: states.high.slice(range), low: states.low.slice(range))
  }

  /// Puts the next questions into slots, from z⁰ on.
  ///
  /// - Precondition: so many questions wait.
  private mutating func fill(_ places: [Int]) {
    guard !places.isEmpty else { return }
    let taken = next..<next + places.count
    next = taken.upperBound
    let cells = questions.cells
    let grid = TokenGrid(
      batch: taken.count, cells: cells,
      tokens: questions.questions[taken.lowerBound * cells..<taken.upperBound * cells]
        .map(Int32.init))
    let embedded = model.embed(
      grid, identifiers: Array(questions.identifiers[taken]), on: replica
    ) { _ in }.value
    for (index, slot) in places.enumerated() {
      input.slice(slot..<slot + 1).copy(from: embedded.slice(index..<index + 1))
      model.reset(states, entry: slot)
      let entry = (question: taken.lowerBound + index, steps: 0)
      if slot < slots.count { slots[slot] = entry } else { slots.append(entry) }
    }
  }
}

extension HRMModel {
  /// The greatest logit's token of each cell, for each entry of a segment's output.
  func answers(_ output: Variable, on replica: Replica) -> [[UInt8]] {
    let logits = replica.tape.linear(output, replica.weight(head), result: .float32).value
    let (batch, length, classes) = (logits.shape[0], logits.shape[1], logits.shape[2])
    let values = logits.values
    return (0..<batch).map { entry in
      (configuration.prefixRows..<length).map { position in
        let start = (entry * length + position) * classes
        var best = start
        for index in start + 1..<start + classes where values[index] > values[best] {
          best = index
        }
        return UInt8(best - start)
      }
    }
  }
}
