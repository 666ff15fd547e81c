import ARC
import Foundation
import Gym
import GymDatasets
import GymSafeTensors
import GymTensors

extension Reader {
  static let npy = Reader(name: "npy") {
    try parts.filter { $0.path.hasSuffix("npy") }.map(\.bytes)
  } read: { bytes in
    let array = try NpyArray(file("array.npy", bytes))
    try expect(array.count >= 0 && array.count <= bytes.count, "more elements than bytes")
  }

  /// A file of a dataset, which the first byte chooses, is replaced.
  static let dataset = Reader(name: "dataset") {
    try parts.enumerated().map { [UInt8($0)] + $1.bytes }
  } read: { bytes in
    let parts = try parts
    let part = parts[Int(bytes.first ?? 0) % parts.count]
    let place = "datasets/\(part.folder)"
    _ = try file("\(place)/\(part.path)", bytes.dropFirst())
    defer { _ = try? file("\(place)/\(part.path)", part.bytes) }
    for split in try Dataset(folder.appendingPathComponent(place)).splits {
      try split.checkTokens()
      for index in 0..<min(split.count, 100) {
        try expect(split.example(index).question.count == split.cells, "a question of another size")
        _ = split.identifier(ofExample: index)
      }
    }
  }

  static let safeTensors = Reader(name: "safetensors") {
    var content = SafeTensorsContent()
    content.add("a", integers: [1, 2, 3, 4, 5, 6], shape: [2, 3])
    content.add("b", doubles: [0.5], shape: [1])
    let url = try file("seed.safetensors", [])
    unlink(url.path)
    try content.write(to: url)
    return [Array(try Data(contentsOf: url))]
  } read: { bytes in
    let opened = try SafeTensorsFile(contentsOf: file("weights.safetensors", bytes))
    for name in opened.names {
      let entry = try opened.entry(name)
      try expect(entry.count == entry.shape.reduce(1, *), "a shape of another size")
      let reads: [() throws -> Int] = [
        { try opened.floats(name).count }, { try opened.integers(name).count },
      ]
      for read in reads {
        do {
          try expect(read() == entry.count, "another number of elements")
        } catch let error where Self.isRefusal(error) {
          continue  // It has another type.
        }
      }
    }
  }

  private struct Part: Sendable {
    let folder: String
    let path: String
    let bytes: [UInt8]
  }

  /// The files of two datasets, without and with identities; made once.
  private static var parts: [Part] { get throws { try datasets.get() } }

  private static let datasets = Result<[Part], any Error> {
    let root = folder.appendingPathComponent("datasets")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    var arc = Settings(ARC.settings)
    try arc.set("max-size", to: "10")
    let tasks: [(String, any Task)] = [("plain", small), ("named", try ARC(settings: arc))]
    var parts: [Part] = []
    for (name, task) in tasks {
      let url = root.appendingPathComponent(name)
      _ = try DatasetGenerator(counts: ["train": 2], seed: 1)
        .generate(task, to: url, control: WorkControl(workers: 1))
      for path in try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted() {
        let file = url.appendingPathComponent(path)
        guard ["npy", "json"].contains(file.pathExtension) else { continue }
        parts.append(Part(folder: name, path: path, bytes: Array(try Data(contentsOf: file))))
      }
    }
    return parts
  }
}
