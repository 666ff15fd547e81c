import Foundation
import Gym
import GymDatasets
import GymJSON
import GymRandomness
import GymTestSupport
import Testing

/// Damaged files are read, or refused with an error that names the file; nothing traps or hangs.
/// `LOADER_FUZZ` sets how many for each loader.
@Suite struct LoaderFuzzTests {
  private static let count =
    ProcessInfo.processInfo.environment["LOADER_FUZZ"].flatMap(Int.init) ?? 300

  @Test(
    "Mutated text files are read or rejected, never a crash",
    arguments: [SourceFormat.csv, .lines, .jsonLines, .textGrid])
  func textFiles(format: SourceFormat) throws {
    let (scratch, task) = (try TemporaryFolder(), try Toy())
    let text =
      switch format {
      case .csv:
        "source,question,answer,rating,puzzle,demonstration\n\"a,b\",abcdefabcdef,,1.5,p,yes\n"
          + "x,ab.defab.def,abcdefabcdef,2,p,\n,abcdefabcdef,,,,no\n"
      case .lines: "# remark\nabcdefabcdef\nab.defab.def\n\nabcdefabcdef\n"
      case .jsonLines:
        #"{"question":"abcdefabcdef","answer":"abcdefabcdef","rating":2,"puzzle":"p"}"# + "\n"
          + #"{"question":"ab.defab.def","puzzle":"p","demonstration":true,"source":"s"}"# + "\n"
      default: "abcdef\nabcdef\n\nab.def\nab.def\n"
      }
    try damage(Array(text.utf8), "\(format)") { bytes, number in
      let file = scratch["damaged.txt"]
      try write(bytes, to: file)
      do {
        try task.readPuzzles(from: PuzzleSource(file, format: format)) { puzzle in
          if puzzle.examples.contains(where: { $0.question.count != 12 }) {
            Issue.record("a question of another size, number \(number)")
          }
        }
        return true
      } catch {
        if !"\(error)".contains("damaged.txt:"), !bytes.isEmpty {
          Issue.record("number \(number): \(error)")
        }
        return false
      }
    }
  }

  @Test(
    "Mutated dataset folders are read or rejected, never a crash",
    arguments: [
      "train/all__inputs.npy", "train/all__puzzle_indices.npy", "train/dataset.json",
      "manifest.json", "identifiers.json",
    ])
  func folders(path: String) throws {
    let (scratch, task) = (try TemporaryFolder(), try Toy())
    _ = try DatasetGenerator(counts: ["train": 6], seed: 1).generate(
      task, to: scratch["d"], control: .workers(1))
    let file = scratch["d"].appendingPathComponent(path)
    try damage(Array(Data(contentsOf: file)), path) { bytes, _ in
      try write(bytes, to: file)
      do {
        for split in try Dataset(scratch["d"]).splits { try split.checkTokens() }
        return true
      } catch is GymError {
        return false
      } catch is JSONError {
        return false
      }
    }
  }

  /// Replaces a file; fast, since millions of files are written.
  private func write(_ bytes: [UInt8], to url: URL) throws {
    unlink(url.path)
    let file = try #require(fopen(url.path, "wb"))
    defer { fclose(file) }
    try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  private func damage(
    _ whole: [UInt8], _ name: String, _ isRead: ([UInt8], Int) throws -> Bool
  ) throws {
    var refused = 0
    for number in 0..<Self.count {
      var random = RandomStream(key: RandomKey(seed: 5, name), stream: UInt64(number))
      var bytes = whole
      for _ in 0...random.below(4) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        switch random.below(5) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
        case 3: bytes[place] = random.element(of: Array("[]{},:\"0159-.e \n\r".utf8)) ?? 0
        default: bytes.removeSubrange(place..<min(bytes.count, place + random.below(20)))
        }
      }
      if try !isRead(bytes, number) { refused += 1 }
    }
    #expect(refused > 0)
    print("\(name): \(refused) of \(Self.count) damaged files refused")
  }
}
