import Foundation

/// Reusable memory: a list of free blocks for each size.
///
/// A training step requests the same sizes each time, so nothing is allocated after the first step;
/// `allocations` counts, and a test checks it. A pool belongs to one worker; the lock is for
/// tensors that another thread releases.
public final class BufferPool: @unchecked Sendable {
  // Unchecked: all accesses to the lists hold the lock.
  private let lock = NSLock()
  private var free: [Int: [UnsafeMutableRawPointer]] = [:]
  private var reserved = 0
  private var blocks = 0

  /// A pool that has no memory yet.
  public init() {}

  /// The number of blocks ever allocated from the system.
  public var allocations: Int { lock.withLock { blocks } }
  /// The bytes currently allocated from the system.
  public var reservedBytes: Int { lock.withLock { reserved } }

  /// An uninitialized block of at least `size` bytes.
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

  /// Returns all free blocks to the system.
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
