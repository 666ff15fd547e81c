import Crypto
import Foundation
import Gym
import JSON

/// The secret from which the puzzles of a sealed benchmark are generated: 256 bits in a file.
///
/// Each puzzle has its own seed, an HMAC-SHA-256 under the secret, so finding out one puzzle's seed
/// reveals nothing about the others.
public struct SecretSeed: Sendable {
  private static let format = "reasongym-secret-seed@1"
  private let key: SymmetricKey

  /// A new secret from the system's random number generator.
  public init() {
    key = SymmetricKey(size: .bits256)
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
    key = SymmetricKey(data: bytes)
  }

  /// Writes the secret to a new file that only its owner may read.
  ///
  /// - Throws: a `GymError` if the file already exists.
  public func write(to url: URL) throws {
    let digits = key.withUnsafeBytes { Hexadecimal.text($0) }
    try PrivateFile.write(
      ["format": .string(Self.format), "secret": .string(digits)], "the secret seed", to: url)
  }

  /// The seed of one puzzle.
  func seed(of index: Int, in split: String) -> UInt64 {
    let code = HMAC<SHA256>.authenticationCode(for: Data("\(split)/\(index)".utf8), using: key)
    return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
