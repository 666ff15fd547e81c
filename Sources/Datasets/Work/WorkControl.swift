import Gym

/// How work on a dataset is split up, monitored and stopped.
public struct WorkControl {
  /// The number of processing threads, besides the one that reads and writes.
  public var workers: Int
  /// Says when to stop; nil if nobody does. Stopped work throws `CancellationError`.
  public var stop: StopRequest?
  /// Called now and then with the progress.
  public var report: (WorkProgress) -> Void

  /// - Precondition: `workers` is positive.
  public init(
    workers: Int, stop: StopRequest? = nil, report: @escaping (WorkProgress) -> Void = { _ in }
  ) {
    precondition(workers > 0)
    self.workers = workers
    self.stop = stop
    self.report = report
  }

  /// The part that any thread may use.
  var cancellation: Cancellation { Cancellation(stop: stop) }

  /// Throws if the work was cancelled.
  struct Cancellation: Sendable {
    fileprivate let stop: StopRequest?

    func check() throws { if let stop, stop.isRequested { throw CancellationError() } }
  }
}

/// The progress of work on a dataset.
public struct WorkProgress: Sendable, Hashable {
  /// The number of finished puzzles, without their augmentations.
  public var puzzles = 0
  /// The total number of puzzles, if known.
  public var total: Int?
  /// The number of finished examples.
  public var examples = 0

  /// The progress of work that has just begun.
  public init() {}
}
