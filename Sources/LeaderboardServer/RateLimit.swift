/// Limits the request rate of each address with a token bucket.
struct RateLimit: Sendable {
  private let perSecond: Double
  private var buckets: [UInt32: (level: Double, at: ContinuousClock.Instant)] = [:]

  init(perSecond: Double) { self.perSecond = perSecond }

  /// Whether an address may make another request now.
  mutating func allows(_ address: UInt32, now: ContinuousClock.Instant = .now) -> Bool {
    // Memory is limited, and full buckets carry no information, so they can be dropped.
    if buckets.count > 4096 { buckets.removeAll() }
    let full = perSecond * 4
    let old = buckets[address] ?? (full, now)
    let level = min(full, old.level + old.at.duration(to: now).seconds * perSecond)
    buckets[address] = (max(0, level - 1), now)
    return level >= 1
  }
}
