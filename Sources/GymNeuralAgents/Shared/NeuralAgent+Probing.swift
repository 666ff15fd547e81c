import Gym
import GymNetworks
import GymRandomness
import GymTensors

extension NeuralAgent: ProbedAgent {
  public var startsFromStates: Bool { !model.starts.isEmpty }

  /// The network defines its steps: a module update of HRM, and a whole segment (a pass, a cycle or
  /// a thought) of the others. A step reports the states that it changed or, if none is carried,
  /// the input of the heads as `state`. A network without an outer loop has one segment. The
  /// answers at the end of a segment are those of `solve`. Everything runs on one worker.
  public func probe(
    _ questions: QuestionBatch, options: ProbeOptions, watch: (ProbedStep) throws -> Void
  ) throws {
    try configuration.check(questions)
    let asked = try options.segments(usual: configuration.maxSegments)
    guard questions.count > 0 else { return }
    let segments = model.network.halting == .atOnce ? 1 : asked
    try answering {
      try model.probe(questions, segments: segments, options, on: replicas[0], watch: watch)
    }
  }
}

extension NeuralModel {
  fileprivate func probe(
    _ questions: QuestionBatch, segments: Int, _ options: ProbeOptions, on replica: Replica,
    watch: (ProbedStep) throws -> Void
  ) throws {
    let (names, steps) = (network.stateNames.map(\.probed), network.steps)
    let tokens = questions.questions.map(Int32.init)
    let grid = TokenGrid(batch: questions.count, cells: questions.cells, tokens: tokens)
    // What starts at zero is no thought yet: a memory of segments that there have not been.
    var states = zip(startStates(count: questions.count), network.stateNames).map {
      $1.startsAtZero ? $0 : $0.with(options.noise, $1.probed)
    }
    if !options.isLastOnly, !states.isEmpty {
      let starts = Set(steps.joined()).sorted().map { states[$0].probed(names[$0]) }
      try watch(
        ProbedStep(segment: 0, step: 0, of: steps.count, states: starts, answers: nil))
    }
    var (thoughts, input) = (tokens, SegmentInput?.none)
    for segment in 1...segments {
      let x =
        input
        ?? embed(
          grid, thoughts: thoughts, identifiers: questions.identifiers,
          demonstrations: questions.demonstrations, on: replica)
      input = Network.readsThoughts ? nil : x
      // If only the end is reported, intermediate answers are not needed.
      for step in options.isLastOnly ? [steps.count - 1] : Array(steps.indices) {
        let result =
          options.isLastOnly
          ? self.segment(from: states, input: x, on: replica)
          : self.step(step, from: states, input: x, on: replica)
        states = result.states.map(\.value)
        let isReported = segment == segments || !options.isLastOnly
        guard isReported || Network.readsThoughts else { continue }
        let answers = configuration.completed(
          logits(result.output, on: replica).value.greatest(after: configuration.prefixRows),
          of: questions.questions)
        if Network.readsThoughts { thoughts = answers.map(Int32.init) }
        guard isReported else { continue }
        let seen = steps[step].map { states[$0].probed(names[$0]) }
        try watch(
          ProbedStep(
            segment: segment, step: step + 1, of: steps.count,
            states: seen.isEmpty ? [result.output.value.probed("state")] : seen,
            answers: answers))
      }
    }
  }
}

extension ProbeOptions {
  /// The number of segments to probe, validated.
  func segments(usual: Int) throws -> Int {
    let segments = segments ?? usual
    guard segments > 0 else {
      throw GymError("\(segments) segments were requested", expected: "at least 1")
    }
    if let noise, !noise.scale.isFinite || noise.scale < 0 {
      throw GymError("noise of scale \(noise.scale)", expected: "a number from 0 up")
    }
    return segments
  }
}

extension Tensor {
  /// This state [B, S, D] in the form that a probe reports.
  func probed(_ name: String) -> ProbedStep.State {
    ProbedStep.State(name, width: shape[2], values: values)
  }

  /// This state [B, …] with noise added to every number, if any; each entry has its own stream.
  func with(_ noise: ProbeOptions.Noise?, _ name: String) -> Tensor {
    guard let noise, noise.scale != 0, count > 0 else { return self }
    let key = RandomKey(seed: noise.seed, name)
    var moved = values
    let size = count / shape[0]
    for entry in 0..<shape[0] {
      var random = RandomStream(key: key, stream: UInt64(entry))
      for index in entry * size..<(entry + 1) * size {
        moved[index] += Float(noise.scale * random.normal())
      }
    }
    let result = Tensor(zeros: shape, type: type)
    result.set(moved)
    return result
  }
}
