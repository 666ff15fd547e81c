import Tensors

/// What a segment of a network reads beside the carried states.
public struct SegmentInput {
  /// The embedded question, [B, S, D].
  public let question: Variable
  /// Positions for the updates that do not read the question, [B, S, D]; nil for none.
  public let places: Variable?
  /// Rotary positions for every attention; nil for none.
  public let rotary: RotaryTable?

  /// The same numbers, through which no gradient flows.
  func withoutGradient(on tape: Tape) -> SegmentInput {
    SegmentInput(
      question: tape.constant(question.value),
      places: places.map { tape.constant($0.value) }, rotary: rotary)
  }
}

/// What a segment of a network gives, or a step of one.
public struct Segment {
  /// The states to be carried on, [B, S, D] each, in the order of the network's `stateNames`.
  public let states: [Variable]
  /// What the heads read, [B, S, D].
  public let output: Variable
  private let starts: [Variable]
  private let terms: Int

  /// A segment's result.
  ///
  /// - Parameters:
  ///   - starts: leaves of the tape in front of the recorded part, one for each state, if the
  ///     gradient is the implicit one.
  ///   - terms: the terms of its series that are wanted.
  public init(
    states: [Variable], output: Variable, recordedFrom starts: [Variable] = [], terms: Int = 1
  ) {
    self.states = states
    self.output = output
    self.starts = starts
    self.terms = terms
  }

  /// The terms of the implicit gradient's series after the first: gradients of the states, to be
  /// added to what the heads give in one backward pass. Empty for other gradients.
  ///
  /// With Φ the recorded part and J its Jacobian by the states, term k is (Jᵀ)ᵏ applied to the
  /// gradient that the heads give: one pass back through Φ each (the Neumann series of
  /// arXiv 2506.21734, section "Approximate gradient").
  ///
  /// - Parameter seeds: the heads' products with the gradient of the loss by each.
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
