import Gym
import GymNetworks
import GymTensors

/// Internal values of a step, for comparison with other implementations.
extension NeuralAgent {
  /// The result of a segment for a batch.
  package struct SegmentNumbers {
    /// The carried states, [B, S, D] each.
    package let states: [[Float]]
    /// The output head's logits at the cells, [B, T, V].
    package let logits: [Float]
    /// The halting logits, [B, k].
    package let halting: [Float]
  }

  /// Runs `count` segments without halting, with the current weights (not their average).
  ///
  /// - Throws: a `GymError` for questions that do not fit.
  package func segments(_ count: Int, of questions: QuestionBatch) throws -> [SegmentNumbers] {
    let (replica, input) = (replicas[0], try embedded(questions))
    var states = model.startStates(count: questions.count)
    return (0..<count).map { _ in
      let segment = model.segment(from: states, input: input, on: replica)
      states = segment.states.map(\.value)
      let heads = model.heads(segment.output, on: replica)
      return SegmentNumbers(
        states: states.map(\.values), logits: cellLogits(heads.logits.value),
        halting: model.haltingLogits(heads.halting))
    }
  }

  /// The input of the heads at the first position after one segment of a batch, [B, D]: computed
  /// for that position alone, and taken from the whole segment.
  ///
  /// - Throws: a `GymError` for questions that do not fit.
  package func firstOutputs(
    of questions: QuestionBatch
  ) throws -> (alone: [Float], fromSegment: [Float]) {
    let (replica, input) = (replicas[0], try embedded(questions))
    let states = model.startStates(count: questions.count).map(replica.tape.constant)
    let alone = model.network.firstOutput(
      from: states, input: input, on: replica)
    let segment = model.network.segment(
      from: states, input: input, on: replica)
    return (alone.value.values, replica.tape.rows(segment.output, at: 0).value.values)
  }

  private func embedded(_ questions: QuestionBatch) throws -> SegmentInput {
    try configuration.check(questions)
    let tokens = questions.questions.map(Int32.init)
    return model.embed(
      TokenGrid(batch: questions.count, cells: questions.cells, tokens: tokens),
      thoughts: tokens, identifiers: questions.identifiers,
      demonstrations: questions.demonstrations, on: replicas[0])
  }

  /// The trained parameters without the puzzle embedding.
  package var parameters: [Parameter] { model.parameters }

  /// The loss of the last batch given to `computeGradients`, per example.
  package var loss: Double {
    slots.reduce(0) { $0 + $1.outcome.loss } / Double(configuration.batchSize)
  }

  /// The part of that loss over the cells, summed over the batch.
  package var cellLoss: Double { slots.reduce(0) { $0 + $1.outcome.cellLoss } }

  /// The gradient of a parameter, summed over the workers in order.
  package func gradient(of parameter: Parameter) -> [Double] {
    replicas.reduce([Double](repeating: 0, count: parameter.value.count)) { sum, replica in
      let values = replica.gradient(of: parameter)?.values ?? []
      return zip(sum, values).map { $0 + Double($1) }
    }
  }

  /// The gradient of the used rows of the puzzle embedding, [B, e].
  package var puzzleGradient: [Float] {
    slots.compactMap(\.outcome.puzzleGradient).flatMap(\.values)
  }

  /// The logits [n, S, V] without the rows of the prefix.
  func cellLogits(_ logits: Tensor) -> [Float] {
    (0..<logits.shape[0]).flatMap {
      logits.row($0).slice(configuration.prefixRows..<configuration.length).values
    }
  }
}
