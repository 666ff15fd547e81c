import Foundation
import Testing

/// Numbers that an independent PyTorch version of a model gave: Fixtures/NAME.
enum RecordedNumbers {
  /// The folder of a model's recording.
  static func folder(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)")
  }

  /// Expects numbers that differ by at most 1e-4 of the largest recorded one.
  static func expectEqual(
    _ ours: [some BinaryFloatingPoint], _ theirs: [Double], _ note: String
  ) {
    let scale = theirs.reduce(0) { max($0, abs($1)) }
    let differences = zip(ours, theirs).map { abs(Double($0) - $1) }
    #expect(ours.count == theirs.count, "\(note)")
    // One by one: a maximum would pass over what is not a number.
    #expect(
      differences.allSatisfy { $0 <= 1e-4 * scale },
      "\(note): \(differences.max() ?? 0) of \(scale)")
  }
}
