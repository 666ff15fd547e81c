import CGymTensorKernels
import GymRandomness
import Testing

/// The attention of a head depends only on that head: not on the rest of the call, nor on how calls
/// share the heads, nor on the contents of scratch memory from an earlier call.
@Suite struct KernelAttentionPartTests {
  private static let batch = 3
  private static let heads = 2
  private static let shapes: [(length: Int, headSize: Int)] = [
    (1, 2), (7, 8), (17, 66), (33, 6), (81, 32), (89, 32), (130, 64),
  ]

  /// The numbers of one call.
  private struct Call {
    let type: rg_type
    let batch: Int
    let length: Int
    let headSize: Int
    let heads = KernelAttentionPartTests.heads
    let qkv: KernelNumbers
    let dy: KernelNumbers

    func out(heads range: Range<Int>? = nil) -> (out: [Float], logSums: [Float]) {
      let range = range ?? 0..<batch * heads
      let out = KernelNumbers(unset: batch * length * heads * headSize, type)
      let logSums = KernelNumbers(unset: batch * length * heads)
      rg_attention_part(
        type, Int64(range.lowerBound), Int64(range.upperBound), Int64(length), Int64(heads),
        Int64(headSize), qkv.address, nil, nil, out.address, logSums.floats)
      return (out.values, logSums.values)
    }

    func gradient() -> [Float] {
      let logSums = KernelNumbers(out().logSums)
      let result = KernelNumbers(unset: qkv.count, type)
      rg_attention_backward(
        type, Int64(batch), Int64(length), Int64(heads), Int64(headSize), qkv.address, nil, nil,
        logSums.floats, dy.address, result.address)
      return result.values
    }
  }

  private static func call(_ index: Int, _ type: rg_type) -> Call {
    let (length, headSize) = shapes[index]
    var random = RandomStream(seed: UInt64(index), "parts of attention")
    let count = batch * length * heads * headSize
    return Call(
      type: type, batch: batch, length: length, headSize: headSize,
      qkv: KernelNumbers(random.floats(3 * count), type),
      dy: KernelNumbers(random.floats(count), type))
  }

  @Test("Attention does not mix sequences", arguments: 0..<shapes.count)
  func sequencesDoNotMeet(index: Int) {
    for type in [RG_F32, RG_BF16] {
      let whole = Self.call(index, type)
      let (qkv, dy) = (whole.qkv.values, whole.dy.values)
      onEachLevel { level in
        let (out, gradient) = (whole.out().out, whole.gradient())
        for sequence in 0..<Self.batch {
          let note = "seed \(index), \(level), type \(type.rawValue), sequence \(sequence)"
          func part(_ all: [Float]) -> [Float] {
            let count = all.count / Self.batch
            return Array(all[sequence * count..<(sequence + 1) * count])
          }
          let alone = Call(
            type: type, batch: 1, length: whole.length, headSize: whole.headSize,
            qkv: KernelNumbers(part(qkv), type), dy: KernelNumbers(part(dy), type))
          #expect(alone.out().out == part(out), "\(note)")
          #expect(alone.gradient() == part(gradient), "\(note)")
        }
      }
    }
  }

  @Test("Heads may be divided over threads in any way", arguments: 0..<shapes.count)
  func headsAreSharedFreely(index: Int) {
    for type in [RG_F32, RG_BF16] {
      let call = Self.call(index, type)
      onEachLevel { level in
        let note = "seed \(index), \(level), type \(type.rawValue)"
        let whole = call.out()
        var out = [Float](repeating: .nan, count: whole.out.count)
        var logSums = [Float](repeating: .nan, count: whole.logSums.count)
        for part in [0..<1, 1..<4, 4..<6] {
          let result = call.out(heads: part)
          for (place, value) in result.out.enumerated() where !value.isNaN { out[place] = value }
          for (place, value) in result.logSums.enumerated() where !value.isNaN {
            logSums[place] = value
          }
        }
        #expect(out == whole.out, "\(note)")
        #expect(logSums == whole.logSums, "\(note)")
      }
    }
  }

  /// Scratch memory full of NaN changes nothing: values after the ends of rows are not used.
  @Test("Values after the ends of rows are not used", arguments: 0..<shapes.count)
  func leftoversHaveNoPart(index: Int) {
    for type in [RG_F32, RG_BF16] {
      let call = Self.call(index, type)
      let count = 200 * 128
      let spoiler = Call(
        type: type, batch: 1, length: 200, headSize: 64,
        qkv: KernelNumbers([Float](repeating: .nan, count: 3 * count), type),
        dy: KernelNumbers([Float](repeating: .nan, count: count), type))
      onEachLevel { level in
        let note = "seed \(index), \(level), type \(type.rawValue)"
        let (out, gradient) = (call.out(), call.gradient())
        #expect(out.out.allSatisfy(\.isFinite) && gradient.allSatisfy(\.isFinite), "\(note)")
        _ = spoiler.gradient()
        let again = call.out()
        #expect(again == out, "\(note)")
        _ = spoiler.gradient()
        #expect(call.gradient() == gradient, "\(note)")
      }
    }
  }
}
