import Foundation
import Gym
import NeuralNetworks
import SafeTensors
import Tensors

extension HRM {
  private static let modelFile = "model.safetensors"
  private static let trainingFile = "training.safetensors"

  /// Writes `model.safetensors`, the weights to answer with by their released names, and
  /// `training.safetensors`, everything else that the next step depends on. With an average of the
  /// weights, that is what the former holds; the weights themselves are in the latter.
  public func save(to folder: URL) throws {
    prepareToLearn()
    var weights = SafeTensorsContent()
    weights.metadata = ["agent": Self.id.description, "steps": String(steps)]
    answering {
      for (name, tensor) in model.tensors { weights.add(name, tensor) }
    }
    try weights.write(to: folder.appendingPathComponent(Self.modelFile))

    var training = SafeTensorsContent()
    training.metadata = ["steps": String(steps), "workers": String(workers.count)]
    for parameter in average?.parameters ?? [] {
      training.add("weights.\(parameter.name)", parameter.value)
    }
    for (parameter, moments) in zip(optimiser.parameters, optimiser.moments) {
      training.add("first.\(parameter.name)", moments.first)
      training.add("second.\(parameter.name)", moments.second)
    }
    for (worker, slots) in slots.enumerated() {
      let (name, count) = ("slots.\(worker)", slots.range.count)
      training.add("\(name).high", slots.states.high)
      training.add("\(name).low", slots.states.low)
      training.add("\(name).tokens", integers: slots.tokens, shape: [count, slots.cells])
      training.add("\(name).labels", integers: slots.labels, shape: [count, slots.cells])
      training.add("\(name).identifiers", integers: slots.identifiers, shape: [count])
      training.add("\(name).steps", integers: slots.steps.map(Int32.init), shape: [count])
      training.add(
        "\(name).halted", integers: slots.halted.map { $0 ? Int32(1) : 0 }, shape: [count])
    }
    try training.write(to: folder.appendingPathComponent(Self.trainingFile))
  }

  public func restore(from folder: URL, forTraining: Bool) throws {
    let weights = try SafeTensorsFile(contentsOf: folder.appendingPathComponent(Self.modelFile))
    try load(weights)
    average = average.map { WeightAverage(of: $0.parameters, decay: $0.decay) }
    steps = try count("steps", in: weights)
    guard forTraining else { return }
    let training = try SafeTensorsFile(
      contentsOf: folder.appendingPathComponent(Self.trainingFile))
    guard try count("steps", in: training) == steps,
      try count("workers", in: training) == workers.count
    else {
      throw SafeTensorsError(
        file: training.path,
        "is of another step than the weights, or was not written by "
          + "\(workers.count) workers; resume with the number of workers that the run began with")
    }
    prepareToLearn()
    for parameter in average?.parameters ?? [] {
      try parameter.value.read("weights.\(parameter.name)", from: training)
      parameter.refresh()
    }
    for (parameter, moments) in zip(optimiser.parameters, optimiser.moments) {
      try moments.first.read("first.\(parameter.name)", from: training)
      try moments.second.read("second.\(parameter.name)", from: training)
    }
    for (worker, slots) in slots.enumerated() {
      try slots.restore("slots.\(worker)", training, configuration)
    }
  }

  /// Runs `body` with the weights that answers are made with: their average, where there is one.
  func answering<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let average else { return try body() }
    return try average.inUse(body)
  }

  /// Takes weights by their released names.
  package func load(_ file: SafeTensorsFile) throws {
    let unknown = Set(file.names).subtracting(model.tensors.map(\.name))
    guard unknown.isEmpty else {
      throw SafeTensorsError(
        file: file.path, "holds \(unknown.sorted()[0]), which this configuration does not have")
    }
    for (name, tensor) in model.tensors { try tensor.read(name, from: file) }
    for parameter in model.parameters { parameter.refresh() }
  }

  private func count(_ name: String, in file: SafeTensorsFile) throws -> Int {
    guard let value = file.metadata[name].flatMap({ Int($0) }), value >= 0 else {
      throw SafeTensorsError(file: file.path, "has no number \"\(name)\" in its metadata")
    }
    return value
  }
}

extension Tensor {
  /// Overwrites the elements with those of a file's tensor of the same shape.
  fileprivate func read(_ name: String, from file: SafeTensorsFile) throws {
    set(try file.tensor(name, shape: shape).values)
  }
}

extension HRMSlots {
  /// Takes back what `HRM.save` wrote, checked against the configuration.
  fileprivate func restore(
    _ name: String, _ file: SafeTensorsFile, _ configuration: HRMConfiguration
  ) throws {
    func integers(_ part: String, count: Int, in range: ClosedRange<Int>) throws -> [Int] {
      let values = try file.integers("\(name).\(part)")
      guard values.count == count, values.allSatisfy(range.contains) else {
        throw SafeTensorsError(
          file: file.path, "\(name).\(part): expected \(count) numbers in \(range)")
      }
      return values
    }
    let (count, last) = (range.count, configuration.vocabularyCount - 1)
    try states.high.read("\(name).high", from: file)
    try states.low.read("\(name).low", from: file)
    tokens = try integers("tokens", count: count * cells, in: 0...last).map(Int32.init)
    let labels = try integers("labels", count: count * cells, in: -100...last)
    guard labels.allSatisfy({ $0 >= 0 || $0 == -100 }) else {
      throw SafeTensorsError(file: file.path, "\(name).labels: a label is neither token nor -100")
    }
    self.labels = labels.map(Int32.init)
    identifiers = try integers(
      "identifiers", count: count, in: 0...configuration.puzzleIdentifiers - 1
    ).map(Int32.init)
    steps = try integers("steps", count: count, in: 0...configuration.maxSegments)
    halted = try integers("halted", count: count, in: 0...1).map { $0 == 1 }
  }
}
