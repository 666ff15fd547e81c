import CGymTensorKernels
import GymRandomness
import Testing

/// Memory for a kernel: numbers in a storage type, with a guard behind them that must stay.
///
/// Hold it in a variable of its own: an array of these may end, and free them, while a kernel
/// still works on an address.
final class KernelNumbers {
  let type: rg_type
  let count: Int
  let address: UnsafeMutableRawPointer
  private static let guardBytes = 64
  private var size: Int { count * (type == RG_F32 ? 4 : 2) }

  init(_ values: [Float], _ type: rg_type = RG_F32) {
    self.type = type
    count = values.count
    let size = values.count * (type == RG_F32 ? 4 : 2)
    address = .allocate(byteCount: size + Self.guardBytes, alignment: 64)
    (address + size).initializeMemory(as: UInt8.self, repeating: 0xA5, count: Self.guardBytes)
    rg_convert(RG_F32, type, Int64(count), values, address)
  }

  /// `count` numbers that a kernel has to write: NaN, so that a missing one is seen.
  convenience init(unset count: Int, _ type: rg_type = RG_F32) {
    self.init([Float](repeating: .nan, count: count), type)
  }

  deinit { address.deallocate() }

  var floats: UnsafeMutablePointer<Float> { address.assumingMemoryBound(to: Float.self) }

  /// The numbers as stored.
  var values: [Float] {
    var result = [Float](repeating: 0, count: count)
    rg_convert(type, RG_F32, Int64(count), address, &result)
    return result
  }

  var doubles: [Double] { values.map(Double.init) }

  var guardIsWhole: Bool {
    (size..<size + Self.guardBytes).allSatisfy {
      address.load(fromByteOffset: $0, as: UInt8.self) == 0xA5
    }
  }
}

/// The levels of vector instructions that this processor has, each set for the thread while
/// `body` runs.
func onEachLevel(_ body: (String) throws -> Void) rethrows {
  defer { rg_set_isa(nil) }
  var levels = 0
  for level in ["baseline", "neon", "avx2", "avx512", "avx512bf16", "amx"] where rg_set_isa(level) {
    levels += 1
    try body(level)
  }
  #expect(levels > 0)
}

/// Both storage types with the error that each allows, relative to the greatest number: some tens
/// of roundings in f32 (2⁻²⁴ each), one or two in bf16 (2⁻⁹ each).
let storageTypes: [(type: rg_type, tolerance: Double)] = [(RG_F32, 1e-5), (RG_BF16, 1e-2)]

extension RandomStream {
  /// Normal numbers.
  mutating func floats(_ count: Int, scale: Float = 1) -> [Float] {
    (0..<count).map { _ in Float(normal()) * scale }
  }

  mutating func doubles(_ count: Int) -> [Double] { (0..<count).map { _ in normal() } }
}

/// Expects equal numbers up to `tolerance` times the greatest expected one.
func expectClose(
  _ actual: KernelNumbers, _ expected: [Double], _ tolerance: Double, _ note: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.guardIsWhole, "\(note): written past the end", sourceLocation: sourceLocation)
  expectClose(
    actual.doubles, expected, tolerance, note, sourceLocation: sourceLocation)
}

func expectClose(
  _ actual: [Double], _ expected: [Double], _ tolerance: Double, _ note: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record("\(note): \(actual.count) numbers for \(expected.count)")
    return
  }
  let greatest = max(expected.map(abs).max() ?? 0, 1e-30)
  for (index, pair) in zip(actual, expected).enumerated() {
    let error = abs(pair.0 - pair.1) / greatest
    if !(error <= tolerance) {
      Issue.record(
        "\(note): [\(index)] is \(pair.0), not \(pair.1): error \(error) > \(tolerance)",
        sourceLocation: sourceLocation)
      return
    }
  }
}
