import Gym

/// Keeps puzzles of a split apart that have one name: files would take them for one.
struct SplitNames {
  private let task: any Task
  private let assembler: PuzzleAssembler
  private let place: String
  /// The puzzles of each name that was given, by number, and what they are called.
  private var given: [String: [(number: Int, name: String)]] = [:]
  private var taken: Set<String> = []
  /// How many puzzles stood in the split before, with equal content.
  private(set) var repeated = 0

  init(_ assembler: PuzzleAssembler, of task: any Task, at place: String) {
    (self.assembler, self.task, self.place) = (assembler, task, place)
  }

  /// A puzzle of the split under a name that is its own; nil if it is a held-out puzzle's
  /// demonstrations, or equal to one of its name that was given before.
  ///
  /// - Throws: a `GymError` if another has its name, and their sources do not tell them apart.
  mutating func puzzle(_ number: Int) throws -> Puzzle? {
    guard var puzzle = try assembler.puzzle(number) else { return nil }
    guard let name = puzzle.name else { return puzzle }
    let others = given[name] ?? []
    for other in others {
      if let twin = try assembler.puzzle(other.number),
        PuzzleContent(twin, of: task) == PuzzleContent(puzzle, of: task)
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
