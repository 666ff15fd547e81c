import Foundation

/// A number that may change during training: a function of the share of the budget used, however
/// the budget is counted.
///
/// It is written in a short form that is read from left to right. `0.02..0` goes from 0.02 to 0 in
/// a straight line, `0.001~0` along half a cosine, and `1,4@0.25,16@0.45` is 1, then 4 from a
/// quarter of the budget on, then 16. The share after `@` says when a value is reached; without
/// one, a line or cosine ends with the budget. The last value stays until the end.
public struct Schedule: Sendable, Hashable, CustomStringConvertible {
  /// How one value changes to the next.
  public enum Interpolation: Character, Sendable, Hashable, CaseIterable {
    /// The old value stays until the next one is due.
    case jump = ","
    /// A straight line.
    case line = "."
    /// Half a cosine: slow, fast, slow.
    case cosine = "~"
  }

  /// A transition to a value, and the share of the budget at which it is reached.
  public struct Transition: Sendable, Hashable {
    /// How the value is reached.
    public let interpolation: Interpolation
    /// The value that is reached.
    public let value: Double
    /// The share of the budget at which it is reached, in 0...1.
    public let end: Double

    /// A transition to a value.
    public init(_ interpolation: Interpolation, to value: Double, at end: Double) {
      (self.interpolation, self.value, self.end) = (interpolation, value, end)
    }
  }

  /// The value at the start of training.
  public let start: Double
  /// The transitions that follow, in order.
  public let transitions: [Transition]

  /// A number that does not change.
  public init(_ value: Double) {
    (start, transitions) = (value, [])
  }

  /// A schedule of transitions. Throws a `GymError` if a value is not finite, or a share is outside
  /// 0...1 or before the previous one.
  public init(from start: Double, _ transitions: [Transition]) throws {
    var before = 0.0
    for transition in transitions {
      guard (0...1).contains(transition.end) else {
        throw GymError(
          "a schedule reaches \(Self.text(transition.value)) at \(Self.text(transition.end)) of the budget",
          expected: "a place in 0...1, such as @0.5 for half of it")
      }
      guard
        transition.end > before
          || transition.interpolation == .jump && transition.end == before && before > 0
      else {
        throw GymError(
          "a schedule reaches \(Self.text(transition.value)) at \(Self.text(transition.end)), "
            + "and comes from \(Self.text(before))",
          expected: "shares of the budget that rise, above 0")
      }
      before = transition.end
    }
    guard start.isFinite, transitions.allSatisfy({ $0.value.isFinite }) else {
      throw GymError("a schedule has a value that is not finite", expected: "numbers")
    }
    (self.start, self.transitions) = (start, transitions)
  }

  /// Whether the number never changes.
  public var isConstant: Bool { transitions.isEmpty }

  /// Every value that is named.
  public var values: [Double] { [start] + transitions.map(\.value) }

  /// The value at the end of training.
  public var last: Double { transitions.last?.value ?? start }

  /// The value when a share of the budget is used; a share above 1 counts as 1.
  public func value(at share: Double) -> Double {
    var (from, value) = (0.0, start)
    for transition in transitions {
      guard share >= transition.end else {
        let way = max(0, share - from) / (transition.end - from)
        switch transition.interpolation {
        case .jump: return value
        case .line: return value + (transition.value - value) * way
        case .cosine:
          return transition.value + (value - transition.value) * 0.5 * (1 + cos(.pi * way))
        }
      }
      (from, value) = (transition.end, transition.value)
    }
    return value
  }

  /// The value at that share, rounded to the nearest whole number.
  public func wholeValue(at share: Double) -> Int { Int(value(at: share).rounded()) }
}

extension Schedule {
  /// Reads the short form. Throws a `GymError` that says what is wrong with it.
  public init(_ text: String) throws {
    func problem(_ what: String) -> GymError {
      GymError(
        "the schedule \"\(text.prefix(80))\" \(what)",
        expected: "a number, or such as 0.02..0 (a line), 0.001~0 (a cosine) or 1,4@0.25 (a jump)")
    }
    func number(_ text: Substring) throws -> Double {
      guard let value = Double(text), value.isFinite else {
        throw problem("has \"\(text.prefix(20))\" for a number")
      }
      return value
    }
    var rest = text[...]
    var pieces: [(interpolation: Interpolation?, text: Substring)] = []
    // Numbers contain dots and signs of their own: only "..", "~" and "," separate them.
    while true {
      let next = ["..", ",", "~"].compactMap { rest.range(of: $0) }
        .min { $0.lowerBound < $1.lowerBound }
      let piece = next.map { rest[..<$0.lowerBound] } ?? rest
      if pieces.isEmpty {
        pieces.append((nil, piece))
      } else {
        pieces[pieces.count - 1].text = piece
      }
      guard let next else { break }
      guard !rest[next.upperBound...].hasPrefix(".") else {
        throw problem("has three dots")
      }
      pieces.append((Interpolation(rawValue: rest[next.lowerBound]), ""))
      rest = rest[next.upperBound...]
    }
    let start = try number(pieces[0].text)
    let transitions = try pieces.dropFirst().map { piece -> Transition in
      let parts = piece.text.split(separator: "@", omittingEmptySubsequences: false)
      guard let interpolation = piece.interpolation, (1...2).contains(parts.count) else {
        throw problem("has \"\(piece.text.prefix(20))\"")
      }
      guard parts.count == 2 || interpolation != .jump else {
        throw problem("does not say when it jumps to \(parts[0])")
      }
      return Transition(
        interpolation, to: try number(parts[0]), at: parts.count == 2 ? try number(parts[1]) : 1)
    }
    try self.init(from: start, transitions)
  }

  /// The short form.
  public var description: String {
    transitions.reduce(Self.text(start)) { text, transition in
      let interpolation =
        transition.interpolation == .line ? ".." : String(transition.interpolation.rawValue)
      let end =
        transition.end == 1 && transition.interpolation != .jump
        ? "" : "@\(Self.text(transition.end))"
      return text + interpolation + Self.text(transition.value) + end
    }
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
