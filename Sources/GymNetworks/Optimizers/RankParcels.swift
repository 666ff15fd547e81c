import GymRanks
import GymTensors

/// The numbers that ranks send each other in a step: gradients to the rank that steps them, and the
/// stepped values to all.
///
/// Sums of floating-point numbers depend on the order, which is that of the workers of all ranks.
/// If each rank has one worker, it sends its gradients to the ranks that step them, which add them
/// up. Otherwise sums travel along the ranks, in chunks, and each rank adds its own workers'
/// gradients: the same order, and a rank sends each number once, however many workers it has.
///
/// Unchecked: a worker touches only its own parts during a round of work, and the caller the rest
/// between rounds; the worker pool's barrier separates the two.
final class RankParcels: @unchecked Sendable {
  private let ranks: Ranks
  /// Numbers by the rank that steps them: own gradients, or sums on their way.
  private var sent = Tensor(zeros: [0])
  /// For the elements that this rank steps, each worker's gradients or only the sum,
  /// [terms][elements].
  private var received = Tensor(zeros: [0])
  private var terms = 0

  init(_ ranks: Ranks) {
    self.ranks = ranks
  }

  /// Sends this rank's gradients, and zeroes them.
  func send(
    _ replicas: [Replica], _ slots: [Optimizer.Slot], _ parts: StepParts, _ pool: WorkerPool
  ) {
    let starts = Self.starts(parts.sizes)
    terms = pool.count == 1 ? ranks.count : 1
    let (all, own) = (starts[ranks.count], parts.sizes[ranks.rank])
    if sent.count != all { sent = Tensor(zeros: [all]) }
    if received.count != own * terms { received = Tensor(zeros: [own * terms]) }
    let gradients = replicas.map { replica in
      slots.map { replica.flatGradient(of: $0.parameter) }
    }
    if pool.count == 1 {
      for part in parts.parts {
        place(part, starts).copy(from: gradients[0][part.slot].slice(part.range))
      }
      ranks.exchange(
        sending: (0..<ranks.count).map {
          UnsafeRawBufferPointer(sent.slice(starts[$0]..<starts[$0 + 1]).memory)
        },
        receiving: (0..<ranks.count).map {
          received.slice($0 * own..<($0 + 1) * own).memory
        })
    } else {
      passOn(replicas, gradients, parts, starts, pool)
    }
    pool.run { worker in
      for gradient in gradients[worker] { gradient.clear() }
    }
  }

  /// Lets the sums of each chunk travel from rank 0 to the last, and from there to the rank that
  /// steps it. While a rank adds to one chunk, its neighbors add to those before and after it.
  private func passOn(
    _ replicas: [Replica], _ gradients: [[Tensor]], _ parts: StepParts, _ starts: [Int],
    _ pool: WorkerPool
  ) {
    let chunks = parts.chunks
    let (rank, last) = (ranks.rank, ranks.count - 1)
    func memory(_ chunk: StepParts.Chunk) -> UnsafeMutableRawBufferPointer {
      let start = starts[chunk.rank] + chunk.places.lowerBound
      return sent.slice(start..<start + chunk.places.count).memory
    }
    let nothing = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    for round in 0..<chunks.count + ranks.count {
      func chunk(at rank: Int) -> StepParts.Chunk? {
        chunks.indices.contains(round - rank) ? chunks[round - rank] : nil
      }
      var outgoing = Array(repeating: UnsafeRawBufferPointer(nothing), count: ranks.count)
      var incoming = Array(repeating: nothing, count: ranks.count)
      // The neighbor before has finished its chunk in the last round.
      if rank > 0, let chunk = chunk(at: rank) { incoming[rank - 1] = memory(chunk) }
      if rank < last, let chunk = chunk(at: rank + 1) {
        outgoing[rank + 1] = UnsafeRawBufferPointer(memory(chunk))
      }
      if let chunk = chunk(at: ranks.count) {
        if rank == last { outgoing[chunk.rank] = UnsafeRawBufferPointer(memory(chunk)) }
        if rank == chunk.rank { incoming[last] = received.slice(chunk.places).memory }
      }
      ranks.exchange(sending: outgoing, receiving: incoming)
      guard let chunk = chunk(at: rank) else { continue }
      pool.run { worker in
        for index in chunk.parts where index % pool.count == worker {
          let part = parts.parts[index]
          let sum = place(part, starts)
          for (number, gradients) in gradients.enumerated() {
            let gradient = gradients[part.slot].slice(part.range)
            if rank == 0, number == 0 {
              sum.copy(from: gradient)
            } else {
              replicas[worker].device.accumulate(gradient, into: sum)
            }
          }
        }
      }
    }
  }

  private func place(_ part: StepParts.Part, _ starts: [Int]) -> Tensor {
    let start = starts[part.rank] + part.place
    return sent.slice(start..<start + part.range.count)
  }

  /// The gradients of a part to add up, in order.
  func gradients(of part: StepParts.Part) -> [Tensor] {
    (0..<terms).map { gradient(of: part.place..<part.place + part.range.count, term: $0) }
  }

  /// A term of the sum of some of the elements that this rank steps; the first becomes the sum.
  func gradient(of places: Range<Int>, term: Int = 0) -> Tensor {
    let start = received.count / max(terms, 1) * term
    return received.slice(start + places.lowerBound..<start + places.upperBound)
  }

  /// Completes tensors, of which each rank has only the elements that it steps.
  ///
  /// - Parameter done: called for each part that another rank has stepped.
  func complete(
    _ tensors: [Tensor], _ parts: StepParts, _ pool: WorkerPool,
    done: @Sendable (StepParts.Part) -> Void = { _ in }
  ) {
    let starts = Self.starts(parts.sizes)
    let values = Tensor(zeros: [starts[ranks.count]])
    let rank = ranks.rank
    @Sendable func place(_ part: StepParts.Part) -> Tensor {
      let start = starts[part.rank] + part.place
      return values.slice(start..<start + part.range.count)
    }
    pool.run { worker in
      for part in parts.parts where part.rank == rank && part.share % pool.count == worker {
        place(part).copy(from: tensors[part.slot].flat.slice(part.range))
      }
    }
    ranks.gather(
      UnsafeRawBufferPointer(values.slice(starts[rank]..<starts[rank + 1]).memory),
      into: values.memory, sizes: parts.sizes.map { $0 * ElementType.float32.size })
    pool.run { worker in
      for part in parts.parts where part.rank != rank && part.share % pool.count == worker {
        tensors[part.slot].flat.slice(part.range).copy(from: place(part))
        done(part)
      }
    }
  }

  /// The first element of each of several runs, and the end of the last.
  private static func starts(_ sizes: [Int]) -> [Int] {
    sizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }
}

extension Tensor {
  /// The elements' memory.
  fileprivate var memory: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: address, count: count * type.size)
  }
}
