import Crypto
import Foundation
import Gym

/// SHA-256 of files and folders.
enum FileHash {
  /// The hash of a file's bytes, in lower-case hexadecimal.
  static func sha256(of file: URL) throws -> String {
    let handle: FileHandle
    do {
      handle = try FileHandle(forReadingFrom: file)
    } catch {
      throw GymError("cannot be read: \(error.reason)", at: file.path)
    }
    defer { try? handle.close() }
    var hash = SHA256()
    while true {
      let chunk: Data
      do {
        chunk = try handle.read(upToCount: 1 << 20) ?? Data()
      } catch {
        throw GymError("cannot be read: \(error.reason)", at: file.path)
      }
      if chunk.isEmpty { break }
      hash.update(data: chunk)
    }
    return hexadecimal(hash.finalize())
  }

  /// The hash of bytes, in lower-case hexadecimal.
  static func sha256(of bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

  /// Bytes as lower-case hexadecimal digits.
  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
