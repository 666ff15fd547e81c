import GymCore
import Testing

/// Hashes, authentication codes and signatures, by the examples of their standards.
@Suite struct CryptographyTests {
  private func bytes(_ digits: String) throws -> [UInt8] {
    try #require(Hexadecimal.bytes(digits))
  }

  @Test("SHA-256 of FIPS 180-4's examples, whole and in parts")
  func hashes() throws {
    let million = [UInt8](repeating: 0x61, count: 1_000_000)
    let known: [([UInt8], String)] = [
      ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (million, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]
    for (message, digest) in known {
      #expect(try Hexadecimal.text(SHA256.hash(message)) == digest)
    }
    var hasher = try SHA256()
    var copies: [SHA256] = []
    for size in [1, 63, 64, 65, 999_807] {
      hasher.update([UInt8](repeating: 0x61, count: size))
      copies.append(hasher)
    }
    #expect(hasher.finalize() == hasher.finalize())
    #expect(Hexadecimal.text(hasher.finalize()) == known[2].1)
    // A copy goes on by itself.
    #expect(try copies[1].finalize() == SHA256.hash(million.prefix(64)))
  }

  @Test("HMAC-SHA-256 of RFC 4231's examples")
  func authenticationCodes() throws {
    let first = try SHA256.authenticationCode(
      of: Array("Hi There".utf8), key: [UInt8](repeating: 0x0B, count: 20))
    let second = try SHA256.authenticationCode(
      of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
    #expect(
      [first, second].map(Hexadecimal.text) == [
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      ])
  }

  @Test(
    "Ed25519 of RFC 8032's examples",
    arguments: [
      [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
          + "d25bf5f0595bbe24655141438e7a100b",
      ],
      [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
          + "387b2eaeb4302aeeb00d291612bb0c00",
      ],
      [
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
          + "4a7c15e9716ed28dc027beceea1ec40a",
      ],
    ])
  func signatures(example: [String]) throws {
    let example = try example.map(bytes)
    let (message, signature) = (example[2], example[3])
    let key = try SigningKey(example[0])
    #expect(key.publicBytes == example[1])
    #if !canImport(CryptoKit)
      #expect(try key.signature(of: message) == signature)
    #endif
    #expect(try SigningKey.isValid(signature, of: message, by: key.publicBytes))
    #expect(try !SigningKey.isValid(signature, of: message + [0], by: key.publicBytes))
    for place in [0, 31, 32, 63] {
      var changed = signature
      changed[place] ^= 1
      #expect(try !SigningKey.isValid(changed, of: message, by: key.publicBytes))
    }
  }

  @Test("New keys differ and sign; keys and signatures of another size are refused")
  func keys() throws {
    let (key, other) = (try SigningKey(), try SigningKey())
    #expect(key.privateBytes != other.privateBytes)
    let signature = try key.signature(of: [1, 2, 3])
    #expect(try SigningKey.isValid(signature, of: [1, 2, 3], by: key.publicBytes))
    #expect(try !SigningKey.isValid(signature, of: [1, 2, 3], by: other.publicBytes))
    for size in [0, 31, 33] {
      let bytes = [UInt8](repeating: 1, count: size)
      #expect(throws: (any Error).self) { try SigningKey(bytes) }
      #expect(try !SigningKey.isValid(signature, of: [1, 2, 3], by: bytes))
      #expect(try !SigningKey.isValid(bytes, of: [1, 2, 3], by: key.publicBytes))
    }
  }

  #if !canImport(CryptoKit)
    @Test("A missing or foreign library is an error that says what to install")
    func missingLibraries() {
      for names in [["libnowhere.so"], ["libnowhere.so", "libm.so.6"]] {
        let error = #expect(throws: GymError.self) { try Libcrypto(names: names) }
        #expect(error?.remedy?.contains("apt-get install openssl") == true)
      }
    }
  #endif
}
