import Foundation
import Gym

/// Records which puzzles the files contain under which names, so that different ones are never
/// confused.
///
/// Puzzles with the same name and content are one puzzle, which each split takes once. Puzzles with
/// the same name and different content are qualified by their folders, such as `easy/task1`; if
/// they are in the same file, both places are reported and nothing is taken.
struct PuzzleCensus {
  /// One puzzle as it occurs in the files.
  private struct Entry {
    let split: String
    let file: URL
    let line: Int?
    /// The content of demonstrations and questions.
    let content: Fingerprint
    /// The content of the answers; nil if one is unknown.
    let answers: Fingerprint?
    /// It has no demonstrations, so only its name connects it to them.
    let isBare: Bool
    var name: String
    var isTaken = true

    var place: String { line.map { "\(file.path):\($0)" } ?? file.path }

    /// Whether both are the same puzzle.
    func isSame(as other: Entry) -> Bool {
      if content == other.content {
        return answers == nil || other.answers == nil || answers == other.answers
      }
      return isBare != other.isBare && split != other.split
    }
  }

  /// Ends the reading of a source whose puzzles have no names.
  private struct Nameless: Error {}

  private var entries: [String: [Entry]] = [:]
  private var next: [String: Int] = [:]
  /// The sources whose puzzles have no names.
  private var nameless: Set<PuzzleSource> = []
  /// Notes for the user, each a sentence without its full stop.
  private(set) var notes: [String] = []
  /// Whether any puzzle has a name.
  var hasNames: Bool { !entries.isEmpty }

  /// The maximum number of puzzles read from a source to find out whether they have names.
  private static let sample = 100

  /// Reads all files whose puzzles have names.
  ///
  /// - Parameter inputs: the files, in the order in which their puzzles are passed to `take`.
  init(_ inputs: [DatasetBuilder.Input], of task: some Task, _ control: WorkControl) throws {
    let cancellation = control.cancellation
    for input in inputs {
      let format = try input.source.format(for: task)
      if format == .lines || format == .textGrid {
        nameless.insert(input.source)
        continue
      }
      var (named, unnamed) = (0, 0)
      do {
        try task.readPuzzles(from: input.source) { puzzle in
          try cancellation.check()
          guard let name = puzzle.name else {
            unnamed += 1
            if named == 0, unnamed == Self.sample { throw Nameless() }
            return
          }
          named += 1
          entries[name, default: []].append(try Self.entry(puzzle, name, input))
        }
      } catch is Nameless {
        nameless.insert(input.source)
      }
    }
    try settle()
  }

  /// The puzzle under a unique name; nil if an equal one is taken instead.
  ///
  /// - Throws: a `GymError` if the files have changed since they were read first.
  mutating func take(_ puzzle: Puzzle, from source: PuzzleSource) throws -> Puzzle? {
    guard let name = puzzle.name else { return puzzle }
    guard !nameless.contains(source) else {
      throw GymError(
        "the puzzle \(String(reflecting: name)) has a name, and those before it have none",
        at: puzzle.line.map { "\(source.path):\($0)" } ?? source.path,
        expected: "names for all puzzles of a file, or for none",
        remedy: "Put them into files of their own.")
    }
    let number = next[name, default: 0]
    guard let all = entries[name], all.indices.contains(number) else {
      throw GymError("the file has changed while it was read", at: source.path)
    }
    next[name] = number + 1
    guard all[number].isTaken else { return nil }
    var puzzle = puzzle
    puzzle.name = all[number].name
    return puzzle
  }

  private static func entry(
    _ puzzle: Puzzle, _ name: String, _ input: DatasetBuilder.Input
  ) throws -> Entry {
    let demonstrations = puzzle.demonstrations.flatMap { $0.question + $0.answer }
    let answers = puzzle.examples.map(\.answer)
    let counts = [puzzle.demonstrations.count, puzzle.examples.count].flatMap { count in
      (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }
    return try Entry(
      split: input.split, file: puzzle.file ?? input.source.file, line: puzzle.line,
      content: Fingerprint(counts + demonstrations + puzzle.examples.flatMap(\.question)),
      answers: answers.contains([]) ? nil : Fingerprint(answers.flatMap { $0 }),
      isBare: puzzle.demonstrations.isEmpty, name: name)
  }

  /// Distinguishes the puzzles of each name.
  private mutating func settle() throws {
    var (renamed, repeated) = ([String](), [String]())
    for name in entries.keys.sorted() {
      guard var all = entries[name], all.count > 1 else { continue }
      var classes: [[Int]] = []
      for index in all.indices {
        let same = classes.firstIndex { all[$0[0]].isSame(as: all[index]) }
        if let same { classes[same].append(index) } else { classes.append([index]) }
      }
      if classes.count > 1 {
        let homes = classes.map { QualifiedName.home(of: all[$0[0]].file, name: name) }
        guard let names = QualifiedName.names(name, in: homes) else {
          throw Self.clash(name, all[classes[0][0]], all[classes[1][0]])
        }
        for (members, name) in zip(classes, names) {
          for index in members { all[index].name = name }
        }
        renamed.append("\(String(reflecting: name)), now \(names.joined(separator: " and "))")
      }
      for members in classes {
        for (_, indices) in Dictionary(grouping: members, by: { all[$0].split }) {
          let taken = indices.first { all[$0].answers != nil } ?? indices[0]
          for index in indices where index != taken { all[index].isTaken = false }
          guard indices.count > 1 else { continue }
          let places = indices.map { all[$0].place }.joined(separator: " and ")
          repeated.append("\(String(reflecting: name)), in \(places)")
        }
      }
      entries[name] = all
    }
    if let first = renamed.first {
      notes.append(
        "different puzzles have one name (\(renamed.count) name\(renamed.count == 1 ? "" : "s")): "
          + "they are kept apart by their folders; the first is \(first)")
    }
    if let first = repeated.sorted().first {
      let stand = repeated.count == 1 ? " stands" : "s stand"
      notes.append(
        "\(repeated.count) puzzle\(stand) more than once with equal content, and each counts once; "
          + "the first is \(first)")
    }
  }

  private static func clash(_ name: String, _ first: Entry, _ second: Entry) -> GymError {
    GymError(
      "two different puzzles are called \(String(reflecting: name)): the other is in \(first.place)",
      at: second.place, expected: "a name for each puzzle, its rows together",
      remedy: "Rename one, or put their files into folders of different names.")
  }
}
