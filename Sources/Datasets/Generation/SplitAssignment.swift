import Gym

/// The equivalence classes of puzzles that belong to a split, so that no puzzle of one split is
/// equivalent to one of another, whatever their seeds.
///
/// A class belongs to a split by the first eight bytes (little-endian) of the SHA-256 of the
/// task's name, a zero byte and the canonical form (the question itself if the task has none),
/// modulo 10: 0 to 7 is train, 8 validation, 9 test.
struct SplitAssignment: Sendable, Hashable {
  private let residues: ClosedRange<UInt64>

  /// - Throws: a `GymError` if the split is not one of the three.
  init(of split: String) throws {
    switch split {
    case "train": residues = 0...7
    case "validation": residues = 8...8
    case "test": residues = 9...9
    default:
      throw GymError(
        "the split \(split) has no share of disjoint puzzles",
        expected: "train, validation or test")
    }
  }

  /// Whether an example's class belongs to the split.
  func contains(_ task: some Task, _ example: Example) throws -> Bool {
    let form = task.canonicalForm(of: example) ?? example.question
    let number = try SHA256.hash(Array(task.id.name.utf8) + [0] + form).prefix(8)
      .reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return residues.contains(number % 10)
  }
}
