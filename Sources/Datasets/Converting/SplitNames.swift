import Gym

/// Distinguishes puzzles of a split with the same name, which files would merge into one.
struct SplitNames {
  private let task: any Task
  private let assembler: PuzzleAssembler
  private let place: String
  /// The puzzles of each name so far, with their numbers and final names.
  private var given: [String: [(number: Int, name: String)]] = [:]
  private var taken: Set<String> = []
  /// The number of puzzles that occurred earlier in the split with equal content.
  private(set) var repeated = 0

  init(_ assembler: PuzzleAssembler, of task: any Task, at place: String) {
    (self.assembler, self.task, self.place) = (assembler, task, place)
  }

  /// A puzzle of the split under a unique name; nil if it is the demonstrations of a held-out
  /// puzzle, or equal to an earlier puzzle with the same name.
  ///
  /// - Throws: a `GymError` if another puzzle has its name, and their sources do not tell them
  ///   apart.
  mutating func puzzle(_ number: Int) throws -> Puzzle? {
    guard var puzzle = try assembler.puzzle(number) else { return nil }
    guard let name = puzzle.name else { return puzzle }
    let others = given[name] ?? []
    for other in others {
      if let twin = try assembler.puzzle(other.number),
        try PuzzleContent(twin, of: task) == PuzzleContent(puzzle, of: task)
      {
        repeated += 1
        return nil
      }
    }
    if let first = others.first {
      let source = puzzle.examples.first?.source ?? ""
      let qualified = "\(source)/\(name)"
      guard !source.isEmpty, !taken.contains(qualified) else {
        throw GymError(
          "two different puzzles are called \(String(reflecting: name)): puzzles "
            + "\(first.number) and \(number)", at: place, expected: "a name for each puzzle",
          remedy: "Build the dataset anew from its files: `dataset build` keeps them apart.")
      }
      puzzle.name = qualified
    }
    given[name, default: []].append((number, puzzle.name ?? name))
    taken.insert(puzzle.name ?? name)
    return puzzle
  }
}
