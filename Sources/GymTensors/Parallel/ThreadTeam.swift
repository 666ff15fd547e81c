import Foundation
import Synchronization

/// Threads that share single operations: one leads, and the others wait for the next part without
/// sleeping, since an operation takes less time than waking a thread up.
///
/// Unchecked: `work` is written by the leader only between rounds, and read by the others during a
/// round; the two counters order the accesses.
public final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the leader included.
  public let count: Int
  private let round = Atomic(0)
  private let running = Atomic(0)
  private var work: (@Sendable (Int) -> Void)?

  /// - Precondition: there is at least the leader.
  public init(count: Int) {
    precondition(count > 0, "a team needs a leader")
    self.count = count
  }

  /// Runs `body` on the parts of 0..<total, one part per thread, and waits for all of them. Parts
  /// are contiguous and as even as `multiple` allows if there is much work: 16 avoids splitting
  /// vectors.
  ///
  /// The leader calls this while all other threads are in `serve`.
  public func share(
    _ total: Int, inMultiplesOf multiple: Int = 16, _ body: @Sendable (Range<Int>) -> Void
  ) {
    let blocks = total >= 32 * count ? multiple : 1
    run { [count] member in
      let start = total / blocks * member / count * blocks
      let end = member + 1 == count ? total : total / blocks * (member + 1) / count * blocks
      if start < end { body(start..<end) }
    }
  }

  private func run(_ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      work = body
      running.store(count - 1, ordering: .relaxed)
      round.add(1, ordering: .releasing)
      body(0)
      wait { running.load(ordering: .acquiring) == 0 }
      work = nil
    }
  }

  /// The loop of every thread except the leader, until `end`.
  public func serve(_ member: Int) {
    var served = 0
    while serveRound(member, after: served) {
      running.subtract(1, ordering: .releasing)
      served += 1
    }
  }

  /// Ends the loops of the other threads for good.
  public func end() {
    round.add(1, ordering: .releasing)
  }

  /// Runs one round. The work is released before the round counts as finished, since the leader's
  /// closure must not outlive it. Returns false at the end.
  private func serveRound(_ member: Int, after served: Int) -> Bool {
    wait { round.load(ordering: .acquiring) != served }
    guard let work else { return false }
    work(member)
    return true
  }

  /// Waits without sleeping; yields on a busy machine.
  private func wait(_ isOver: () -> Bool) {
    var tries = 0
    while !isOver() {
      tries += 1
      if tries % 1024 == 0 { sched_yield() }
    }
  }
}

/// Admits helper threads for one round of work at a time, and waits for the last to finish.
///
/// Unchecked because the state is mutable; every access is under the condition's lock.
final class ThreadBarrier: @unchecked Sendable {
  private let condition = NSCondition()
  private let helpers: Int
  private var arrived = 0
  private var round = 0
  private var running = 0
  private var work: (@Sendable (Int) -> Void)?
  private var isClosed = false

  init(helpers: Int) {
    self.helpers = helpers
  }

  /// The number of helpers that do not serve yet, once all do or `seconds` have passed.
  func missingHelpers(after seconds: Double) -> Int {
    let end = Date(timeIntervalSinceNow: seconds)
    return condition.withLock {
      while arrived < helpers, condition.wait(until: end) {}
      return helpers - arrived
    }
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
    condition.withLock {
      arrived += 1
      if arrived == helpers { condition.broadcast() }
    }
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
