import Crypto
import Foundation
import Gym
import JSON

/// The key with which a board signs exported entries (Ed25519, RFC 8032).
public struct BoardKey: Sendable {
  private static let format = "reasongym-key@1"
  private let key: Curve25519.Signing.PrivateKey

  /// A new key from the system's random number generator.
  public init() {
    key = Curve25519.Signing.PrivateKey()
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
    key = try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
  }

  /// Writes the key to a new file that only its owner may read.
  ///
  /// - Throws: a `GymError` if the file already exists.
  public func write(to url: URL) throws {
    let json: JSON = [
      "format": .string(Self.format), "public": .string(publicKey),
      "private": .string(Hexadecimal.text(key.rawRepresentation)),
    ]
    try PrivateFile.write(json, "the key", to: url)
  }

  /// The public half, in hexadecimal, which others need to verify a signature.
  public var publicKey: String { Hexadecimal.text(key.publicKey.rawRepresentation) }

  /// The signature of a text, in hexadecimal.
  func signature(of text: String) throws -> String {
    Hexadecimal.text(try key.signature(for: Data(text.utf8)))
  }

  /// Whether a signature for a text was made with the key of a public key.
  static func isValid(_ signature: String, of text: String, by publicKey: String) -> Bool {
    guard let key = Hexadecimal.bytes(publicKey),
      let bytes = Hexadecimal.bytes(signature),
      let verifier = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
    else { return false }
    return verifier.isValidSignature(bytes, for: Data(text.utf8))
  }
}
