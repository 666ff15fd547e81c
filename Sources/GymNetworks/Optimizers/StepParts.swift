import GymTensors

/// The parts in which the workers of all ranks sum gradients and step parameters, each small enough
/// to stay in the cache between operations.
///
/// They depend on the number of workers of all ranks together, not on how these are spread over
/// ranks, and so do the results.
struct StepParts {
  struct Part {
    /// The parameter, as an index into the optimizer's slots, and the elements.
    let slot: Int
    let range: Range<Int>
    /// The worker in whose share of the parameter the elements are.
    let share: Int
    /// The rank that sums and steps them, and their place among all elements that it steps.
    let rank: Int
    let place: Int
  }

  /// Some of the elements that a rank steps, which follow each other there.
  struct Chunk {
    let rank: Int
    var places: Range<Int>
    /// Their parts, as indices.
    var parts: [Int]
  }

  /// The parts, by parameter, then by worker.
  let parts: [Part]
  /// The number of elements that each rank steps.
  let sizes: [Int]
  /// The workers of all ranks.
  let workers: Int
  /// The worker that steps a whole parameter, for those that one worker must step.
  let owners: [Int: Int]

  /// - Parameters:
  ///   - counts: the elements of each parameter.
  ///   - whole: the parameters that one worker must step as a whole.
  ///   - workers: the workers of each rank.
  init(counts: [Int], whole: [Int], workers: Int, ranks: Int) {
    let total = workers * ranks
    let owners = Self.owners(of: whole, counts: counts, workers: total)
    var (parts, sizes) = ([Part](), [Int](repeating: 0, count: ranks))
    let most = 1 << 15
    for (slot, count) in counts.enumerated() {
      for worker in 0..<total {
        let share = WorkerPool.share(of: count, part: worker, of: total)
        let rank = (owners[slot] ?? worker) / workers
        for start in stride(from: share.lowerBound, to: share.upperBound, by: most) {
          let range = start..<min(start + most, share.upperBound)
          parts.append(
            Part(slot: slot, range: range, share: worker, rank: rank, place: sizes[rank]))
          sizes[rank] += range.count
        }
      }
    }
    (self.parts, self.sizes, self.workers, self.owners) = (parts, sizes, total, owners)
  }

  /// The largest parameters first, each to the worker with the least to do.
  private static func owners(of whole: [Int], counts: [Int], workers: Int) -> [Int: Int] {
    var loads = [Int](repeating: 0, count: workers)
    var owners: [Int: Int] = [:]
    for index in whole.sorted(by: { (counts[$1], $0) < (counts[$0], $1) }) {
      let owner = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      owners[index] = owner
      loads[owner] += counts[index]
    }
    return owners
  }

  /// All elements in chunks for sending: large enough that the way of a message takes less time
  /// than its content, and small enough that ranks which pass them on need not wait long.
  var chunks: [Chunk] {
    var chunks: [[Chunk]] = sizes.map { _ in [] }
    for (index, part) in parts.enumerated() {
      let own = chunks[part.rank]
      if let last = own.last, last.places.count + part.range.count <= 1 << 17 {
        chunks[part.rank][own.count - 1].places =
          last.places.lowerBound..<part.place
          + part.range.count
        chunks[part.rank][own.count - 1].parts.append(index)
      } else {
        chunks[part.rank].append(
          Chunk(rank: part.rank, places: part.place..<part.place + part.range.count, parts: [index])
        )
      }
    }
    return Array(chunks.joined())
  }
}
