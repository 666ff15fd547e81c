/// What a task's rules say of an answer.
///
/// One thing counts on a leaderboard: whether the puzzle is wholly solved. A task reports more
/// under its own names (`valid`, `optimal`, …), each beside it and never mixed into it.
public struct Verdict: Sendable, Hashable {
  /// One named property of an answer.
  public struct Finding: Sendable, Hashable {
    /// The property's name, such as `valid`.
    public let name: String
    /// Whether the answer has it.
    public let holds: Bool

    /// A property by its name, and whether the answer has it.
    public init(_ name: String, _ holds: Bool) {
      self.name = name
      self.holds = holds
    }
  }

  /// Whether the puzzle is wholly solved.
  public let isSolved: Bool
  /// The task's other findings, always the same names in the same order.
  public let findings: [Finding]
  /// The first thing wrong, in a sentence for a person; nil if solved.
  public let problem: String?
  /// The cells that the problem is about.
  public let wrongCells: [Int]

  /// A verdict of "solved".
  public static func solved(_ findings: [Finding] = []) -> Verdict {
    Verdict(isSolved: true, findings: findings, problem: nil, wrongCells: [])
  }

  /// A verdict of "not solved".
  public static func failed(
    _ problem: String, cells: [Int] = [], findings: [Finding] = []
  ) -> Verdict {
    Verdict(isSolved: false, findings: findings, problem: problem, wrongCells: cells)
  }

  private init(isSolved: Bool, findings: [Finding], problem: String?, wrongCells: [Int]) {
    self.isSolved = isSolved
    self.findings = findings
    self.problem = problem
    self.wrongCells = wrongCells
  }
}
