/// How much an agent may think about each question.
public struct SolveOptions: Sendable, Hashable {
  /// The number of segments (outer steps); nil for as many as in training.
  public var segments: Int?
  /// Whether to keep the answer after each segment.
  public var keepsThoughts: Bool

  public init(segments: Int? = nil, keepsThoughts: Bool = false) {
    self.segments = segments
    self.keepsThoughts = keepsThoughts
  }
}
