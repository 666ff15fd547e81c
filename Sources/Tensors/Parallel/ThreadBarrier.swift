import Foundation

/// Admits helper threads for one round of work at a time, and waits for the last to finish.
///
/// Unchecked because the state is mutable; every access is under the condition's lock.
final class ThreadBarrier: @unchecked Sendable {
  private let condition = NSCondition()
  private let helpers: Int
  private var round = 0
  private var running = 0
  private var work: (@Sendable (Int) -> Void)?
  private var isClosed = false

  init(helpers: Int) {
    self.helpers = helpers
  }

  /// Starts a round.
  func open(_ work: @escaping @Sendable (Int) -> Void) {
    condition.withLock {
      self.work = work
      running = helpers
      round += 1
      condition.broadcast()
    }
  }

  /// Waits until every helper has finished the round.
  func wait() {
    condition.withLock {
      while running > 0 { condition.wait() }
      work = nil
    }
  }

  /// Ends the helper threads.
  func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  /// A helper's loop.
  func serve(_ worker: Int) {
    var served = 0
    while serveRound(worker, after: &served) {
      condition.withLock {
        running -= 1
        if running == 0 { condition.broadcast() }
      }
    }
  }

  /// Runs one round. The work is released before the round counts as finished, since the caller's
  /// closure must not outlive it.
  private func serveRound(_ worker: Int, after served: inout Int) -> Bool {
    let work = condition.withLock { () -> (@Sendable (Int) -> Void)? in
      while round == served && !isClosed { condition.wait() }
      served = round
      return isClosed ? nil : self.work
    }
    work?(worker)
    return work != nil
  }
}
