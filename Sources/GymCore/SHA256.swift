import Foundation

#if canImport(CryptoKit)
  import CryptoKit
#endif

/// SHA-256 (FIPS 180-4) of bytes that come in parts: OpenSSL's, or CryptoKit's on Apple's systems.
package struct SHA256: Sendable {
  #if canImport(CryptoKit)
    private var hasher = CryptoKit.SHA256()

    /// The hash of nothing yet.
    package init() throws {}

    /// Appends bytes.
    package mutating func update(_ bytes: some ContiguousBytes) {
      bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    }

    /// The hash of all bytes so far: 32 bytes.
    package func finalize() -> [UInt8] { Array(hasher.finalize()) }
  #else
    private let library: Libcrypto
    private var state = Libcrypto.HashState()

    /// The hash of nothing yet.
    ///
    /// - Throws: a `GymError` if the library is missing.
    package init() throws {
      library = try Libcrypto.loaded.get()
      _ = library.beginHash(&state)
    }

    /// Appends bytes.
    package mutating func update(_ bytes: some ContiguousBytes) {
      bytes.withUnsafeBytes { _ = library.updateHash(&state, $0.baseAddress, $0.count) }
    }

    /// The hash of all bytes so far: 32 bytes.
    package func finalize() -> [UInt8] {
      var (digest, state) = ([UInt8](repeating: 0, count: 32), state)
      _ = library.finishHash(&digest, &state)
      return digest
    }
  #endif
}

extension SHA256 {
  /// The hash of bytes.
  package static func hash(_ bytes: some ContiguousBytes) throws -> [UInt8] {
    var hasher = try SHA256()
    hasher.update(bytes)
    return hasher.finalize()
  }

  /// The authentication code HMAC-SHA-256 (RFC 2104) of a message.
  ///
  /// - Precondition: the key has at most 64 bytes.
  package static func authenticationCode(of message: [UInt8], key: [UInt8]) throws -> [UInt8] {
    precondition(key.count <= 64, "a key of more than a block")
    let key = key + [UInt8](repeating: 0, count: 64 - key.count)
    let inner = try hash(key.map { $0 ^ 0x36 } + message)
    return try hash(key.map { $0 ^ 0x5C } + inner)
  }
}
