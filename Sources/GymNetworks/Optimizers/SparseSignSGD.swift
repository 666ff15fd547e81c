import GymTensors

/// Sign-SGD with decoupled weight decay, only for the rows that a batch used.
public struct SparseSignSGD: Sendable {
  /// The weight decay: a step first multiplies a row by 1 − rate · decay.
  public let decay: Double

  /// A stateless optimizer with a weight decay.
  public init(decay: Double) {
    self.decay = decay
  }

  /// Steps the rows of `table` [rows, width]. `gradients` [n, width] belong to the rows
  /// `identifiers` [n]; gradients of repeated rows are summed, in order, before the sign is taken.
  public func step(
    _ table: Tensor, identifiers: [Int32], gradients: Tensor, rate: Double,
    on device: any Device
  ) {
    precondition(gradients.shape == [identifiers.count, table.shape[1]])
    var sums: [Int32: Tensor] = [:]
    for (index, identifier) in identifiers.enumerated() {
      let gradient = gradients.slice(index..<index + 1)
      if let sum = sums[identifier] {
        device.accumulate(gradient, into: sum)
      } else {
        sums[identifier] = gradient
      }
    }
    for (identifier, gradient) in sums {
      let row = Int(identifier)
      device.signSGD(
        table.slice(row..<row + 1), gradient: gradient, rate: Float(rate), decay: Float(decay))
    }
  }
}
