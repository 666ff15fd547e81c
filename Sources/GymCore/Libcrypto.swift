#if !canImport(CryptoKit)
  import Foundation

  /// The functions of OpenSSL's libcrypto that the gym uses, found in the library when the program
  /// first needs one: nothing of it is compiled or linked, and no headers are needed.
  ///
  /// Swift's toolchain itself loads this library, through FoundationNetworking's libcurl.
  package final class Libcrypto: Sendable {
    typealias Bytes = UnsafePointer<UInt8>
    typealias Output = UnsafeMutablePointer<UInt8>
    /// Room for a hash in progress: SHA256_CTX has had 112 bytes since OpenSSL 0.9.8.
    typealias HashState = SIMD16<UInt64>
    typealias Begin = @Sendable @convention(c) (UnsafeMutableRawPointer) -> Int32
    typealias Update =
      @Sendable @convention(c) (
        UnsafeMutableRawPointer, UnsafeRawPointer?, Int
      ) -> Int32
    typealias Finish = @Sendable @convention(c) (Output, UnsafeMutableRawPointer) -> Int32
    typealias NewKey =
      @Sendable @convention(c) (Int32, OpaquePointer?, Bytes, Int) -> OpaquePointer?
    typealias PublicHalf =
      @Sendable @convention(c) (
        OpaquePointer, Output, UnsafeMutablePointer<Int>
      ) -> Int32
    typealias New = @Sendable @convention(c) () -> OpaquePointer?
    typealias Free = @Sendable @convention(c) (OpaquePointer?) -> Void
    typealias Prepare =
      @Sendable @convention(c) (
        OpaquePointer, OpaquePointer?, OpaquePointer?, OpaquePointer?, OpaquePointer
      ) -> Int32
    typealias Sign =
      @Sendable @convention(c) (
        OpaquePointer, Output, UnsafeMutablePointer<Int>, Bytes, Int
      ) -> Int32
    typealias Verify = @Sendable @convention(c) (OpaquePointer, Bytes, Int, Bytes, Int) -> Int32

    // OpenSSL 3 prefers EVP_Digest…, which needs memory of its own for every hash and may fail;
    // these work on plain bytes and cannot.
    let beginHash: Begin
    let updateHash: Update
    let finishHash: Finish
    let newPrivateKey, newPublicKey: NewKey
    let getPublicKey: PublicHalf
    let freeKey: Free
    let newContext: New
    let freeContext: Free
    let prepareSigning, prepareVerifying: Prepare
    let sign: Sign
    let verify: Verify

    /// The system's library, loaded once.
    static let loaded = Result { try Libcrypto(names: names) }

    static let names = ["libcrypto.so.3", "libcrypto.so.4", "libcrypto.so.1.1", "libcrypto.so"]

    /// Loads the first library that is there.
    ///
    /// - Throws: a `GymError` if there is none, or it lacks a function.
    package init(names: [String]) throws {
      guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first else {
        throw Self.fault("OpenSSL's libcrypto, which hashes and signs, is not on this machine")
      }
      func function<Function>(_ name: String) throws -> Function {
        guard let address = dlsym(library, name) else {
          throw Self.fault("this machine's libcrypto has no \(name)")
        }
        return unsafeBitCast(address, to: Function.self)
      }
      beginHash = try function("SHA256_Init")
      updateHash = try function("SHA256_Update")
      finishHash = try function("SHA256_Final")
      newPrivateKey = try function("EVP_PKEY_new_raw_private_key")
      newPublicKey = try function("EVP_PKEY_new_raw_public_key")
      getPublicKey = try function("EVP_PKEY_get_raw_public_key")
      freeKey = try function("EVP_PKEY_free")
      newContext = try function("EVP_MD_CTX_new")
      freeContext = try function("EVP_MD_CTX_free")
      prepareSigning = try function("EVP_DigestSignInit")
      prepareVerifying = try function("EVP_DigestVerifyInit")
      sign = try function("EVP_DigestSign")
      verify = try function("EVP_DigestVerify")
    }

    private static func fault(_ what: String) -> GymError {
      GymError(
        what, expected: "OpenSSL 1.1.1 or newer",
        remedy: "Install it, on Debian and Ubuntu: apt-get install openssl")
    }
  }
#endif
