import CGymTensorKernels
import Foundation
import GymRandomness
import GymTensors
import Testing

@Suite struct KernelAttentionTests {
  /// Lengths and head sizes, odd ones among them; several tiles of queries at 81 and more. Beside
  /// whole tiles of AMX (16 rows, 32 numbers) there are those that end after a part of one.
  private static let cases: [(length: Int, headSize: Int)] = [
    (1, 2), (1, 64), (5, 2), (5, 6), (5, 16), (7, 8), (7, 66), (16, 32), (17, 2), (17, 32),
    (17, 66), (81, 8), (81, 32), (82, 6), (82, 64), (89, 2), (89, 32), (89, 66), (130, 8),
    (130, 64), (150, 16), (150, 32), (290, 6),
  ]

  @Test(
    "Attention and its gradient match the reference", arguments: 0..<cases.count, [true, false])
  func matchesReference(index: Int, rotates: Bool) {
    let (length, headSize) = Self.cases[index]
    var random = RandomStream(seed: UInt64(index), "attention")
    let shape = Reference.AttentionShape(batch: 2, length: length, heads: 2, headSize: headSize)
    let width = 2 * headSize
    let angles = random.doubles(length * headSize / 2)
    let cosine = KernelNumbers(angles.map { Float(cos($0)) })
    let sine = KernelNumbers(angles.map { Float(sin($0)) })
    let rotary = rotates ? (cosine.doubles, sine.doubles) : nil
    for (type, tolerance) in storageTypes {
      let qkv = KernelNumbers(random.floats(2 * length * 3 * width, scale: 1.5), type)
      let dy = KernelNumbers(random.floats(2 * length * width), type)
      let expected = Reference.attention(qkv.doubles, shape, rotary: rotary)
      let slopes = Reference.attentionGradient(
        qkv.doubles, shape, rotary: rotary, dy: dy.doubles)
      onEachLevel { level in
        let note = "seed \(index), \(level), type \(type.rawValue), \(length) × \(headSize)"
        let out = KernelNumbers(unset: 2 * length * width, type)
        let logSums = KernelNumbers(unset: 2 * 2 * length)
        let gradient = KernelNumbers(unset: 2 * length * 3 * width, type)
        let tables = rotates ? (cosine.floats, sine.floats) : (nil, nil)
        rg_attention(
          type, 2, Int64(length), 2, Int64(headSize), qkv.address, tables.0, tables.1,
          out.address, logSums.floats)
        expectClose(out, expected.out, tolerance, note)
        // Scores of factors in bf16, if the level multiplies them in bf16, carry their roundings.
        let isRounded = type == RG_BF16 && ["avx512bf16", "amx"].contains(level)
        expectClose(logSums, expected.logSums, isRounded ? tolerance : 1e-5, note)
        rg_attention_backward(
          type, 2, Int64(length), 2, Int64(headSize), qkv.address, tables.0, tables.1,
          logSums.floats, dy.address, gradient.address)
        expectClose(gradient, slopes, isRounded ? 2 * tolerance : tolerance, note)
        // Without log-sums the result is the same.
        let again = KernelNumbers(unset: 2 * length * width, type)
        rg_attention(
          type, 2, Int64(length), 2, Int64(headSize), qkv.address, tables.0, tables.1,
          again.address, nil)
        #expect(again.values == out.values, "\(note)")
      }
    }
  }

  /// Scores far from 0 neither overflow nor lose the greatest.
  @Test("Large scores neither overflow nor lose the maximum")
  func largeScores() {
    let (length, headSize) = (9, 4)
    var random = RandomStream(seed: 9, "large scores")
    let shape = Reference.AttentionShape(batch: 1, length: length, heads: 1, headSize: headSize)
    let qkv = KernelNumbers(random.floats(length * 3 * headSize, scale: 40))
    let expected = Reference.attention(qkv.doubles, shape, rotary: nil)
    onEachLevel { level in
      let out = KernelNumbers(unset: length * headSize)
      rg_attention(
        RG_F32, 1, Int64(length), 1, Int64(headSize), qkv.address, nil, nil, out.address, nil)
      // Scores of some thousands carry f32 roundings of about 2e-4.
      expectClose(out, expected.out, 2e-3, level)
    }
  }

  /// With scores in the millions and beyond, f32 can no longer distinguish the log-sums;
  /// probabilities stay at most 1, and gradients finite.
  @Test("Scores beyond the precision of f32 stay finite", arguments: [Float(20_000), 1e12])
  func hugeScoresStayFinite(scale: Float) {
    let (length, headSize) = (9, 4)
    var random = RandomStream(seed: 11, "huge scores")
    for type in [RG_F32, RG_BF16] {
      let qkv = KernelNumbers(random.floats(length * 3 * headSize, scale: scale), type)
      let dy = KernelNumbers(random.floats(length * headSize), type)
      onEachLevel { level in
        let out = KernelNumbers(unset: length * headSize, type)
        let logSums = KernelNumbers(unset: length)
        let gradient = KernelNumbers(unset: length * 3 * headSize, type)
        rg_attention(
          type, 1, Int64(length), 1, Int64(headSize), qkv.address, nil, nil, out.address,
          logSums.floats)
        rg_attention_backward(
          type, 1, Int64(length), 1, Int64(headSize), qkv.address, nil, nil,
          logSums.floats, dy.address, gradient.address)
        let greatest = 1.01 * qkv.values.map(abs).max()!
        let isBounded = out.values.allSatisfy { abs($0) <= greatest }
        #expect(isBounded, "seed 11, \(level), \(type.rawValue)")
        let isFinite = gradient.values.allSatisfy(\.isFinite)
        #expect(isFinite, "seed 11, \(level), \(type.rawValue)")
      }
    }
  }

  @Test("NaN propagates through attention")
  func notANumberPropagates() {
    let (length, headSize) = (20, 8)
    var values = RandomStream(seed: 10, "nan").copyOfFloats(length * 3 * headSize)
    values[2 * headSize + 3] = .nan  // in v of position 0
    values[5 * 3 * headSize] = .nan  // in q of position 5
    for type in [RG_F32, RG_BF16] {
      let qkv = KernelNumbers(values, type)
      onEachLevel { level in
        let out = KernelNumbers([Float](repeating: 0, count: length * headSize), type)
        rg_attention(
          type, 1, Int64(length), 1, Int64(headSize), qkv.address, nil, nil, out.address, nil)
        let result = out.values
        for position in 0..<length {
          let note = "\(level), type \(type.rawValue), \(position)"
          #expect(result[position * headSize + 3].isNaN, "\(note)")
          #expect(result[position * headSize].isNaN == (position == 5), "\(note)")
        }
      }
    }
  }
}

extension RandomStream {
  fileprivate func copyOfFloats(_ count: Int) -> [Float] {
    var copy = self
    return copy.floats(count)
  }
}
