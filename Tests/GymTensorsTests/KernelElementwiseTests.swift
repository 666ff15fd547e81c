import CGymTensorKernels
import GymRandomness
import Testing

@Suite struct KernelElementwiseTests {
  private let counts = [1, 3, 7, 16, 17, 33, 82, 130, 1000]

  @Test("Sums match the reference", arguments: [UInt64(1), 2])
  func sums(seed: UInt64) {
    var random = RandomStream(seed: seed, "sums")
    onEachLevel { level in
      for (type, tolerance) in storageTypes {
        for count in counts {
          let note = "seed \(seed), \(level), type \(type.rawValue), \(count)"
          let x = KernelNumbers(random.floats(count), type)
          let y = KernelNumbers(random.floats(count), type)
          let z = KernelNumbers(random.floats(count), type)
          let (a, b, c) = (x.doubles, y.doubles, z.doubles)
          let out = KernelNumbers(unset: count, type)
          let n = Int64(count)
          rg_add(type, n, x.address, y.address, out.address)
          expectClose(out, zip(a, b).map(+), tolerance, note)
          rg_add3(type, n, x.address, y.address, z.address, out.address)
          expectClose(out, zip(zip(a, b).map(+), c).map(+), tolerance, note)
          // In place.
          rg_add(type, n, x.address, y.address, x.address)
          expectClose(x, zip(a, b).map(+), tolerance, note)
        }
      }
    }
  }

  @Test("Accumulation matches the reference")
  func accumulates() {
    var random = RandomStream(seed: 3, "accumulates")
    onEachLevel { level in
      for count in counts {
        let total = KernelNumbers(random.floats(count))
        let x = KernelNumbers(random.floats(count))
        let expected = zip(total.doubles, x.doubles).map(+)
        rg_accumulate(Int64(count), x.floats, total.floats)
        expectClose(total, expected, 1e-6, "\(level), \(count)")
      }
    }
  }

  @Test("NaN and infinity are found at every position")
  func seesWhatIsNotFinite() {
    onEachLevel { level in
      for (type, _) in storageTypes {
        for count in [1, 17, 4096, 9001] {
          let good = KernelNumbers([Float](repeating: 3e38, count: count), type)
          #expect(rg_all_finite(type, Int64(count), good.address), "\(level), \(count)")
          for place in [0, count / 2, count - 1] {
            for bad in [Float.nan, .infinity, -.infinity] {
              var values = [Float](repeating: 1, count: count)
              values[place] = bad
              let x = KernelNumbers(values, type)
              #expect(
                !rg_all_finite(type, Int64(count), x.address), "\(level), \(bad) at \(place)")
            }
          }
        }
      }
    }
  }
}
