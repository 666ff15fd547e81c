import Gym
import NeuralNetworks
import Tensors

/// A range of questions that one worker answers; those that are finished leave the others' company.
struct Solving<Network: SegmentNetwork> {
  private let model: NeuralModel<Network>
  private let options: SolveOptions
  private let questions: QuestionBatch
  private let first: Int
  private(set) var predictions: [Prediction]
  /// The questions that are not finished, as indices into `predictions`, with what they carry.
  private var active: [Int]
  private var states: [Tensor]
  private var thoughts: [Int32]

  init(
    _ questions: QuestionBatch, _ range: Range<Int>, model: NeuralModel<Network>,
    options: SolveOptions
  ) {
    self.model = model
    self.options = options
    self.questions = questions
    first = range.lowerBound
    predictions = Array(repeating: Prediction(answer: nil), count: range.count)
    active = Array(0..<range.count)
    states = model.startStates(count: range.count)
    thoughts = []
    thoughts = tokens
  }

  /// Whether puzzles may stop before the last segment.
  private var halts: Bool { Network.halting == .done || options.halts }

  /// The tokens of the active questions.
  private var tokens: [Int32] {
    active.flatMap { questions.question(first + $0).map(Int32.init) }
  }

  mutating func run(on replica: Replica) {
    let segments = options.segments ?? 1
    var input: Variable?
    for segment in 1...segments where !active.isEmpty {
      let x = input ?? embedded(on: replica)
      let result = model.segment(from: states, input: x, on: replica)
      states = model.carried(result)
      input = Network.readsThoughts ? nil : x
      guard segment == segments || options.keepsThoughts || halts || Network.readsThoughts else {
        continue
      }
      let heads = model.heads(result, on: replica)
      let stopped = read(heads, segment: segment)
      if segment < segments, stopped.contains(true) {
        keep(stopped.indices.filter { !stopped[$0] })
        input = nil
      }
    }
  }

  private func embedded(on replica: Replica) -> Variable {
    let grid = TokenGrid(batch: active.count, cells: questions.cells, tokens: tokens)
    return model.embed(
      grid, thoughts: thoughts, identifiers: active.map { questions.identifiers[first + $0] },
      on: replica)
  }

  /// Takes down the answers, and says which puzzles ask to stop.
  private mutating func read(_ heads: NeuralModel<Network>.Heads, segment: Int) -> [Bool] {
    let (k, cells) = (Network.halting.logits, questions.cells)
    let halting = model.haltingLogits(heads.halting)
    let answers = answers(heads.logits.value)
    let readsAll = options.keepsThoughts || halts || Network.readsThoughts
    return active.enumerated().map { place, index in
      let logits = halting[place * k..<(place + 1) * k]
      let answer = answers[place * cells..<(place + 1) * cells]
      predictions[index].answer = answer.map { UInt8($0) }
      predictions[index].confidence = logits.first.map { sigmoid(Double($0)) }
      predictions[index].segments = segment
      predictions[index].cost = model.cost(segments: segment, heads: readsAll ? segment : 1)
      if options.keepsThoughts {
        predictions[index].thoughts.append(answer.map { UInt8($0) })
      }
      if Network.readsThoughts {
        thoughts.replaceSubrange(place * cells..<(place + 1) * cells, with: answer)
      }
      return halts && segment >= options.minimumSegments && Network.halting.stops(logits)
    }
  }

  /// The first greatest logit's token of each cell, [n, cells].
  private func answers(_ logits: Tensor) -> [Int32] {
    let (length, classes) = (logits.shape[1], logits.shape[2])
    let values = logits.values
    return (0..<logits.shape[0]).flatMap { entry in
      (model.configuration.prefixRows..<length).map { position -> Int32 in
        let start = (entry * length + position) * classes
        let best = (start..<start + classes).reduce(start) { values[$1] > values[$0] ? $1 : $0 }
        return Int32(best - start)
      }
    }
  }

  /// Goes on with some of the active puzzles.
  private mutating func keep(_ places: [Int]) {
    let cells = questions.cells
    states = states.map { state in
      let kept = Tensor(
        zeros: Shape([places.count] + state.shape.extents.dropFirst()), type: state.type)
      for (new, old) in places.enumerated() { kept.row(new).copy(from: state.row(old)) }
      return kept
    }
    thoughts = places.flatMap { thoughts[$0 * cells..<($0 + 1) * cells] }
    active = places.map { active[$0] }
  }
}
