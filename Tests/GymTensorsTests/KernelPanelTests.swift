import CGymTensorKernels
import GymRandomness
import Testing

/// Products with a packed right factor.
@Suite struct KernelPanelTests {
  private static let shapes = [
    (1, 1, 1), (5, 7, 3), (82, 130, 33), (7, 200, 530), (400, 70, 300), (2, 1600, 9), (3, 5, 0),
  ]

  /// Packed and multiplied in parts, over odd shapes and more than one block of each extent.
  @Test("Products computed panel by panel match the whole product", arguments: [UInt64(31), 32])
  func matchesTheWholeProduct(seed: UInt64) {
    var random = RandomStream(seed: seed, "panels")
    onEachLevel { level in
      let columns = Int(rg_panel_columns())
      for (m, n, k) in Self.shapes {
        for (type, result) in [(RG_F32, RG_F32), (RG_BF16, RG_F32), (RG_BF16, RG_BF16)] {
          let a = KernelNumbers(random.floats(m * k), type)
          let w = KernelNumbers(random.floats(n * k), type)
          let expected = KernelNumbers(unset: m * n, result)
          let out = KernelNumbers(unset: m * n, result)
          let count = (n + columns - 1) / columns
          let panels = KernelNumbers(unset: count * Int(rg_panel_size(type, Int64(k))))
          let middle = random.below(count + 1)
          let parts = [0..<middle, middle..<count].filter { !$0.isEmpty }
          for part in parts {
            rg_pack_panels(
              type, false, Int64(n), Int64(k), w.address, Int64(part.lowerBound), Int64(part.count),
              panels.floats)
          }
          for part in parts {
            rg_matmul_panels(
              type, result, Int64(m), Int64(n), Int64(k), a.address, panels.floats,
              Int64(part.lowerBound), Int64(part.count), out.address)
          }
          let isDone = rg_matmul(
            type, result, false, true, Int64(m), Int64(n), Int64(k), a.address, Int64(k),
            w.address, Int64(k), 0, expected.address, Int64(n))
          let note = "seed \(seed), \(level), \(m) × \(n) × \(k), \(type.rawValue) \(parts)"
          #expect(isDone, "\(note)")
          expectClose(out.doubles, expected.doubles, result == RG_F32 ? 1e-5 : 1e-2, note)
          #expect(out.guardIsWhole && panels.guardIsWhole, "\(note)")
        }
      }
    }
  }

  /// A product fused with SwiGLU equals both in sequence, with gates and ups kept or not.
  @Test("A product fused with SwiGLU equals both in sequence", arguments: [UInt64(33), 34])
  func gatedMatchesOneAfterTheOther(seed: UInt64) {
    var random = RandomStream(seed: seed, "gated panels")
    onEachLevel { level in
      let columns = Int(rg_panel_columns()) / 2
      for (m, n, k) in Self.shapes {
        for (type, tolerance) in storageTypes {
          let a = KernelNumbers(random.floats(m * k), type)
          // Sums of about unit size, so that gates are neither all open nor all shut.
          let w = KernelNumbers(
            random.floats(2 * n * k, scale: 1 / Float(max(k, 1)).squareRoot()), type)
          let count = (n + columns - 1) / columns
          let panels = KernelNumbers(unset: count * Int(rg_panel_size(type, Int64(k))))
          let product = KernelNumbers(unset: m * 2 * n, type)
          let expected = KernelNumbers(unset: m * n, type)
          let isDone = rg_matmul(
            type, type, false, true, Int64(m), Int64(2 * n), Int64(k), a.address, Int64(k),
            w.address, Int64(k), 0, product.address, Int64(2 * n))
          rg_swiglu(type, Int64(m), Int64(n), product.address, expected.address)
          let middle = random.below(count + 1)
          let parts = [0..<middle, middle..<count].filter { !$0.isEmpty }
          for part in parts {
            rg_pack_panels(
              type, true, Int64(2 * n), Int64(k), w.address, Int64(part.lowerBound),
              Int64(part.count), panels.floats)
          }
          for keeps in [false, true] {
            let out = KernelNumbers(unset: m * n, type)
            let gateUp = KernelNumbers(unset: m * 2 * n, type)
            for part in parts {
              rg_matmul_swiglu(
                type, Int64(m), Int64(n), Int64(k), a.address, panels.floats,
                Int64(part.lowerBound), Int64(part.count), keeps ? gateUp.address : nil,
                out.address)
            }
            let note = "seed \(seed), \(level), \(m) × \(n) × \(k), \(type.rawValue) \(parts)"
            #expect(isDone, "\(note)")
            expectClose(out, expected.doubles, tolerance, note)
            if keeps { expectClose(gateUp, product.doubles, tolerance, note) }
            #expect(panels.guardIsWhole, "\(note)")
          }
        }
      }
    }
  }
}
