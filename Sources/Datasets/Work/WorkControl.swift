/// How work on a dataset is split, watched and stopped.
public struct WorkControl {
  /// The number of threads that work beside the one that reads and writes.
  public var workers: Int
  /// Asked often, from any thread: whether to stop. Stopped work throws `CancellationError`.
  public var isCancelled: @Sendable () -> Bool
  /// Told now and then how far the work is.
  public var report: (WorkProgress) -> Void

  /// - Precondition: `workers` is positive.
  public init(
    workers: Int, isCancelled: @escaping @Sendable () -> Bool = { false },
    report: @escaping (WorkProgress) -> Void = { _ in }
  ) {
    precondition(workers > 0)
    self.workers = workers
    self.isCancelled = isCancelled
    self.report = report
  }

  /// The part that any thread may use.
  var cancellation: Cancellation { Cancellation(isCancelled: isCancelled) }

  /// Stops work that is to be stopped.
  struct Cancellation: Sendable {
    fileprivate let isCancelled: @Sendable () -> Bool

    func check() throws { if isCancelled() { throw CancellationError() } }
  }
}

/// How far work on a dataset is.
public struct WorkProgress: Sendable, Hashable {
  /// The puzzles done, without their augmentations.
  public var puzzles = 0
  /// The number of puzzles in all, if it is known.
  public var total: Int?
  /// The examples done.
  public var examples = 0

  /// Progress of work that has just begun.
  public init() {}
}
