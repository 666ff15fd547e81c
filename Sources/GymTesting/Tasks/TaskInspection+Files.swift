import Foundation
import Gym
import Randomness

extension TaskInspection {
  /// Reads puzzles from a temporary file, which is removed afterwards.
  func puzzles(inFile bytes: [UInt8], as format: SourceFormat) throws -> [Puzzle] {
    let folder = FileManager.default.temporaryDirectory
    let url = folder.appendingPathComponent("conformance-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    // If removing it fails, it is still in the system's temporary folder.
    defer { try? FileManager.default.removeItem(at: url) }
    var puzzles: [Puzzle] = []
    try task.readPuzzles(from: PuzzleSource(url, format: format)) { puzzles.append($0) }
    return puzzles
  }

  /// Bytes with a few random edits.
  static func damaged(_ bytes: [UInt8], using random: inout RandomStream) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(4) where !bytes.isEmpty {
      let start = random.below(bytes.count)
      let end = min(bytes.count, start + 1 + random.below(40))
      switch random.below(6) {
      case 0: bytes[start] = UInt8(random.below(256))
      case 1: bytes[start] ^= 1 << random.below(8)
      case 2: bytes.removeSubrange(start..<end)
      case 3: bytes.insert(contentsOf: Array(bytes[start..<end]), at: random.below(bytes.count))
      case 4: bytes.removeSubrange(start...)
      default:
        let special = Array(",\"\n\r\0\t ".utf8) + [0xFF, 0xC3]
        bytes.insert(special[random.below(special.count)], at: start)
      }
    }
    return bytes
  }
}
