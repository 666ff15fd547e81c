import Gym
import GymJSON

/// A chunk of puzzles after a worker has prepared them, in a form that ranks can send each other.
struct PreparedPuzzles: Sendable {
  let split: String
  var training, held: ExampleBatch
  /// The number of questions whose right answers are not known.
  var unknown = 0
  /// Why puzzles were left out.
  var leftOut: [String] = []

  init(split: String, _ batches: (training: ExampleBatch, held: ExampleBatch)) {
    self.split = split
    (training, held) = batches
  }

  init(_ bytes: [UInt8]) throws {
    var reader = ByteReader(bytes)
    let header = try JSON(parsing: reader.numbers())
    split = header["split"]?.string ?? ""
    unknown = header["unknown"]?.integer ?? 0
    leftOut = header["leftOut"]?.array?.compactMap(\.string) ?? []
    training = try ExampleBatch(header["training"] ?? .null, &reader)
    held = try ExampleBatch(header["held"] ?? .null, &reader)
  }

  func bytes() throws -> [UInt8] {
    let header: JSON = [
      "split": .string(split), "unknown": JSON(unknown),
      "leftOut": .array(leftOut.map { .string($0) }),
      "training": training.header, "held": held.header,
    ]
    var bytes: [UInt8] = []
    bytes.append(numbers: try header.bytes())
    training.write(to: &bytes)
    held.write(to: &bytes)
    return bytes
  }
}

extension ExampleBatch {
  /// The parts that are not numbers alone.
  fileprivate var header: JSON {
    let names = puzzles.map { $0.name.map { JSON.string($0) } ?? .null }
    return [
      "names": names.contains { $0 != .null } ? .array(names) : .null,
      "sources": .array(sources.map { [.string($0.name), JSON($0.count)] }),
      "counts": counts.json,
    ]
  }

  fileprivate func write(to bytes: inout [UInt8]) {
    bytes.append(numbers: questions)
    bytes.append(numbers: labels)
    bytes.append(numbers: ratings)
    bytes.append(numbers: puzzles.map { Int32($0.examples) })
    bytes.append(numbers: puzzles.map { Int32($0.demonstrations) })
    bytes.append(numbers: groups.map { Int32($0) })
  }

  fileprivate init(_ header: JSON, _ reader: inout ByteReader) throws {
    self.init()
    let names = header["names"]?.array
    (questions, labels, ratings) = (reader.numbers(), reader.numbers(), reader.numbers())
    let (examples, demonstrations): ([Int32], [Int32]) = (reader.numbers(), reader.numbers())
    puzzles = examples.indices.map {
      (Int(examples[$0]), Int(demonstrations[$0]), names?[$0].string)
    }
    groups = reader.numbers().map { (count: Int32) in Int(count) }
    sources = (header["sources"]?.array ?? []).map {
      SourceRun(name: $0[0]?.string ?? "", count: $0[1]?.integer ?? 0)
    }
    counts = try CountHistograms(header["counts"] ?? .null)
  }
}

extension [UInt8] {
  /// Appends the number of some numbers, and the numbers as they are in memory.
  fileprivate mutating func append<Number: BitwiseCopyable>(numbers: [Number]) {
    Swift.withUnsafeBytes(of: numbers.count) { append(contentsOf: $0) }
    numbers.withUnsafeBytes { append(contentsOf: $0) }
  }
}

/// Reads the numbers that this program wrote on another rank.
private struct ByteReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func numbers<Number: BitwiseCopyable>() -> [Number] {
    let count = take(1)[0] as Int
    return take(count)
  }

  private mutating func take<Number: BitwiseCopyable>(_ count: Int) -> [Number] {
    let size = count * MemoryLayout<Number>.stride
    defer { place += size }
    return [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes[place..<place + size])
      initialized = count
    }
  }
}

/// Deals chunks to ranks in turn, on each of which it sees all of them. All ranks submit as many,
/// some of them empty, so that all exchange as often.
struct RankTurns {
  let ranks: Ranks
  private var number = 0
  private var hasFailed = false

  init(_ ranks: Ranks) { self.ranks = ranks }

  /// Submits a chunk if it is this rank's turn.
  mutating func take(_ chunk: PuzzleChunk, _ submit: (PuzzleChunk) throws -> Void) throws {
    if number % ranks.count == ranks.rank {
      hasFailed = true
      try submit(chunk)
      hasFailed = false
    }
    number += 1
  }

  /// Ends the round after the last chunk, unless what was submitted has failed.
  mutating func end(_ submit: (PuzzleChunk) throws -> Void) throws {
    while !hasFailed, number % ranks.count != 0 {
      try take(PuzzleChunk(split: "", path: ""), submit)
    }
  }
}

extension Ranks {
  /// The chunks of all ranks, in order, on rank 0; none on the others.
  func collected(_ own: PreparedPuzzles) throws -> [PreparedPuzzles] {
    guard areSeveral else { return [own] }
    return try collected(bytes: own.bytes()).map { try PreparedPuzzles($0) }
  }
}
