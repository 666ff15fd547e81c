import Foundation

extension Ranks {
  /// Ranks that are threads of this process, for tests: runs `body` once as each of them.
  ///
  /// - Returns: the results, in the order of the ranks.
  package static func threads<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Ranks) throws -> Result
  ) throws -> [Result] {
    let board = ParcelBoard<Swift.Result<Result, any Error>>(count: count)
    for rank in 0..<count {
      let thread = Thread {
        let ranks = Ranks(rank: rank, count: count, link: ThreadLink(rank: rank, board: board))
        board.finish(rank, Swift.Result { try body(ranks) })
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    return try board.results().map { try $0.get() }
  }
}

private struct ThreadLink<Outcome: Sendable>: RankLink {
  let rank: Int
  let board: ParcelBoard<Outcome>

  func exchange(_ sent: [UnsafeRawBufferPointer], _ received: [UnsafeMutableRawBufferPointer]) {
    board.exchange(rank, sent, received)
  }
}

/// Where threads leave what they send.
///
/// Unchecked: all fields are accessed only while `condition` is locked.
private final class ParcelBoard<Outcome: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let count: Int
  private var sent: [[UnsafeRawBufferPointer]]
  private var outcomes: [Outcome?]
  private var arrived = 0
  private var round = 0

  init(count: Int) {
    self.count = count
    sent = Array(repeating: [], count: count)
    outcomes = Array(repeating: nil, count: count)
  }

  func exchange(
    _ rank: Int, _ parcels: [UnsafeRawBufferPointer], _ received: [UnsafeMutableRawBufferPointer]
  ) {
    condition.lock()
    defer { condition.unlock() }
    sent[rank] = parcels
    waitForAll()
    for (other, buffer) in received.enumerated() {
      precondition(buffer.count == sent[other][rank].count, "both sides know the sizes")
      buffer.copyMemory(from: sent[other][rank])
    }
    // What was sent may change only once everyone has it.
    waitForAll()
  }

  func finish(_ rank: Int, _ outcome: Outcome) {
    condition.lock()
    defer { condition.unlock() }
    outcomes[rank] = outcome
    condition.broadcast()
  }

  func results() -> [Outcome] {
    condition.lock()
    defer { condition.unlock() }
    while outcomes.contains(where: { $0 == nil }) { condition.wait() }
    return outcomes.compactMap { $0 }
  }

  private func waitForAll() {
    arrived += 1
    if arrived == count {
      (arrived, round) = (0, round + 1)
      condition.broadcast()
      return
    }
    let current = round
    while round == current { condition.wait() }
  }
}
