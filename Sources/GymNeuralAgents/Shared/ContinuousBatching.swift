import Gym
import GymNetworks
import GymRandomness
import GymTensors

/// Answers one worker's share of the questions with continuous batching, in as many slots as the
/// configuration allows.
///
/// An answered question leaves at once, and the next one takes its slot from the start; when no
/// more are waiting, the slots close up. A question that needs few segments therefore never waits
/// for one that needs many. Without halting, all slots advance in step.
struct ContinuousBatching<Network: SegmentNetwork> {
  /// A question in a slot, the number and cost of its segments so far, and the thought that the
  /// next one reads.
  private struct Slot {
    let question: Int
    var steps = 0
    var cost = ComputeCost()
    var thought: [Int32]
  }

  private let questions: QuestionBatch
  private let share: Range<Int>
  private let segments: Int
  private let options: SolveOptions
  /// Whether puzzles may stop before the last segment.
  private let halts: Bool
  private let model: NeuralModel<Network>
  private let replica: Replica

  /// The first waiting question of the share.
  private var next: Int
  private var slots: [Slot] = []
  /// The embedded questions and the states, [entries, S, D]; the first `slots.count` entries belong
  /// to the slots.
  private var input: Tensor
  private var states: [Tensor]
  /// Positions for updates that do not read the question, the same for every entry.
  private var places: Tensor?
  private var predictions: [Prediction]
  private var isAnswered: [Bool]
  /// The number of entries shrinks by this much at a time, since each new size allocates memory.
  private let stride: Int

  /// - Precondition: the share is not empty.
  init(
    _ questions: QuestionBatch, _ share: Range<Int>, segments: Int, options: SolveOptions,
    model: NeuralModel<Network>, on replica: Replica
  ) {
    let (rule, configuration) = (model.network.halting, model.configuration)
    self.questions = questions
    self.share = share
    // Without an outer loop there is nothing to repeat.
    self.segments = rule == .atOnce ? 1 : segments
    self.options = options
    halts = rule == .done || options.halts
    self.model = model
    self.replica = replica
    next = share.lowerBound
    let count = min(share.count, configuration.puzzlesAtOnce)
    stride = halts ? max(1, count / 8) : 1
    states = model.startStates(count: count)
    input = Tensor(
      zeros: [count, configuration.rows, configuration.block.hidden],
      type: configuration.activationType)
    predictions = Array(repeating: Prediction(answer: nil, segments: 0), count: share.count)
    isAnswered = Array(repeating: false, count: share.count)
  }

  /// Answers all questions of the share, in order. If a stop is requested, unfinished questions
  /// have no prediction.
  mutating func run() -> [Prediction?] {
    fill(Array(0..<input.shape[0]))
    while !slots.isEmpty, options.stop?.isRequested != true {
      let finished = advance()
      if !finished.isEmpty { replace(finished) }
    }
    return zip(predictions, isAnswered).map { $1 ? $0 : nil }
  }

  /// Whether every segment's answers are read, and not those of finished slots alone.
  private var readsAll: Bool { options.keepsThoughts || Network.readsThoughts }

  /// Runs one segment for every slot and returns the finished slots.
  private mutating func advance() -> [Int] {
    if Network.readsThoughts { embed(Array(slots.indices)) }
    disturb()
    let (tape, entries) = (replica.tape, input.shape[0])
    let question = SegmentInput(
      question: tape.constant(input),
      places: places.map { tape.constant($0.slice(0..<entries)) }, rotary: model.rotary)
    let (segment, flops) = tape.counting {
      model.segment(from: states, input: question, on: replica)
    }
    states = segment.states.map(\.value)
    for slot in slots.indices {
      slots[slot].steps += 1
      slots[slot].cost += ComputeCost(
        flops: flops / Double(entries), passes: 1, tokens: model.tokensPerThought)
    }
    let isAsked = halts && slots.contains { $0.steps >= options.minimumSegments }
    let isLast = slots.contains { $0.steps >= segments }
    guard isAsked || isLast || readsAll else { return [] }
    let (rule, k) = (model.network.halting, model.network.halting.logits)
    let product = tape.counting { model.haltingProduct(segment.output, on: replica) }
    let logits = model.haltingLogits(product.result)
    let halting = slots.indices.map { logits[$0 * k..<($0 + 1) * k] }
    let finished = slots.indices.filter { slot in
      slots[slot].steps >= segments
        || halts && slots[slot].steps >= options.minimumSegments && rule.stops(halting[slot])
    }
    if readsAll || !finished.isEmpty {
      read(segment.output, halting, finished: finished, flops: product.flops)
    }
    return finished
  }

