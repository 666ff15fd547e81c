import CGymTensorKernels
import Foundation
import GymRandomness
import Testing

/// Equal inputs give equal bits: again, and on two threads at once.
@Suite struct KernelRepetitionTests {
  /// All results of one run over fixed inputs.
  private static func results(level: String?) -> [[Float]] {
    if let level { rg_set_isa(level) }
    defer { rg_set_isa(nil) }
    var random = RandomStream(seed: 21, "repetition")
    var all: [[Float]] = []
    for type in [RG_F32, RG_BF16] {
      let (length, heads, headSize) = (82, 2, 16)
      let d = heads * headSize
      let qkv = KernelNumbers(random.floats(2 * length * 3 * d), type)
      let dy = KernelNumbers(random.floats(2 * length * d), type)
      let out = KernelNumbers(unset: 2 * length * d, type)
      let logSums = KernelNumbers(unset: 2 * heads * length)
      let gradient = KernelNumbers(unset: 2 * length * 3 * d, type)
      rg_attention(
        type, 2, Int64(length), Int64(heads), Int64(headSize), qkv.address, nil, nil,
        out.address, logSums.floats)
      rg_attention_backward(
        type, 2, Int64(length), Int64(heads), Int64(headSize), qkv.address, nil, nil,
        logSums.floats, dy.address, gradient.address)
      let rows = Int64(2 * length)
      for (transposesA, m, k) in [(true, Int64(3 * d), rows), (false, rows, Int64(3 * d))] {
        let product = KernelNumbers([Float](repeating: 0, count: Int(m) * d))
        let right = transposesA ? dy : qkv
        let isDone = rg_matmul(
          type, RG_F32, transposesA, !transposesA, m, Int64(d), k, qkv.address, Int64(3 * d),
          right.address, Int64(transposesA ? d : 3 * d), 1, product.address, Int64(d))
        #expect(isDone)
        all.append(product.values)
      }
      rg_residual_norm(
        type, rows, Int64(d), 1e-5, out.address, dy.address, out.address, nil)
      all += [out.values, logSums.values, gradient.values]
    }
    return all
  }

  @Test("Every kernel repeats bit for bit")
  func bitIdentical() {
    onEachLevel { level in
      let first = Self.results(level: level)
      rg_set_isa(level)
      #expect(Self.results(level: level) == first, "\(level)")
    }
  }

  @Test("Every kernel repeats bit for bit on many threads")
  func bitIdenticalOnThreads() async {
    let expected = Self.results(level: nil)
    await withTaskGroup(of: [[Float]].self) { group in
      for _ in 0..<4 { group.addTask { Self.results(level: nil) } }
      for await results in group { #expect(results == expected) }
    }
  }
}
