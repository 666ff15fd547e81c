import GymJSON

/// SplitMix64: random values that are repeatable by their seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension SplitMix {
  /// A value of any kind, with a preference for corner cases.
  mutating func json(depth: Int = 4) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 10 : 7), using: &self) {
    case 0: return .null
    case 1: return .bool(.random(using: &self))
    case 2: return .integer(Int64(bitPattern: next()) >> Int64.random(in: 0..<64, using: &self))
    case 3: return .unsigned(next() | 1 << 63)
    case 4: return .number(double())
    case 5, 6: return .string(string())
    case 7, 8:
      return .array((0..<Int.random(in: 0..<6, using: &self)).map { _ in json(depth: depth - 1) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0..<24, using: &self) {
        object[string()] = json(depth: depth - 2)
      }
      return .object(object)
    }
  }

  /// Any finite double, subnormal and whole ones included.
  mutating func double() -> Double {
    while true {
      let value =
        switch Int.random(in: 0..<3, using: &self) {
        case 0: Double(Int64(bitPattern: next()) >> Int64.random(in: 0..<64, using: &self))
        case 1: Double.random(in: -1...1, using: &self)
        default: Double(bitPattern: next())
        }
      if value.isFinite { return value }
    }
  }

  /// A string of scalars of every width, with a preference for corner cases.
  mutating func string() -> String {
    let careful: [Unicode.Scalar] =
      [
        "\u{0}", "\u{1A}", "0", "1", "\"", "\\", "/", "\n", "\u{7F}", "\u{2028}", "\u{FEFF}",
        "\u{D7FF}", "\u{E000}", "e", "\u{301}", "\u{E9}", "u",
      ] + [0xFFFE, 0xFFFF, 0xFDD0, 0x10FFFF].compactMap { Unicode.Scalar($0 as UInt32) }
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<8, using: &self) {
      if Bool.random(using: &self), let scalar = careful.randomElement(using: &self) {
        scalars.append(scalar)
      } else {
        let bits = UInt32.random(in: 5...20, using: &self)
        scalars.append(Unicode.Scalar(UInt32.random(in: 0..<1 << bits, using: &self)) ?? "x")
      }
    }
    return String(scalars)
  }
}

/// Whether two values are the same to the bit, whereas `==` takes -0.0 for 0.0 and canonically
/// equivalent strings for the same.
func isIdentical(_ a: JSON, _ b: JSON) -> Bool {
  switch (a, b) {
  case (.number(let x), .number(let y)): x.bitPattern == y.bitPattern
  case (.string(let x), .string(let y)): x.utf8.elementsEqual(y.utf8)
  case (.array(let x), .array(let y)): x.elementsEqual(y, by: isIdentical)
  case (.object(let x), .object(let y)):
    x.elementsEqual(y) {
      $0.name.utf8.elementsEqual($1.name.utf8) && isIdentical($0.value, $1.value)
    }
  default: a == b
  }
}
