/// Packs tokens into as few bits as a vocabulary and one foreign token need, for storage on a
/// board.
package struct TokenPacking: Sendable, Hashable {
  /// The number of tokens of an answer.
  package let cells: Int
  /// The number of bits of a token, 1...8.
  package let bits: Int

  /// The packing of a task's tokens and the foreign one, `vocabularyCount`.
  ///
  /// - Precondition: 1...65 536 cells and 1...255 tokens.
  package init(cells: Int, vocabularyCount: Int) {
    precondition((1...65_536).contains(cells) && (1...255).contains(vocabularyCount))
    self.cells = cells
    bits = 8 - UInt8(vocabularyCount).leadingZeroBitCount
  }

  /// The number of bytes of an answer.
  package var byteCount: Int { (cells * bits + 7) / 8 }

  /// Appends an answer's tokens; tokens outside the vocabulary become the foreign one.
  ///
  /// - Precondition: there are `cells`.
  package func append(_ tokens: [UInt8], to bytes: inout [UInt8]) {
    precondition(tokens.count == cells)
    var (buffer, held) = (UInt32(0), UInt32(0))
    for token in tokens {
      buffer |= UInt32(token & UInt8(truncatingIfNeeded: 1 << bits - 1)) << held
      held += UInt32(bits)
      while held >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: buffer))
        (buffer, held) = (buffer >> 8, held - 8)
      }
    }
    if held > 0 { bytes.append(UInt8(truncatingIfNeeded: buffer)) }
  }

  /// The tokens of packed bytes.
  ///
  /// - Precondition: there are `byteCount`.
  package func tokens(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    precondition(bytes.count == byteCount)
    var (buffer, held, place) = (UInt32(0), 0, bytes.startIndex)
    let mask = UInt32(1) << UInt32(bits) - 1
    return Array(unsafeUninitializedCapacity: cells) { tokens, count in
      for cell in 0..<cells {
        if held < bits {
          buffer |= UInt32(bytes[place]) << UInt32(held)
          (held, place) = (held + 8, place + 1)
        }
        tokens[cell] = UInt8(truncatingIfNeeded: buffer & mask)
        (buffer, held) = (buffer >> UInt32(bits), held - bits)
      }
      count = cells
    }
  }
}
