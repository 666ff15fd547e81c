import Gym
import SafeTensors
import Tensors

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
    let maximum = Int(configuration.segments.values.max() ?? 1)
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
