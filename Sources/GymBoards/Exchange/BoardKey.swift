import Foundation
import Gym
import GymJSON

/// The key with which a board signs exported entries (Ed25519, RFC 8032).
public struct BoardKey: Sendable {
  private static let format = "reasongym-key@1"
  private let key: SigningKey

  /// A new key from the system's random number generator.
  ///
  /// - Throws: a `GymError` if OpenSSL is missing.
  public init() throws {
    key = try SigningKey()
  }

  /// Reads a key file.
  ///
  /// - Throws: a `GymError` or `JSONError` if the file does not contain a key.
  public init(contentsOf url: URL) throws {
    let json = try JSON(contentsOf: url, limits: JSON.Limits(depth: 2, bytes: 4096))
    guard json["format"]?.string == Self.format,
      let bytes = json["private"]?.string.flatMap(Hexadecimal.bytes), bytes.count == 32
    else {
      throw GymError(
        "this is not a key", at: url.path, remedy: "Make one by `reasongym leaderboard key`")
    }
    key = try SigningKey(bytes)
  }

  /// Writes the key to a new file that only its owner may read.
  ///
  /// - Throws: a `GymError` if the file already exists.
  public func write(to url: URL) throws {
    let json: JSON = [
      "format": .string(Self.format), "public": .string(publicKey),
      "private": .string(Hexadecimal.text(key.privateBytes)),
    ]
    try PrivateFile.write(json, "the key", to: url)
  }

  /// The public half, in hexadecimal, which others need to verify a signature.
  public var publicKey: String { Hexadecimal.text(key.publicBytes) }

  /// The signature of a text, in hexadecimal.
  package func signature(of text: String) throws -> String {
    Hexadecimal.text(try key.signature(of: Array(text.utf8)))
  }

  /// Whether a signature for a text was made with the key of a public key.
  static func isValid(_ signature: String, of text: String, by publicKey: String) throws -> Bool {
    guard let key = Hexadecimal.bytes(publicKey),
      let bytes = Hexadecimal.bytes(signature)
    else { return false }
    return try SigningKey.isValid(bytes, of: Array(text.utf8), by: key)
  }
}
