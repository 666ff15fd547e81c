import Gym

/// An example whose canvases are decoded once, to be written in many variants.
struct ExampleSheet {
  private let example: Example
  private let question: ARCGrid?
  private let answer: ARCGrid?
  /// The patterns of both grids under each rotation and reflection, by its number; empty if a
  /// canvas contains no grid.
  private let patterns: [ColorPattern]

  init(_ example: Example) {
    self.example = example
    question = ARCCanvas.placement(in: example.question)?.grid
    answer = ARCCanvas.placement(in: example.answer)?.grid
    if let question, let answer {
      patterns = ARCDihedral.allCases.map { dihedral in
        let turn = ARCAugmentation(dihedral, .identity)
        return ColorPattern([question.augmented(by: turn), answer.augmented(by: turn)])
      }
    } else {
      patterns = []
    }
  }

  /// Writes the augmented example over another of its variants.
  func write(as augmentation: ARCAugmentation, to variant: inout Example) {
    Self.write(question, of: example.question, as: augmentation, to: &variant.question)
    Self.write(answer, of: example.answer, as: augmentation, to: &variant.answer)
  }

  private static func write(
    _ grid: ARCGrid?, of tokens: [UInt8], as augmentation: ARCAugmentation,
    to variant: inout [UInt8]
  ) {
    guard let canvas = ARCCanvas(of: tokens) else {
      variant = tokens
      return
    }
    if let grid {
      canvas.write(grid, as: augmentation, to: &variant)
    } else {
      variant = augmentation.symmetry(of: canvas).applied(to: tokens)
    }
  }

  /// A hash of the augmented example.
  private func content(as augmentation: ARCAugmentation) -> UInt64 {
    if !patterns.isEmpty {
      return patterns[augmentation.dihedral.rawValue].content(as: augmentation.colors)
    }
    var turned = example
    write(as: augmentation, to: &turned)
    var hash = ContentHash()
    for tokens in [turned.question, turned.answer] {
      hash.absorb(UInt64(tokens.count))
      hash.absorb(tokens)
    }
    return hash.value
  }

  /// A hash of the augmented examples, independent of their order.
  static func content(_ sheets: [ExampleSheet], as augmentation: ARCAugmentation) -> UInt64 {
    sheets.reduce(0) { $0 &+ $1.content(as: augmentation) }
  }
}

/// Identifies a pair of grids and its recolored copies: a hash of the pattern, with colors numbered
/// in order of appearance, and which colors these are.
///
/// Recoloring keeps the pattern, so the content of a thousand recolored copies is known without
/// looking at their cells.
struct ColorPattern {
  private var pattern = ContentHash()
  /// The colors in order of appearance, four bits each, the first lowest.
  private var colors: UInt64 = 0
  private var count: UInt64 = 0

  init(_ grids: [ARCGrid]) {
    var numbers = [UInt8?](repeating: nil, count: ARCGrid.colors)
    for grid in grids {
      pattern.absorb(UInt64(grid.rows << 8 | grid.columns))
      pattern.absorb(
        grid.cells.map { color in
          if let number = numbers[Int(color)] { return number }
          let number = UInt8(count)
          numbers[Int(color)] = number
          colors |= UInt64(color) << (4 * count)
          count += 1
          return number
        })
    }
  }

  /// A hash of the grids with their colors renamed.
  func content(as map: ARCColorMap) -> UInt64 {
    var renamed: UInt64 = 0
    for place in 0..<count {
      renamed = renamed << 4 | map.packed >> (colors >> (4 * place) & 15 * 4) & 15
    }
    var hash = pattern
    hash.absorb(renamed)
    return hash.value
  }
}

/// A 64-bit hash of tokens that is the same on every machine and in every run.
struct ContentHash {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The hash, mixed so that sums of hashes stay distinct (SplitMix64's finalizer).
  var value: UInt64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func absorb(_ tokens: [UInt8]) {
    for token in tokens { absorb(UInt64(token) + 1) }
  }

  mutating func absorb(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    state = product.low ^ product.high ^ word.byteSwapped &* 0xE703_7ED1_A0B4_28DB
  }
}
