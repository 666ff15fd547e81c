import Foundation

#if canImport(CryptoKit)
  import CryptoKit
#endif

/// A key that signs by Ed25519 (RFC 8032): OpenSSL's, or CryptoKit's on Apple's systems.
package struct SigningKey: Sendable {
  /// The private half, 32 bytes.
  package let privateBytes: [UInt8]
  /// The public half, 32 bytes.
  package let publicBytes: [UInt8]

  /// A new key from the system's random number generator.
  package init() throws {
    var random = SystemRandomNumberGenerator()
    try self.init((0..<32).map { _ in random.next() })
  }

  #if canImport(CryptoKit)
    /// The key of a private half.
    package init(_ privateBytes: [UInt8]) throws {
      self.privateBytes = privateBytes
      publicBytes = try Array(
        Curve25519.Signing.PrivateKey(rawRepresentation: privateBytes).publicKey.rawRepresentation)
    }

    /// The signature of a message, 64 bytes; CryptoKit makes another one each time.
    package func signature(of message: [UInt8]) throws -> [UInt8] {
      try Array(
        Curve25519.Signing.PrivateKey(rawRepresentation: privateBytes).signature(for: message))
    }

    /// Whether a signature of a message was made with the key of a public half.
    package static func isValid(
      _ signature: [UInt8], of message: [UInt8], by publicBytes: [UInt8]
    ) throws -> Bool {
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicBytes)
      return key?.isValidSignature(signature, for: message) ?? false
    }
  #else
    /// The key of a private half.
    ///
    /// - Throws: a `GymError` if it does not have 32 bytes, or the library is missing.
    package init(_ privateBytes: [UInt8]) throws {
      self.privateBytes = privateBytes
      let library = try Libcrypto.loaded.get()
      publicBytes = try library.withKey(library.newPrivateKey, privateBytes) { key, _ in
        var (bytes, count) = ([UInt8](repeating: 0, count: 32), 32)
        return library.getPublicKey(key, &bytes, &count) == 1 ? bytes : nil
      }
    }

    /// The signature of a message, 64 bytes.
    package func signature(of message: [UInt8]) throws -> [UInt8] {
      let library = try Libcrypto.loaded.get()
      return try library.withKey(library.newPrivateKey, privateBytes) { key, context in
        var (bytes, count) = ([UInt8](repeating: 0, count: 64), 64)
        return library.prepareSigning(context, nil, nil, nil, key) == 1
          && library.sign(context, &bytes, &count, message, message.count) == 1 ? bytes : nil
      }
    }

    /// Whether a signature of a message was made with the key of a public half.
    package static func isValid(
      _ signature: [UInt8], of message: [UInt8], by publicBytes: [UInt8]
    ) throws -> Bool {
      guard publicBytes.count == 32 else { return false }
      let library = try Libcrypto.loaded.get()
      return try library.withKey(library.newPublicKey, publicBytes) { key, context in
        guard library.prepareVerifying(context, nil, nil, nil, key) == 1 else { return nil }
        return library.verify(context, signature, signature.count, message, message.count) == 1
      }
    }
  #endif
}

#if !canImport(CryptoKit)
  extension Libcrypto {
    /// The result of a function of an Ed25519 key and a context, which live as long as it runs.
    ///
    /// - Throws: a `GymError` if the bytes are not a key, or the function returns nil.
    fileprivate func withKey<Value>(
      _ make: NewKey, _ bytes: [UInt8], _ body: (OpaquePointer, OpaquePointer) -> Value?
    ) throws -> Value {
      let key = make(1087, nil, bytes, bytes.count)  // EVP_PKEY_ED25519
      let context = newContext()
      defer {
        freeContext(context)
        freeKey(key)
      }
      guard let key, let context, let value = body(key, context) else {
        throw GymError("OpenSSL does not take the key", expected: "32 bytes, and memory left")
      }
      return value
    }
  }
#endif
