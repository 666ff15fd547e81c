import Foundation

/// One of 2⁶⁴ independent streams of random numbers under a key.
///
/// Every random choice of the gym is drawn from such a stream, which is passed `inout`. Item i of a
/// split is drawn from `RandomStream(key: splitKey, stream: i)`, so it does not depend on threads,
/// processes or the items before it.
public struct RandomStream: RandomNumberGenerator, Sendable, Hashable {
  private let philox: Philox
  /// The stream's number under its key.
  public let stream: UInt64
  private var counter: UInt64 = 0
  private var spare: UInt64?

  /// Stream number `stream` under `key`, at its start.
  public init(key: RandomKey, stream: UInt64) {
    philox = Philox(key: key.bits)
    self.stream = stream
  }

  /// Stream 0 under the key that `seed` and `label` give.
  public init(seed: UInt64, _ label: String) {
    self.init(key: RandomKey(seed: seed, label), stream: 0)
  }

  /// The next 64 uniform bits.
  public mutating func next() -> UInt64 {
    if let value = spare {
      spare = nil
      return value
    }
    let (first, second) = philox.block(high: stream, low: counter)
    counter &+= 1
    spare = second
    return first
  }
}

// The standard library may change its algorithms; datasets must not change with it.
extension RandomStream {
  /// A uniform integer in 0..<bound, without bias (Lemire's multiplication method).
  ///
  /// - Precondition: `bound` is positive.
  @inline(__always)
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a random number below \(bound) does not exist")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold {
        product = next().multipliedFullWidth(by: bound)
      }
    }
    return Int(product.high)
  }

  /// A uniform integer in a closed range.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// A uniform number in [0, 1) with 53 random bits.
  public mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True with the given probability.
  public mutating func chance(_ probability: Double) -> Bool {
    unit() < probability
  }

  /// A standard normal number (Box and Muller).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }

  /// Shuffles an array uniformly (Fisher and Yates).
  public mutating func shuffle<Element>(_ array: inout [Element]) {
    var last = array.count - 1
    while last > 0 {
      array.swapAt(last, below(last + 1))
      last -= 1
    }
  }

  /// The array's elements in uniformly random order.
  public mutating func shuffled<Element>(_ array: [Element]) -> [Element] {
    var copy = array
    shuffle(&copy)
    return copy
  }

  /// A uniformly random element; nil if the array is empty.
  public mutating func element<Element>(of array: [Element]) -> Element? {
    array.isEmpty ? nil : array[below(array.count)]
  }
}
