import Foundation
import Gym
import GymNetworks
import GymSafeTensors
import GymTensors

extension NeuralAgent {
  private static var modelFile: String { "model.safetensors" }
  private static var trainingFile: String { "training.safetensors" }

  /// Writes `model.safetensors`, the weights used for answering (their average, if one is kept),
  /// and `training.safetensors`, everything else that the next step depends on. All ranks call it,
  /// and rank 0 writes.
  ///
  /// - Throws: a `GymError` also if the last step has ruined the weights.
  public func save(to folder: URL) throws {
    try prepareToLearn()
    try checkWeights()
    optimizer.completeMoments(workers: workers)
    let allSlots = try collectedSlots()
    guard ranks.isFirst else { return }
    func write(_ name: String, _ fill: (inout SafeTensorsContent) -> Void) throws {
      var content = SafeTensorsContent()
      content.metadata = identity
      content.metadata["steps"] = String(steps)
      fill(&content)
      try content.write(to: folder.appendingPathComponent(name))
    }
    try write(Self.modelFile) { content in
      answering {
        for (name, tensor) in model.tensors { content.add(name, tensor) }
      }
    }
    try write(Self.trainingFile) { content in
      content.metadata["workers"] = String(ranks.count * workers.count)
      for parameter in average?.parameters ?? [] {
        content.add("weights.\(parameter.name)", parameter.value)
      }
      for (name, moments) in moments { content.add(name, moments) }
      for slots in allSlots { content.add(slots) }
    }
  }

  /// Throws a `GymError` if weights are not finite, or so large that a SwiGLU of them is not: the
  /// last step may have ruined them, and nothing has come after it that would have told.
  private func checkWeights() throws {
    let bound = 1e6
    for (name, tensor) in model.tensors {
      let square = replicas[0].device.sumOfSquares(tensor) / Double(tensor.count)
      // Not so for NaN.
      if square <= bound * bound { continue }
      let size =
        square.isFinite
        ? "have a root mean square of \(Float(square.squareRoot()))" : "are not finite"
      throw GymError(
        "the weights of step \(steps) are ruined, and what was saved before is kept: the numbers "
          + "of \(name) \(size)", expected: "finite numbers, of \(Int(bound)) at most",
        remedy: "Start again with a lower learning rate, or more warm-up")
    }
  }

  /// The slots of every rank's workers; nothing on ranks other than 0.
  private func collectedSlots() throws -> [SafeTensorsContent] {
    var own = SafeTensorsContent()
    for (number, share) in shares.enumerated() {
      let worker = ranks.rank * workers.count + number
      let whole = emptySlots(of: worker, of: ranks.count * workers.count)
      for part in slots[share] { whole.copy(from: part) }
      whole.save("slots.\(worker)", to: &own, model.network.stateNames)
    }
    guard ranks.areSeveral else { return [own] }
    return try ranks.collected(bytes: own.bytes).enumerated().map {
      try SafeTensorsContent(bytes: $1, at: "the state of rank \($0)")
    }
  }

  /// Writes `model.safetensors` with every tensor in bf16.
  public func export(to folder: URL) throws {
    var content = SafeTensorsContent()
    content.metadata = identity
    content.metadata["steps"] = String(steps)
    answering {
      for (name, tensor) in model.tensors {
        content.add(name, replicas[0].device.convert(tensor, to: .bfloat16))
      }
    }
    try content.write(to: folder.appendingPathComponent(Self.modelFile))
  }

  public func restore(from folder: URL, forTraining: Bool) throws {
    let weights = try stateFile(Self.modelFile, in: folder)
    try load(weights)
    steps = try count("steps", in: weights)
    guard forTraining else { return }
    let training = try stateFile(Self.trainingFile, in: folder)
    let writers = try count("workers", in: training)
    guard try count("steps", in: training) == steps, writers > 0 else {
      throw GymError("is of another step than the weights, or of no workers", at: training.path)
    }
    try prepareToLearn()
    try restoreRawWeights(from: training)
    for (name, moments) in moments { try moments.take(name, from: training) }
    // The slots may have been divided among another number of workers.
    for worker in 0..<writers {
      let whole = emptySlots(of: worker, of: writers)
      try whole.restore("slots.\(worker)", from: training, model)
      for part in slots { part.copy(from: whole) }
    }
  }

