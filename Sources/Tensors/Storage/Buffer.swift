import CTensorKernels
import Foundation

/// A block of host memory, aligned to 64 bytes, that returns to its pool when the last tensor that
/// uses it is gone.
///
/// Unchecked because its memory is mutable: a buffer is written by one worker at a time, and the
/// worker pool's barrier orders one worker's writes before another's reads.
public final class Buffer: @unchecked Sendable {
  /// The number of usable bytes.
  public let size: Int
  package let address: UnsafeMutableRawPointer
  private let pool: BufferPool?

  /// Zeroed memory without a pool.
  package init(size: Int) {
    self.size = size
    address = Self.reserve(size)
    address.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    pool = nil
  }

  /// Uninitialized memory of a pool.
  init(size: Int, address: UnsafeMutableRawPointer, pool: BufferPool) {
    self.size = size
    self.address = address
    self.pool = pool
  }

  deinit {
    if let pool { pool.take(back: address, size: size) } else { Self.release(address, size) }
  }

  /// Uninitialized memory from the system; the program ends if there is none.
  static func reserve(_ size: Int) -> UnsafeMutableRawPointer {
    guard let address = rg_reserve(size) else { fatalError("no memory for \(size) bytes") }
    return address
  }

  static func release(_ address: UnsafeMutableRawPointer, _ size: Int) {
    rg_release(address, size)
  }
}
