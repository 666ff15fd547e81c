import Foundation
import GymDatasets
import GymTestSupport
import GymTraining
import Testing

@Suite struct BatchSamplerTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func split(_ groups: [[Int]]) throws -> DatasetSplit {
    try TestDataset.write(["train": groups], to: folder.url).split("train")
  }

  @Test("Every epoch shows every group once", arguments: [1, 3, 4, 7, 10, 23] as [Int])
  func everyEpochShowsEveryGroupOnce(batchSize: Int) throws {
    let split = try split((0..<10).map { Array(repeating: 1, count: $0 % 3 + 1) })
    var sampler = BatchSampler(split, batchSize: batchSize, seed: 1)
    var drawn: [Int] = []
    while drawn.count < 60 { drawn += sampler.next() }
    for epoch in 0..<6 {
      let groups = drawn[epoch * 10..<epoch * 10 + 10].map { split.groups.owner(of: $0) }
      #expect(groups.sorted() == Array(0..<10), "epoch \(epoch)")
    }
    let orders = Set((0..<6).map { Array(drawn[$0 * 10..<$0 * 10 + 10]) })
    #expect(orders.count == 6)
  }

  @Test("All puzzles of a group are equally likely")
  func everyPuzzleOfAGroupIsDrawnAlike() throws {
    let split = try split([Array(repeating: 1, count: 4)])
    var sampler = BatchSampler(split, batchSize: 400, seed: 2)
    var counts = [0, 0, 0, 0]
    for example in sampler.next() { counts[example] += 1 }
    // 400 draws of probability 1/4: mean 100, standard deviation 8.7.
    #expect(counts.allSatisfy { abs($0 - 100) < 45 }, "\(counts)")
  }

  @Test("A batch holds different examples of a puzzle as long as there are any")
  func puzzlesGiveDifferentExamplesAsFarAsThereIsRoom() throws {
    let split = try split([[5], [5], [5], [5]])
    var sampler = BatchSampler(split, batchSize: 8, seed: 3)
    for step in 0..<50 {
      let batch = sampler.next()
      #expect(batch.count == 8)
      #expect(Set(batch).count == 8, "step \(step): \(batch)")
      let puzzles = batch.map { split.puzzles.owner(of: $0) }
      // Five examples of one puzzle, then as many of the next as fit; the rest of it is dropped.
      #expect(
        puzzles == Array(repeating: puzzles[0], count: 5)
          + Array(repeating: puzzles[7], count: 3))
      #expect(Set(batch[..<5]).count == 5)
      #expect(Set(batch[5...]).count == 3)
    }
    #expect(sampler.state == SamplerState(epoch: 24, position: 4))
  }

  @Test("A restored sampler continues exactly")
  func aStateGoesOnExactly() throws {
    let split = try split((0..<9).map { [$0 % 4 + 1, 2] })
    var whole = BatchSampler(split, batchSize: 5, seed: 4)
    for step in 0..<40 {
      var resumed = BatchSampler(split, batchSize: 5, seed: 4, state: whole.state)
      let batch = whole.next()
      #expect(resumed.next() == batch, "step \(step)")
      #expect(resumed.state == whole.state)
    }
    var other = BatchSampler(split, batchSize: 5, seed: 5)
    var first = BatchSampler(split, batchSize: 5, seed: 4)
    #expect((0..<4).map { _ in other.next() } != (0..<4).map { _ in first.next() })
  }
}

extension BatchSampler {
  /// The examples of the next batch, without their epochs.
  fileprivate mutating func next() -> [Int] { draw().map(\.example) }
}
