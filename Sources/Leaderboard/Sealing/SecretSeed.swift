import Foundation
import Gym
import JSON

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
