/// One Boolean per worker, written only by that worker.
///
/// Unchecked: a worker writes only its own element, and the caller reads after the pool's barrier.
final class WorkerFlags: @unchecked Sendable {
  private let flags: UnsafeMutableBufferPointer<Bool>

  /// A flag for each of `count` workers, none set.
  init(count: Int) {
    flags = .allocate(capacity: count)
    flags.initialize(repeating: false)
  }

  deinit { flags.deallocate() }

  /// A worker's flag.
  ///
  /// - Precondition: `worker` is in 0..<count.
  subscript(worker: Int) -> Bool {
    get { flags[worker] }
    set { flags[worker] = newValue }
  }

  /// Whether every worker's flag is set.
  var all: Bool { flags.allSatisfy { $0 } }
}
