/// Records the operations of a forward pass, and runs their gradients in reverse.
///
/// Recording is off at first and inside `withoutGradient`: then an operation keeps nothing, and
/// its inputs' memory is free for the next one as soon as nobody holds it.
public final class Tape {
  /// What runs the operations.
  public let device: any Device
  /// Whether operations are being recorded.
  public private(set) var isRecording = false
  private var steps: [() -> Void] = []
  /// Whether operations add to their weights' gradients; not while gradients of leaves are asked
  /// for, which come before the pass that counts.
  private(set) var addsWeightGradients = true

  /// An empty tape.
  public init(device: any Device) {
    self.device = device
  }

  /// A variable that no gradient flows into.
  public func constant(_ value: Tensor) -> Variable {
    Variable(value, needsGradient: false)
  }

  /// A variable that gathers a gradient and is not the result of an operation.
  public func leaf(_ value: Tensor) -> Variable {
    Variable(value, needsGradient: true)
  }

  /// Records the operations of `body`, to be followed by `backward`.
  public func recording<Result>(_ body: () throws -> Result) rethrows -> Result {
    try setting(true, body)
  }

  /// Runs `body` without recording, whatever was the case before.
  public func withoutGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
    try setting(false, body)
  }

  /// Runs the recorded operations' gradients, last first, and empties the tape.
  ///
  /// - Parameter seeds: variables with the gradient of the loss by each.
  public func backward(from seeds: [(variable: Variable, gradient: Tensor)]) {
    for seed in seeds { add(seed.gradient, to: seed.variable) }
    withoutGradient {
      while let step = steps.popLast() { step() }
    }
  }

  /// The gradients of leaves, for gradients of other variables, through all that is recorded: it
  /// stays recorded, and the weights' gradients are left alone.
  ///
  /// - Returns: a gradient for each leaf, nil if none reaches it.
  public func gradients(
    of leaves: [Variable], from seeds: [(variable: Variable, gradient: Tensor)]
  ) -> [Tensor?] {
    addsWeightGradients = false
    defer {
      addsWeightGradients = true
      for leaf in leaves { leaf.gradient = nil }
    }
    for seed in seeds { add(seed.gradient, to: seed.variable) }
    withoutGradient {
      for step in steps.reversed() { step() }
    }
    return leaves.map(\.gradient)
  }

  /// Drops what is recorded.
  public func reset() {
    steps.removeAll(keepingCapacity: true)
  }

  /// The result of an operation: recorded when it is wanted.
  ///
  /// - Parameter gradient: given the result's gradient, adds to that of the inputs.
  func result(
    _ value: Tensor, of inputs: Variable..., hasWeightGradient: Bool = false,
    gradient: @escaping (Tensor) -> Void
  ) -> Variable {
    let isWanted = isRecording && (hasWeightGradient || inputs.contains(where: \.needsGradient))
    let output = Variable(value, needsGradient: isWanted)
    if isWanted {
      steps.append {
        guard let dy = output.gradient else { return }
        gradient(dy)
        output.gradient = nil
      }
    }
    return output
  }

  /// Adds a gradient to a variable that wants one. The first one is taken as it is.
  func add(_ gradient: Tensor, to variable: Variable) {
    guard variable.needsGradient else { return }
    variable.gradient = variable.gradient.map { device.add($0, gradient) } ?? gradient
  }

  private func setting<Result>(_ value: Bool, _ body: () throws -> Result) rethrows -> Result {
    let before = isRecording
    isRecording = value
    defer { isRecording = before }
    return try body()
  }
}
