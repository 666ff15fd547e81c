import CGymTensorKernels
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

/// Reusable memory: a list of free blocks for each size, of which there are few, so that a block
/// serves requests of similar sizes.
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
    let size = Self.rounded(size)
    let address = lock.withLock { () -> UnsafeMutableRawPointer in
      if let address = free[size]?.popLast() { return address }
      blocks += 1
      reserved += size
      return Buffer.reserve(size)
    }
    return Buffer(size: size, address: address, pool: self)
  }

  /// A size rounded up to an eighth of the power of two below it, and to whole lines of 64 bytes.
  private static func rounded(_ size: Int) -> Int {
    let highestBit = Int.bitWidth - 1 - max(size, 1).leadingZeroBitCount
    let step = max(64, (1 << highestBit) / 8)
    return (size + step - 1) & ~(step - 1)
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
