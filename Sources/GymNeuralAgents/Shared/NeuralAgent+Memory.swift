import GymNetworks
import GymTensors

extension NeuralAgent {
  /// The number of memory blocks that training has allocated so far; it stops rising once every
  /// size has occurred.
  public var memoryBlocks: Int {
    replicas.reduce(0) { $0 + $1.device.pool.allocations }
  }

  /// The bytes of those blocks, which is the peak of activations and values kept for gradients.
  public var memoryBytes: Int {
    replicas.reduce(0) { $0 + $1.device.pool.reservedBytes }
  }
}
