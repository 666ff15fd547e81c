/// The judgment of an answer by the task's rules.
///
/// A leaderboard counts one thing: whether the puzzle is solved completely. A task may report more
/// under its own names (`valid`, `optimal`, …); these are shown beside the score and never mixed
/// into it.
public struct Verdict: Sendable, Hashable {
  /// One named property of an answer.
  public struct Finding: Sendable, Hashable {
    /// The property's name, such as `valid`.
    public let name: String
    /// Whether the answer has it.
    public let holds: Bool

    /// A property's name, and whether the answer has it.
    public init(_ name: String, _ holds: Bool) {
      self.name = name
      self.holds = holds
    }
  }

  /// Whether the puzzle is solved completely.
  public let isSolved: Bool
  /// The task's other findings, always the same names in the same order.
  public let findings: [Finding]
  /// A readable sentence about the first mistake; nil if solved.
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
