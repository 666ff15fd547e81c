import Foundation
import GymTensors
import Testing

@Suite struct WorkerPoolTests {
  @Test("Every worker runs once per round", arguments: [1, 2, 3, 8])
  func everyWorkerRunsOnceARound(count: Int) throws {
    let pool = try WorkerPool(count: count)
    let tensor = Tensor(zeros: [count])
    for round in 1...200 {
      pool.run { worker in
        let own = tensor.slice(worker..<worker + 1)
        own.set([own.values[0] + Float(worker + 1)])
      }
      #expect(tensor.values == (1...count).map { Float($0 * round) })
    }
  }

  @Test("Shares are contiguous and even", arguments: [(0, 3), (2, 3), (7, 3), (64, 5), (1, 1)])
  func sharesAreContiguousAndEven(total: Int, count: Int) throws {
    let pool = try WorkerPool(count: count)
    let shares = (0..<count).map { pool.share(of: total, worker: $0) }
    #expect(shares.flatMap { Array($0) } == Array(0..<total))
    let sizes = shares.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test("Pools can be created and destroyed repeatedly")
  func poolsComeAndGo() throws {
    for _ in 0..<50 {
      let flags = WorkerFlags(count: 4)
      try WorkerPool(count: 4).run { flags[$0] = true }
      #expect(flags.all)
    }
  }
}
