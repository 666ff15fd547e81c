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
