import CGymTensorKernels
import GymRandomness
import Testing

@Suite struct KernelConversionTests {
  /// Known answers: bits of an f32, bits of the nearest bf16.
  @Test(
    "f32 is rounded to the nearest bf16, ties to even",
    arguments: [
      (UInt32(0x3F80_0000), UInt16(0x3F80)),  // 1
      (0x3F80_8000, 0x3F80),  // a tie goes to even: down
      (0x3F81_8000, 0x3F82),  // and up
      (0x3F80_8001, 0x3F81),  // just above a tie
      (0x3F80_7FFF, 0x3F80),  // just below
      (0x0000_0001, 0x0000),  // the smallest denormal vanishes
      (0x0000_8001, 0x0001),  // a denormal that does not
      (0x8000_0000, 0x8000),  // −0
      (0x7F7F_FFFF, 0x7F80),  // the greatest f32 rounds to infinity
      (0x7F80_0000, 0x7F80), (0xFF80_0000, 0xFF80),  // infinities
      (0x7FC0_0000, 0x7FC0),  // NaN
      (0x7F80_0001, 0x7FC0),  // a NaN whose upper bits are those of infinity
      (0xFFFF_FFFF, 0xFFFF),  // a NaN that rounding would overflow
    ])
  func rounds(bits: UInt32, expected: UInt16) {
    onEachLevel { level in
      for count in [1, 40] {
        let values = [Float](repeating: Float(bitPattern: bits), count: count)
        var halves = [UInt16](repeating: 0, count: count)
        rg_convert(RG_F32, RG_BF16, Int64(count), values, &halves)
        #expect(halves.allSatisfy { $0 == expected }, "\(level): \(String(halves[0], radix: 16))")
      }
    }
  }

  /// Every bf16 number survives conversion to f32 and back.
  @Test("Every bf16 number survives conversion to f32 and back")
  func roundTrip() {
    let all = (0...UInt16.max).map { $0 }
    onEachLevel { level in
      var wide = [Float](repeating: 0, count: all.count)
      rg_convert(RG_BF16, RG_F32, Int64(all.count), all, &wide)
      var back = [UInt16](repeating: 0, count: all.count)
      rg_convert(RG_F32, RG_BF16, Int64(all.count), wide, &back)
      for (before, after) in zip(all, back) where before != after {
        // A signalling NaN may come back quiet.
        #expect(before & 0x7FFF > 0x7F80 && after == before | 0x40, "\(level): \(before)")
      }
    }
  }

  /// The result is the nearest bf16: no neighbor is nearer.
  @Test("The result of rounding is the nearest bf16", arguments: [UInt64(4)])
  func nearest(seed: UInt64) {
    var random = RandomStream(seed: seed, "nearest")
    let values = (0..<4000).map { _ in
      let exponent = random.integer(in: -60...60)
      return Float(random.normal()) * Float(sign: .plus, exponent: exponent, significand: 1)
    }
    onEachLevel { level in
      var halves = [UInt16](repeating: 0, count: values.count)
      rg_convert(RG_F32, RG_BF16, Int64(values.count), values, &halves)
      for (value, half) in zip(values, halves) {
        let distance = abs(Double(widened(half)) - Double(value))
        for neighbor in [half - 1, half + 1] {
          #expect(
            distance <= abs(Double(widened(neighbor)) - Double(value)),
            "seed \(seed), \(level), \(value)")
        }
      }
    }
  }

  private func widened(_ half: UInt16) -> Float { Float(bitPattern: UInt32(half) << 16) }
}