  /// Replaces the average that `model.safetensors` holds by the weights that learn. A file without
  /// them is of a run without an average, whose weights are those: an average starts from them.
  private func restoreRawWeights(from training: SafeTensorsFile) throws {
    func name(_ parameter: Parameter) -> String { "weights.\(parameter.name)" }
    let stored = Set(training.names)
    let kept = (average?.parameters ?? model.parameters).filter { stored.contains(name($0)) }
    guard !kept.isEmpty else { return }
    for parameter in average?.parameters ?? kept {
      try parameter.value.take(name(parameter), from: training)
      parameter.refresh()
    }
  }

  /// The optimizer's state, under the names used in files.
  private var moments: [(name: String, tensor: Tensor)] {
    optimizer.slots.flatMap { slot in
      zip(["first", "second"], slot.moments).map { ("\($0).\(slot.parameter.name)", $1) }
    }
  }

  /// Slots for all puzzles of a worker, in the layout of files.
  private func emptySlots(of worker: Int, of workers: Int) -> TrainingSlots<Network> {
    TrainingSlots(range: share(of: worker, of: workers), model: model)
  }

  /// Runs `body` while the model holds the weights used for answering.
  func answering<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let average else { return try body() }
    return try average.inUse(workers: workers, body)
  }

  /// Loads weights by name; an average starts from them.
  package func load(_ file: SafeTensorsFile) throws {
    let unknown = Set(file.names).subtracting(model.tensors.map(\.name))
    guard unknown.isEmpty else {
      throw GymError(
        "holds \(unknown.sorted()[0]), which this configuration does not have", at: file.path)
    }
    for (name, tensor) in model.tensors { try tensor.take(name, from: file) }
    weightsWereReplaced()
  }

  /// Updates what is computed from the weights; an average starts from them.
  func weightsWereReplaced() {
    for parameter in model.parameters { parameter.refresh() }
    average = average.map { WeightAverage(of: $0.parameters, decay: $0.decay) }
  }

  /// Opens a file of the state. Its agent and identifiers must match; states of HRM from earlier
  /// versions of the program lack some of these fields.
  private func stateFile(_ name: String, in folder: URL) throws -> SafeTensorsFile {
    let file = try SafeTensorsFile(contentsOf: folder.appendingPathComponent(name))
    for (name, value) in identity {
      guard let found = file.metadata[name], found != value else { continue }
      throw GymError(
        "is a state with \(name) \(found.prefix(40)); expected \(value)", at: file.path)
    }
    return file
  }

  /// The metadata that a restored state must match.
  private var identity: [String: String] {
    ["agent": Self.id.description, "identifiers": String(configuration.puzzleIdentifiers)]
  }

  private func count(_ name: String, in file: SafeTensorsFile) throws -> Int {
    guard let value = file.metadata[name].flatMap({ Int($0) }), (0...1 << 60).contains(value) else {
      throw GymError("has no number \"\(name)\" in its metadata", at: file.path)
    }
    return value
  }
}

extension NeuralAgent {
  /// The sizes and forms of the network, and the kind of the optimizer's moments.
  ///
  /// Schedules are not among them, nor what only training or the number of updates depends on:
  /// these may change while a run goes on. Other heads would fit the weights and mean something
  /// else; other sizes would not fit, and be refused by the name of a tensor.
  public static var fixedSettings: [String] {
    let names: Set = [
      "hidden", "heads", "expansion", "gating", "blocks", "high-blocks", "low-blocks", "mixing",
      "ending", "positions", "position-injection", "rotary-base", "prefix-rows", "puzzle-width",
      "demonstrations", "demonstration-rows", "demonstration-blocks", "ablation", "symbol-axis",
      "memory", "recursion", "control", "halting", "optimizer",
    ]
    return settings.map(\.name).filter(names.contains)
  }
}

extension Tensor {
  /// Overwrites the elements with those of a file's tensor of the same shape.
  func take(_ name: String, from file: SafeTensorsFile) throws {
    set(try file.tensor(name, shape: shape).values)
  }
}

/// The names of a state that is carried from segment to segment.
public struct StateName: Sendable, Hashable {
  /// The name in probe reports, such as `z_H`.
  public let probed: String
  /// The name of its fixed start vector in checkpoints, such as `H_init`.
  public let start: String
  /// Its name in the training state of a slot.
  public let carried: String
  /// Whether it starts at zero, and not at a vector that was drawn.
  public let startsAtZero: Bool

  /// The names of a state; `carried` is by default the same as `start`.
  public init(
    _ probed: String, start: String, carried: String? = nil, startsAtZero: Bool = false
  ) {
    self.probed = probed
    self.start = start
    self.carried = carried ?? start
    self.startsAtZero = startsAtZero
  }
}
