import CTensorKernels
import Foundation

/// A block of memory on the host, aligned to 64 bytes, that goes back to its pool when the last
/// tensor that uses it is gone.
///
/// Unchecked because what it points to is mutable: a buffer is written by one worker at a time,
/// and the worker pool's barrier orders one worker's writes before another's reads.
public final class Buffer: @unchecked Sendable {
  /// The bytes that can be used.
  public let size: Int
  package let address: UnsafeMutableRawPointer
  private let pool: BufferPool?

  /// Memory of its own, zeroed.
  package init(size: Int) {
    self.size = size
    address = Self.reserve(size)
    address.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    pool = nil
  }

  /// Memory of a pool, not initialised.
  init(size: Int, address: UnsafeMutableRawPointer, pool: BufferPool) {
    self.size = size
    self.address = address
    self.pool = pool
  }

  deinit {
    if let pool { pool.take(back: address, size: size) } else { Self.release(address, size) }
  }

  /// Memory of the system, not initialised; there is no going on without it.
  static func reserve(_ size: Int) -> UnsafeMutableRawPointer {
    guard let address = rg_reserve(size) else { fatalError("no memory for \(size) bytes") }
    return address
  }

  static func release(_ address: UnsafeMutableRawPointer, _ size: Int) {
    rg_release(address, size)
  }
}
