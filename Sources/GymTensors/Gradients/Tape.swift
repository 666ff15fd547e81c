/// Records the operations of a forward pass, and runs their gradients in reverse.
///
/// Recording is off at first and inside `withoutGradient`: operations then keep nothing, and the
/// memory of their inputs can be reused as soon as it is unreferenced.
public final class Tape {
  /// The device that runs the operations.
  public let device: any Device
  /// Whether operations are being recorded.
  public private(set) var isRecording = false
  private var steps: [() -> Void] = []
  /// Whether operations add to their weights' gradients; not while gradients of leaves are
  /// computed, which precede the actual backward pass.
  private(set) var addsWeightGradients = true
  private var flops = 0.0

  /// An empty tape.
  public init(device: any Device) {
    self.device = device
  }

  /// A variable without gradient.
  public func constant(_ value: Tensor) -> Variable {
    Variable(value, needsGradient: false)
  }

  /// A variable that collects a gradient and is not the result of an operation.
  public func leaf(_ value: Tensor) -> Variable {
    Variable(value, needsGradient: true)
  }

  /// Records the operations of `body`, to be followed by `backward`.
  public func recording<Result>(_ body: () throws -> Result) rethrows -> Result {
    try setting(true, body)
  }

  /// Runs `body` without recording, whether or not recording was on before.
  public func withoutGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
    try setting(false, body)
  }

  /// Runs `body` and counts its floating-point operations: two per multiply-add of every product.
  /// Recorded ones count three times, for the gradients of both factors, and `backward` adds none.
  ///
  /// - Returns: also the operations, exact up to 2⁵³.
  public func counting<Result>(
    _ body: () throws -> Result
  ) rethrows -> (result: Result, flops: Double) {
    let before = flops
    flops = 0
    defer { flops += before }
    return (try body(), flops)
  }

  /// Counts a product of the forward pass.
  func count(multiplyAdds: Int) {
    flops += Double(2 * multiplyAdds * (isRecording ? 3 : 1))
  }

  /// Counts a product of a gradient of leaves.
  func count(gradientMultiplyAdds: Int) {
    if !addsWeightGradients { flops += Double(2 * gradientMultiplyAdds) }
  }

  /// Runs the recorded operations' gradients, last first, and empties the tape.
  ///
  /// - Parameter seeds: variables, each with the gradient of the loss with respect to it.
  public func backward(from seeds: [(variable: Variable, gradient: Tensor)]) {
    for seed in seeds { add(seed.gradient, to: seed.variable) }
    withoutGradient {
      while let step = steps.popLast() { step() }
    }
  }

  /// The gradients of leaves, given gradients of other variables, through everything recorded. The
  /// recording is kept, and the weights' gradients are left unchanged.
  ///
  /// - Returns: a gradient for each leaf; nil if none reaches it.
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

  /// Discards the recording.
  public func reset() {
    steps.removeAll(keepingCapacity: true)
  }

  /// The result of an operation, recorded if necessary.
  ///
  /// - Parameter gradient: given the result's gradient, adds to the inputs' gradients.
  func result(
    _ value: Tensor, of inputs: Variable..., hasWeightGradient: Bool = false,
    gradient: @escaping (Tensor) -> Void
  ) -> Variable {
    result(value, of: inputs, hasWeightGradient: hasWeightGradient, gradient: gradient)
  }

  /// The same for any number of inputs.
  func result(
    _ value: Tensor, of inputs: [Variable], hasWeightGradient: Bool = false,
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

  /// Adds a gradient to a variable that needs one. The first one is stored without copying.
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

/// A tensor on a tape, with the gradient from the backward pass.
///
/// It belongs to the worker whose tape it is on.
public final class Variable {
  /// The forward value.
  public let value: Tensor
  /// Whether it needs a gradient.
  public let needsGradient: Bool
  /// The gradient of the loss with respect to `value`, once it is known. Never changed in place,
  /// since several variables may share one.
  public internal(set) var gradient: Tensor?

  init(_ value: Tensor, needsGradient: Bool) {
    self.value = value
    self.needsGradient = needsGradient
  }
}

/// A trained matrix or table, as operations use it.
public struct Weight: Sendable {
  /// The value, in the type that the operation computes with.
  public let value: Tensor
  /// The tensor to which this worker adds the gradient, f32; nil if no gradient is needed.
  public let gradient: Tensor?
  /// A packed copy for products, if there is one.
  public let packed: PackedMatrix?

  /// - Precondition: the gradient has the value's shape, and the packed copy its shape and type.
  public init(_ value: Tensor, gradient: Tensor? = nil, packed: PackedMatrix? = nil) {
    precondition(gradient.map { $0.shape == value.shape && $0.type == .float32 } ?? true)
    precondition(packed.map { $0.shape == value.shape && $0.type == value.type } ?? true)
    self.value = value
    self.gradient = gradient
    self.packed = packed
  }
}
