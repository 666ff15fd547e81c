import Foundation

/// Memory that is used again: a list of free blocks for each size.
///
/// A training step asks for the same sizes each time, so after the first step nothing is
/// allocated any more; `allocations` counts, and a test holds it to that. A pool belongs to one
/// worker; the lock is for tensors that another thread lets go.
public final class BufferPool: @unchecked Sendable {
  // Unchecked: every access to the lists is under the lock.
  private let lock = NSLock()
  private var free: [Int: [UnsafeMutableRawPointer]] = [:]
  private var reserved = 0
  private var blocks = 0

  /// A pool without memory yet.
  public init() {}

  /// The number of blocks ever taken from the system.
  public var allocations: Int { lock.withLock { blocks } }
  /// The bytes taken from the system and not given back.
  public var reservedBytes: Int { lock.withLock { reserved } }

  /// A block of at least `size` bytes, not initialised.
  public func buffer(size: Int) -> Buffer {
    let size = (size + 63) & ~63
    let address = lock.withLock { () -> UnsafeMutableRawPointer in
      if let address = free[size]?.popLast() { return address }
      blocks += 1
      reserved += size
      return Buffer.reserve(size)
    }
    return Buffer(size: size, address: address, pool: self)
  }

  func take(back address: UnsafeMutableRawPointer, size: Int) {
    lock.withLock { free[size, default: []].append(address) }
  }

  /// Gives all free blocks back to the system.
  public func trim() {
    lock.withLock {
      for (size, addresses) in free {
        for address in addresses { Buffer.release(address, size) }
        reserved -= size * addresses.count
      }
      free.removeAll()
    }
  }

  deinit {
    trim()
  }
}
