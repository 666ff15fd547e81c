import CGymTensorKernels
import GymRandomness
import GymTensors
import Testing

@Suite struct KernelMemoryTests {
  /// A block whose first and last bytes identify its owner.
  private struct Block {
    let address: UnsafeMutableRawPointer
    let size: Int
    let mark: UInt8

    init?(size: Int, mark: UInt8) {
      guard let address = rg_reserve(size) else { return nil }
      (self.address, self.size, self.mark) = (address, size, mark)
      guard size > 0 else { return }
      address.storeBytes(of: mark, as: UInt8.self)
      address.storeBytes(of: mark, toByteOffset: size - 1, as: UInt8.self)
    }

    var isWhole: Bool {
      UInt(bitPattern: address) % 64 == 0
        && (size == 0
          || address.load(as: UInt8.self) == mark
            && address.load(fromByteOffset: size - 1, as: UInt8.self) == mark)
    }
  }

  /// Small blocks, those of slabs, and those that have a slab of their own, kept and given back in
  /// any order by three threads.
  @Test("Allocated blocks never overlap")
  func blocksKeepWhatIsTheirs() throws {
    let workers = try WorkerPool(count: 3)
    let flags = WorkerFlags(count: 3)
    workers.run { worker in
      var random = RandomStream(seed: 21, "memory \(worker)")
      var blocks: [Block] = []
      var isRight = true
      for round in 0..<400 {
        let limit = random.element(of: [100, 70_000, 3 << 20, 20 << 20, 40 << 20])!
        if let block = Block(size: random.below(limit), mark: UInt8(truncatingIfNeeded: round)) {
          blocks.append(block)
        } else {
          isRight = false
        }
        while blocks.count > 8 || (random.chance(0.3) && !blocks.isEmpty) {
          let block = blocks.remove(at: random.below(blocks.count))
          isRight = isRight && block.isWhole
          rg_release(block.address, block.size)
        }
      }
      for block in blocks {
        isRight = isRight && block.isWhole
        rg_release(block.address, block.size)
      }
      flags[worker] = isRight
    }
    #expect(flags.all, "seed 21")
  }

  @Test("An allocation that is too large is refused")
  func moreThanThereIsIsRefused() {
    #expect(rg_reserve(Int.max) == nil)
    #expect(rg_reserve(-1) == nil)
  }

  /// Freed blocks are reused, by this thread or by tests on others.
  @Test("Freed memory is reused")
  func slabsAreUsedAgain() {
    let size = 1 << 20
    var addresses: Set<UnsafeMutableRawPointer> = []
    for round in 0..<40_000 {
      guard let address = rg_reserve(size) else {
        Issue.record("no memory in round \(round)")
        return
      }
      address.storeBytes(of: 1, toByteOffset: round % size, as: UInt8.self)
      addresses.insert(address)
      rg_release(address, size)
    }
    #expect(addresses.count < 4000, "\(addresses.count) addresses of 40 000 blocks")
  }
}
