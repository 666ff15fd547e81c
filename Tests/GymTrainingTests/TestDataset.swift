import Foundation
import Gym
import GymDatasets
import GymJSON
import GymRandomness

/// Small dataset folders in the released layout, written by hand.
enum TestDataset {
  /// Writes splits of toy puzzles.
  ///
  /// - Parameters:
  ///   - groups: for each split the number of examples of each puzzle of each group.
  ///   - demonstrations: how many of each puzzle's examples are demonstrations; nil for none, and
  ///     puzzles without identifiers.
  static func write(
    _ splits: [String: [[Int]]], demonstrations: [Int]? = nil, to url: URL
  ) throws -> Dataset {
    for (name, groups) in splits {
      let folder = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let counts = groups.flatMap { $0 }
      let total = counts.reduce(0, +)
      var random = RandomStream(seed: 3, "puzzles of \(name)")
      let examples = (0..<total).map { _ in
        ToyTask().generate(GenerationRequest(), using: &random)
      }
      func write(_ array: String, _ type: String, _ shape: [Int], _ bytes: [UInt8]) throws {
        try npy(type, shape, bytes).write(to: folder.appendingPathComponent("all__\(array).npy"))
      }
      try write("inputs", "|u1", [total, 6], examples.flatMap(\.question))
      try write("labels", "|u1", [total, 6], examples.flatMap(\.answer))
      let identifiers = counts.indices.map { demonstrations == nil ? 0 : $0 + 1 }
      try write("puzzle_identifiers", "<i4", [counts.count], bytes(identifiers))
      if let demonstrations {
        try write("demonstrations", "<i4", [counts.count], bytes(demonstrations))
      }
      try write("puzzle_indices", "<i4", [counts.count + 1], bytes(sums(counts)))
      try write("group_indices", "<i4", [groups.count + 1], bytes(sums(groups.map(\.count))))
      try write(
        "ratings", "<f4", [total],
        (0..<total).flatMap { index in
          withUnsafeBytes(of: Float(index % 3).bitPattern.littleEndian, Array.init)
        })
      let header: JSON = [
        "pad_id": 0, "ignore_label_id": 0, "blank_identifier_id": 0, "vocab_size": 5, "seq_len": 6,
        "num_puzzle_identifiers": JSON((identifiers.max() ?? 0) + 1),
        "total_groups": JSON(groups.count),
        "mean_puzzle_examples": .number(Double(total) / Double(counts.count)), "sets": ["all"],
      ]
      try header.write(to: folder.appendingPathComponent("dataset.json"))
    }
    return try Dataset(url)
  }

  /// Removes the right answer of a split's last example.
  static func forgetLastAnswer(of split: String, in data: Dataset) throws -> Dataset {
    let file = data.url.appendingPathComponent("\(split)/all__labels.npy")
    var bytes = try Data(contentsOf: file)
    bytes.replaceSubrange(bytes.count - 6..<bytes.count, with: Data(count: 6))
    try bytes.write(to: file)
    return try Dataset(data.url)
  }

  private static func sums(_ counts: [Int]) -> [Int] {
    counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }

  private static func bytes(_ values: [Int]) -> [UInt8] {
    values.flatMap { withUnsafeBytes(of: Int32($0).littleEndian, Array.init) }
  }

  private static func npy(_ type: String, _ shape: [Int], _ bytes: [UInt8]) -> Data {
    let extents = shape.map { "\($0)," }.joined()
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let length = UInt16(header.utf8.count)
    return Data([0x93] + "NUMPY".utf8 + [1, 0, UInt8(length & 255), UInt8(length >> 8)])
      + Data(header.utf8) + Data(bytes)
  }
}
