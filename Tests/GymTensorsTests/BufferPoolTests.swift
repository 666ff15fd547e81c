import GymTensors
import Testing

@Suite struct BufferPoolTests {
  @Test("Freed blocks are reused")
  func blocksAreUsedAgain() {
    let pool = BufferPool()
    for _ in 0..<10 {
      let first = pool.buffer(size: 100)
      let second = pool.buffer(size: 120)
      #expect(first.size == 128 && second.size == 128)
    }
    #expect(pool.allocations == 2)
    #expect(pool.reservedBytes == 256)
    pool.trim()
    #expect(pool.reservedBytes == 0)
  }

  @Test("Blocks of similar sizes share memory, and lose at most an eighth of it")
  func similarSizesShareMemory() {
    let pool = BufferPool()
    for size in stride(from: 1, through: 1 << 20, by: 61) {
      let given = pool.buffer(size: size).size
      #expect(given >= size && given % 64 == 0 && given - size <= max(63, size / 8), "\(size)")
    }
    // Eight steps between powers of two from 512 bytes on, and whole lines below.
    #expect(pool.allocations <= 8 + 8 * 11)
  }

  @Test("A live tensor keeps its block")
  func aTensorKeepsItsBlock() {
    let device = CPUDevice()
    let kept = device.makeZeros([5], .float32)
    kept.set([1, 2, 3, 4, 5])
    for _ in 0..<10 { device.makeTensor([5], .float32).set([9, 9, 9, 9, 9]) }
    #expect(kept.values == [1, 2, 3, 4, 5])
    #expect(device.pool.allocations == 2)
  }

  @Test("Slices and reshaped tensors share memory")
  func slicesAndShapesShareMemory() {
    let tensor = Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])
    tensor.slice(1..<3).reshaped([4]).set([7, 8, 9, 10])
    #expect(tensor.values == [1, 2, 7, 8, 9, 10])
    #expect(tensor.slice(2..<2).values.isEmpty)
  }
}
