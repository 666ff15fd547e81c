/// The processes that work together, as one of them sees them: "ranks", as in MPI.
///
/// Every rank runs the same command and calls the same functions in the same order. If a rank ends
/// or does not answer, all end; no call fails otherwise.
public struct Ranks: Sendable, Hashable {
  /// This process's number, from 0.
  public let rank: Int
  /// The number of processes.
  public let count: Int
  private let link: any RankLink

  /// A process on its own.
  public static let alone = Ranks(rank: 0, count: 1, link: LonelyLink())

  init(rank: Int, count: Int, link: any RankLink) {
    (self.rank, self.count, self.link) = (rank, count, link)
  }

  /// Whether this process is the one that writes and prints.
  public var isFirst: Bool { rank == 0 }

  /// Whether there are other processes.
  public var areSeveral: Bool { count > 1 }

  /// Sends each rank some bytes and receives its bytes. Both sides must know the sizes.
  ///
  /// - Precondition: there are bytes, possibly none, for each rank and from each.
  public func exchange(
    sending sent: [UnsafeRawBufferPointer], receiving received: [UnsafeMutableRawBufferPointer]
  ) {
    precondition(sent.count == count && received.count == count)
    link.exchange(sent, received)
  }

  /// Sends all ranks some bytes and receives those of all, in order. All must know the sizes.
  ///
  /// - Precondition: there is room for the bytes of all, among which `own` may lie.
  public func gather(
    _ own: UnsafeRawBufferPointer, into all: UnsafeMutableRawBufferPointer, sizes: [Int]
  ) {
    precondition(sizes.count == count && own.count == sizes[rank])
    precondition(all.count == sizes.reduce(0, +))
    link.gather(own, all, sizes)
  }

  public static func == (a: Ranks, b: Ranks) -> Bool { (a.rank, a.count) == (b.rank, b.count) }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    hasher.combine(count)
  }
}

/// The connection of a rank to the others.
protocol RankLink: Sendable {
  func exchange(_ sent: [UnsafeRawBufferPointer], _ received: [UnsafeMutableRawBufferPointer])
  func gather(
    _ own: UnsafeRawBufferPointer, _ all: UnsafeMutableRawBufferPointer, _ sizes: [Int])
}

extension RankLink {
  func gather(
    _ own: UnsafeRawBufferPointer, _ all: UnsafeMutableRawBufferPointer, _ sizes: [Int]
  ) {
    var start = 0
    let parts = sizes.map { size in
      defer { start += size }
      return UnsafeMutableRawBufferPointer(rebasing: all[start..<start + size])
    }
    exchange(sizes.map { _ in own }, parts)
  }
}

private struct LonelyLink: RankLink {
  func exchange(_ sent: [UnsafeRawBufferPointer], _ received: [UnsafeMutableRawBufferPointer]) {
    received[0].copyMemory(from: sent[0])
  }
}
