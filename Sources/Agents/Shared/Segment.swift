import Tensors

/// The input of a network's segment besides the carried states.
public struct SegmentInput {
  /// The embedded question, [B, S, D].
  public let question: Variable
  /// Positions for updates that do not read the question, [B, S, D]; nil for none.
  public let places: Variable?
  /// Rotary positions for every attention; nil for none.
  public let rotary: RotaryTable?

  /// The same values, without gradient flow.
  func withoutGradient(on tape: Tape) -> SegmentInput {
    SegmentInput(
      question: tape.constant(question.value),
      places: places.map { tape.constant($0.value) }, rotary: rotary)
  }
}

/// The result of a network's segment, or of one of its steps.
public struct Segment {
  /// The states to carry on, [B, S, D] each, in the order of the network's `stateNames`.
  public let states: [Variable]
  /// The input of the heads, [B, S, D].
  public let output: Variable
  private let starts: [Variable]
  private let terms: Int

  /// A segment's result.
  ///
  /// - Parameters:
  ///   - starts: leaves of the tape before the recorded part, one per state, if the gradient is the
  ///     implicit one.
  ///   - terms: the number of terms of its series.
  public init(
    states: [Variable], output: Variable, recordedFrom starts: [Variable] = [], terms: Int = 1
  ) {
    self.states = states
    self.output = output
    self.starts = starts
    self.terms = terms
  }

  /// The further terms of the implicit gradient's series: gradients of the states, to be added to
  /// those from the heads in one backward pass. Empty for other gradients.
  ///
  /// With Φ the recorded part and J its Jacobian with respect to the states, term k is (Jᵀ)ᵏ
  /// applied to the gradient from the heads: one backward pass through Φ each (the Neumann series
  /// of arXiv 2506.21734, section "Approximate gradient").
  ///
  /// - Parameter seeds: the heads' products, each with the gradient of the loss with respect to it.
  func furtherTerms(
    from seeds: [(variable: Variable, gradient: Tensor)], on tape: Tape
  ) -> [(variable: Variable, gradient: Tensor)] {
    guard !starts.isEmpty else { return [] }
    var seeds = seeds
    var sums = [Tensor?](repeating: nil, count: states.count)
    for _ in 1..<terms {
      let term = tape.gradients(of: starts, from: seeds)
      sums = zip(sums, term).map { sum, term in
        guard let sum, let term else { return sum ?? term }
        return tape.device.add(sum, term)
      }
      seeds = zip(states, term).compactMap { end, term in term.map { (end, $0) } }
    }
    return zip(states, sums).compactMap { end, sum in sum.map { (end, $0) } }
  }
}