  /// Adds noise to the latent states of every chain except a puzzle's first. The noise is a
  /// function of the question, the chain and the segment, so an answer does not depend on the other
  /// questions.
  private func disturb() {
    guard options.chains > 1, options.noise > 0 else { return }
    // The state that the heads read is left alone, if another one is updated.
    let updated = Set(model.network.steps.joined()).filter {
      !model.network.stateNames[$0].startsAtZero
    }
    let others = updated.subtracting([model.network.outputState])
    let latent = (others.isEmpty ? updated : others).sorted()
    for (entry, slot) in slots.enumerated() where slot.question % options.chains > 0 {
      let key = RandomKey(seed: UInt64(slot.question % options.chains), "chain")
        .deriving(String(decoding: questions.question(slot.question), as: UTF8.self))
      for index in latent {
        var random = RandomStream(
          key: key.deriving(UInt64(index)), stream: UInt64(slot.steps))
        let row = states[index].row(entry)
        let noise = options.noise
        row.set(row.values.map { $0 + Float(noise * random.normal()) })
      }
    }
  }

  /// Records the answers of finished slots, and the thoughts of all slots if they are kept. The
  /// answers read cost what the output head does, and the halting head's `flops`.
  private mutating func read(
    _ output: Variable, _ halting: [ArraySlice<Float>], finished: [Int], flops: Double
  ) {
    let (cells, readsThoughts) = (questions.cells, Network.readsThoughts)
    let logits = replica.tape.counting { model.logits(output, on: replica).value }
    for slot in readsAll ? Array(slots.indices) : finished {
      slots[slot].cost.flops += (logits.flops + flops) / Double(input.shape[0])
    }
    let answers = model.configuration.completed(
      logits.result.greatest(after: model.configuration.prefixRows),
      of: slots.flatMap { Array(questions.question($0.question)) })
    func answer(_ slot: Int) -> ArraySlice<UInt8> { answers[slot * cells..<(slot + 1) * cells] }
    for slot in slots.indices {
      if readsThoughts { slots[slot].thought = answer(slot).map(Int32.init) }
      guard options.keepsThoughts else { continue }
      predictions[slots[slot].question - share.lowerBound].thoughts.append(Array(answer(slot)))
    }
    for slot in finished {
      let index = slots[slot].question - share.lowerBound
      predictions[index].answer = Array(answer(slot))
      predictions[index].confidence = halting[slot].first.map { sigmoid(Double($0)) }
      predictions[index].segments = slots[slot].steps
      isAnswered[index] = true
      predictions[index].cost = slots[slot].cost
    }
  }

  /// Gives the slots of answered questions to waiting ones, and closes up the rest.
  private mutating func replace(_ finished: [Int]) {
    let refilled = Array(finished.prefix(share.upperBound - next))
    fill(refilled)
    for slot in finished.dropFirst(refilled.count).reversed() {
      let last = slots.count - 1
      if slot < last {
        slots[slot] = slots[last]
        for tensor in [input] + states { tensor.row(slot).copy(from: tensor.row(last)) }
      }
      slots.removeLast()
    }
    let entries = (slots.count + stride - 1) / stride * stride
    guard entries < input.shape[0] else { return }
    // Memory of the old sizes would stay unused.
    replica.device.pool.trim()
    input = input.slice(0..<entries)
    states = states.map { $0.slice(0..<entries) }
  }

  /// Puts the next questions into slots, from the start.
  ///
  /// - Precondition: enough questions are waiting.
  private mutating func fill(_ places: [Int]) {
    for place in places {
      let slot = Slot(question: next, thought: questions.question(next).map(Int32.init))
      next += 1
      if place < slots.count { slots[place] = slot } else { slots.append(slot) }
      model.reset(states, entry: place)
    }
    if !Network.readsThoughts { embed(places) }
  }

  /// Embeds the questions of some slots, with their thoughts if the network reads them.
  private mutating func embed(_ entries: [Int]) {
    guard !entries.isEmpty else { return }
    let taken = entries.map { slots[$0] }
    let grid = TokenGrid(
      batch: taken.count, cells: questions.cells,
      tokens: taken.flatMap { questions.question($0.question).map(Int32.init) })
    let shown = questions.demonstrations
    let embedded = model.embed(
      grid, thoughts: taken.flatMap(\.thought),
      identifiers: taken.map { questions.identifiers[$0.question] },
      demonstrations: shown.isEmpty ? [] : taken.map { shown[$0.question] }, on: replica)
    for (entry, operations) in zip(entries, embedded.operations) {
      slots[entry].cost.flops += operations
    }
    for (index, entry) in entries.enumerated() {
      input.row(entry).copy(from: embedded.question.value.row(index))
    }
    // The first call is for all entries; later ones are for fewer.
    if places == nil { places = embedded.places?.value }
  }
}
