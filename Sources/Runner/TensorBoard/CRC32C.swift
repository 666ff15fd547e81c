/// The cyclic redundancy check CRC-32C (Castagnoli), as TFRecord files use it.
package enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
    }
  }

  /// The check of some bytes.
  package static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
  }

  /// The check in the form that TFRecord stores: turned and shifted, so that a record that holds
  /// records is not mistaken for its own check.
  package static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let check = checksum(of: bytes)
    return (check >> 15 | check << 17) &+ 0xA282_EAD8
  }
}
