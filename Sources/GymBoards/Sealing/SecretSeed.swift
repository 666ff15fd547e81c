import Foundation
import Gym
import GymDatasets
import GymJSON

/// The secret from which the puzzles of a sealed benchmark are generated: 256 bits in a file.
///
/// Each puzzle has its own seed, an HMAC-SHA-256 under the secret, so finding out one puzzle's seed
/// reveals nothing about the others.
public struct SecretSeed: Sendable {
  private static let format = "reasongym-secret-seed@1"
  private let key: [UInt8]

  /// A new secret from the system's random number generator.
  public init() {
    var random = SystemRandomNumberGenerator()
    key = (0..<32).map { _ in random.next() }
  }

  /// Reads a secret's file.
  ///
  /// - Throws: a `GymError` or `JSONError` if the file does not contain one.
  public init(contentsOf url: URL) throws {
    let json = try JSON(contentsOf: url, limits: JSON.Limits(depth: 2, bytes: 4096))
    guard json["format"]?.string == Self.format,
      let bytes = json["secret"]?.string.flatMap(Hexadecimal.bytes), bytes.count == 32
    else {
      throw GymError(
        "this is not a secret seed", at: url.path,
        remedy: "`reasongym leaderboard create --generate` makes one")
    }
    key = bytes
  }

  /// Writes the secret to a new file that only its owner may read.
  ///
  /// - Throws: a `GymError` if the file already exists.
  public func write(to url: URL) throws {
    let digits = Hexadecimal.text(key)
    try PrivateFile.write(
      ["format": .string(Self.format), "secret": .string(digits)], "the secret seed", to: url)
  }

  /// The seed of one puzzle.
  func seed(of index: Int, in split: String) throws -> UInt64 {
    let code = try SHA256.authenticationCode(of: Array("\(split)/\(index)".utf8), key: key)
    return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// The puzzles of a sealed benchmark with their answers, regenerated from its secret seed.
package struct SealedPuzzles: Sendable {
  private let make: @Sendable (Int) throws -> Puzzle

  /// The puzzles that a task generates from a secret.
  package init(of task: some Task, split: String, seed: SecretSeed) {
    make = { index in
      try ItemGenerator(task, seed: seed.seed(of: index, in: split), split: split).item(0)
    }
  }

  /// A puzzle with its answer and rating.
  ///
  /// - Throws: a `GymError` if the task does not generate puzzles with exactly one question.
  package func example(_ index: Int) throws -> Example {
    let puzzle = try GymError.located("puzzle \(index)") { try make(index) }
    guard puzzle.demonstrations.isEmpty, puzzle.examples.count == 1 else {
      throw GymError(
        "the task makes puzzles of several questions or with demonstrations",
        expected: "one question per puzzle",
        remedy: "Generate a dataset, and add it with --held-back")
    }
    return puzzle.examples[0]
  }

  /// The puzzle with a known question, with its answer.
  ///
  /// - Throws: a `GymError` if the seed gives another question.
  package func example(_ index: Int, asking question: [UInt8]) throws -> Example {
    let example = try example(index)
    guard example.question == question else {
      throw GymError(
        "another puzzle comes of this secret seed", at: "puzzle \(index)",
        expected: "the seed that the benchmark was made from")
    }
    return example
  }
}

/// Files with secrets.
enum PrivateFile {
  /// Writes JSON to a new file that only its owner may read.
  ///
  /// - Parameter what: its content, for messages: "the key".
  /// - Throws: a `GymError` if the file already exists or cannot be created.
  static func write(_ json: JSON, _ what: String, to url: URL) throws {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      guard errno == EEXIST else {
        throw GymError.unwritten(url.path, SystemFault(), "\(what) cannot be written")
      }
      throw GymError("\(what) cannot be written: \(SystemFault().reason)", at: url.path)
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(json.bytes(.pretty) + [0x0A]))
      try handle.synchronize()
      try handle.close()
    } catch {
      // A partial secret is useless, and would block the next attempt.
      unlink(url.path)
      throw GymError.unwritten(url.path, error, "\(what) cannot be written")
    }
  }
}
