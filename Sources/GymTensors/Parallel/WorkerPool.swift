import Foundation

/// A fixed number of threads that each run one piece of work in parallel.
///
/// Work is split once, at the batch: worker w does its whole share alone, and `run` returns when
/// all have finished. Worker 0 is the caller's thread.
public final class WorkerPool: Sendable {
  /// The number of workers, the caller's thread included.
  public let count: Int
  private let barrier: ThreadBarrier

  /// Starts the threads. Throws `MissingThreads` if the system refuses some of them.
  ///
  /// - Precondition: there is at least one worker.
  public init(count: Int) throws {
    precondition(count > 0, "a worker pool needs a worker")
    self.count = count
    barrier = ThreadBarrier(helpers: count - 1)
    for worker in 1..<max(count, 1) {
      let thread = Thread { [barrier] in barrier.serve(worker) }
      thread.name = "worker \(worker)"
      thread.stackSize = 8 << 20
      thread.start()
    }
    let missing = barrier.missingHelpers(after: 10)
    guard missing == 0 else {
      barrier.close()
      throw MissingThreads(wanted: count, missing: missing)
    }
  }

  deinit { barrier.close() }

  /// Runs `body` once for each worker number, in parallel, and waits for all of them.
  ///
  /// Must not be called from within `body`.
  public func run(_ body: @Sendable (Int) -> Void) {
    guard count > 1 else { return body(0) }
    withoutActuallyEscaping(body) { body in
      barrier.open(body)
      body(0)
      barrier.wait()
    }
  }

  /// The share of `total` items for a worker: contiguous, with sizes that differ by at most one.
  public func share(of total: Int, worker: Int) -> Range<Int> {
    Self.share(of: total, part: worker, of: count)
  }

  /// The same among any number of parts, such as the workers of several pools.
  public static func share(of total: Int, part: Int, of parts: Int) -> Range<Int> {
    let (base, extra) = total.quotientAndRemainder(dividingBy: parts)
    let start = part * base + min(part, extra)
    return start..<start + base + (part < extra ? 1 : 0)
  }
}

/// The system gave fewer threads than wanted, as if a limit of processes or memory is reached.
public struct MissingThreads: Error, CustomStringConvertible {
  let wanted, missing: Int

  public var description: String {
    "the system started only \(wanted - missing) of \(wanted) worker threads. "
      + "Use fewer workers, or raise its limits of processes and memory."
  }
}

/// A worker's own device, for measurements.
///
/// Unchecked: a device is used by one worker at a time, and by the caller between rounds of work;
/// the worker pool's barrier separates the two.
public final class WorkerDevice: @unchecked Sendable {
  /// The device.
  public let value: CPUDevice

  /// A device that computes in `activationType`.
  public init(activationType: ElementType) {
    value = CPUDevice(activationType: activationType)
  }
}
