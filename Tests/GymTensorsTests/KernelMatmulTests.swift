import CGymTensorKernels
import GymRandomness
import Testing

@Suite struct KernelMatmulTests {
  /// A product with its operands, its way and what comes out of it.
  private struct Case {
    var m = 1, n = 1, k = 1
    var transposesA = false, transposesB = false, adds = false
    var type = RG_F32, result = RG_F32
    var spareColumns = 0
  }

  private func check(_ c: Case, _ random: inout RandomStream, _ note: String) {
    let (aRows, aColumns) = c.transposesA ? (c.k, c.m) : (c.m, c.k)
    let (bRows, bColumns) = c.transposesB ? (c.n, c.k) : (c.k, c.n)
    let lda = aColumns + c.spareColumns
    let ldb = bColumns + 2 * c.spareColumns
    let ldc = c.n + c.spareColumns
    let a = KernelNumbers(random.floats(aRows * lda), c.type)
    let b = KernelNumbers(random.floats(bRows * ldb), c.type)
    let before = c.adds ? random.floats(c.m * ldc) : [Float](repeating: .nan, count: c.m * ldc)
    let out = KernelNumbers(before, c.result)
    let (x, y) = (a.doubles, b.doubles)
    var expected = out.doubles
    for i in 0..<c.m {
      for j in 0..<c.n {
        var sum = c.adds ? expected[i * ldc + j] : 0
        for l in 0..<c.k {
          sum +=
            x[c.transposesA ? l * lda + i : i * lda + l]
            * y[c.transposesB ? j * ldb + l : l * ldb + j]
        }
        expected[i * ldc + j] = sum
      }
    }
    let isDone = rg_matmul(
      c.type, c.result, c.transposesA, c.transposesB, Int64(c.m), Int64(c.n), Int64(c.k),
      a.address, Int64(lda), b.address, Int64(ldb), c.adds ? 1 : 0, out.address, Int64(ldc))
    let text = "\(note), \(c)"
    #expect(isDone, "\(text)")
    // Between the rows nothing is written.
    let result = out.doubles
    for index in result.indices where index % ldc >= c.n {
      let isKept = expected[index].isNaN ? result[index].isNaN : result[index] == expected[index]
      #expect(isKept, "\(text)")
    }
    let inside = expected.indices.filter { $0 % ldc < c.n }
    expectClose(
      inside.map { result[$0] }, inside.map { expected[$0] },
      c.result == RG_F32 ? 1e-5 : 1e-2, text)
    #expect(out.guardIsWhole, "\(text)")
  }

  @Test("Products match plain loops over odd shapes", arguments: [UInt64(11), 12])
  func matchesPlainLoops(seed: UInt64) {
    var random = RandomStream(seed: seed, "matmul")
    let extents = [1, 2, 3, 7, 17, 33, 82, 130]
    onEachLevel { level in
      for (type, result) in [(RG_F32, RG_F32), (RG_BF16, RG_F32), (RG_BF16, RG_BF16)] {
        for _ in 0..<24 {
          let c = Case(
            m: random.element(of: extents)!, n: random.element(of: extents)!,
            k: random.element(of: extents)!,
            transposesA: result == RG_F32 && random.chance(0.5), transposesB: random.chance(0.5),
            adds: random.chance(0.5), type: type, result: result,
            spareColumns: random.below(3))
          check(c, &random, "seed \(seed), \(level)")
        }
      }
    }
  }

  /// More than one block of every extent.
  @Test("Products of more than one block in every dimension match plain loops")
  func blocks() {
    var random = RandomStream(seed: 13, "blocks")
    for type in [RG_F32, RG_BF16] {
      check(
        Case(m: 290, n: 70, k: 900, transposesA: true, adds: true, type: type), &random, "turned")
      check(
        Case(m: 200, n: 34, k: 530, transposesA: true, adds: true, type: type), &random, "deep")
      check(Case(m: 400, n: 20, k: 258, type: type, result: type), &random, "tall")
      check(
        Case(m: 9, n: 1600, k: 10, transposesA: true, type: type, spareColumns: 1), &random,
        "wide")
    }
  }

  /// Sums of a transposed A are cut, so that they need f32.
  @Test("A product with a transposed left matrix is refused unless its result is f32")
  func transposedFactorNeedsSumsInF32() {
    let x = KernelNumbers([1, 2, 3, 4], RG_BF16)
    let out = KernelNumbers([5, 6, 7, 8], RG_BF16)
    let isDone = rg_matmul(
      RG_BF16, RG_BF16, true, false, 2, 2, 2, x.address, 2, x.address, 2, 0, out.address, 2)
    #expect(!isDone)
    #expect(out.values == [5, 6, 7, 8])
  }

  @Test("Products with an empty dimension are right")
  func emptyExtents() {
    let x = KernelNumbers([1, 2, 3, 4])
    let out = KernelNumbers([5, 6, 7, 8])
    let multiply = { (rows: Int64, depth: Int64, beta: Float) in
      rg_matmul(
        RG_F32, RG_F32, false, false, rows, 2, depth, x.address, 2, x.address, 2, beta,
        out.address, 2)
    }
    #expect(multiply(2, 0, 1))
    #expect(out.values == [5, 6, 7, 8])
    #expect(multiply(0, 2, 0))
    #expect(out.values == [5, 6, 7, 8])
    #expect(multiply(2, 0, 0))
    #expect(out.values == [0, 0, 0, 0])
  }

  @Test("NaN propagates through products")
  func notANumberPropagates() {
    onEachLevel { level in
      for type in [RG_F32, RG_BF16] {
        for transposesA in [false, true] {
          var values = [Float](repeating: 1, count: 20 * 20)
          values[transposesA ? 3 * 20 + 7 : 7 * 20 + 3] = .nan
          let a = KernelNumbers(values, type)
          let b = KernelNumbers([Float](repeating: 0, count: 20 * 20), type)
          let result = transposesA ? RG_F32 : type
          let out = KernelNumbers([Float](repeating: .nan, count: 20 * 20), result)
          #expect(
            rg_matmul(
              type, result, transposesA, false, 20, 20, 20, a.address, 20, b.address, 20, 0,
              out.address, 20))
          for (index, value) in out.values.enumerated() {
            #expect(value.isNaN == (index / 20 == 7), "\(level), \(index)")
          }
        }
      }
    }
  }
}
