import Foundation
import Gym
import GymTestSupport
import MazeHard
import Testing

/// Mazes in the characters of other programs.
@Suite struct ReadingTests {
  private static let rows = [
    "#######", "#S   G#", "# ### #", "#   # #", "### # #", "#     #", "#######",
  ]
  private static let solved = [
    "#######", "#SoooG#", "# ### #", "#   # #", "### # #", "#     #", "#######",
  ]

  private func read(_ text: String, _ name: String = "m.txt") throws -> [Example] {
    let folder = try TemporaryFolder()
    var examples: [Example] = []
    let source = try PuzzleSource(folder.file(name, text))
    try makeTask().readPuzzles(from: source) { examples += $0.examples }
    return examples
  }

  private func makeTask() throws -> MazeHard { try MazeHard(["size": "7"]) }

  private func failure(_ text: String) -> String {
    do { return "no error but \(try read(text).count) mazes" } catch { return "\(error)" }
  }

  private func tokens(_ rows: [String]) throws -> [UInt8] {
    try makeTask().vocabulary.tokens(rows.joined())
  }

  private func grid(_ rows: some Sequence<String>) -> String {
    rows.joined(separator: "\n") + "\n"
  }

  @Test(
    "Mazes drawn with the characters of other programs are read",
    arguments: ["Go", "gO", "EX", "e*", "Gx"])
  func charactersOfOthers(characters: String) throws {
    let (goal, path) = (String(characters.prefix(1)), String(characters.suffix(1)))
    func other(_ rows: [String]) -> [String] {
      rows.map {
        $0.replacingOccurrences(of: "G", with: goal).replacingOccurrences(of: "o", with: path)
      }
    }
    let question = try tokens(Self.rows)
    let whole = Example(question: question, answer: try tokens(Self.solved))
    #expect(try read(grid(other(Self.rows))) == [Example(question: question, answer: [])])
    #expect(try read(grid(other(Self.solved))) == [whole])
    #expect(try read(other(Self.solved).joined() + "\n") == [whole])
    let table = "question,answer\n\(other(Self.rows).joined()),\(other(Self.solved).joined())\n"
    #expect(try read(table, "m.csv") == [whole])
  }

  @Test("Mazes of several lines in the fields of a table are read")
  func mazesInFieldsAreRead() throws {
    let whole = Example(question: try tokens(Self.rows), answer: try tokens(Self.solved))
    let (maze, path) = (grid(Self.rows), grid(Self.solved))
    #expect(try read("maze,solution\n\"\(maze)\",\"\(path)\"\n", "m.csv") == [whole])
    let lines = [maze, path].map { $0.replacingOccurrences(of: "\n", with: "\\n") }
    let object = "{\"maze\":\"\(lines[0])\",\"solution\":\"\(lines[1])\"}\n"
    #expect(try read(object, "m.jsonl") == [whole])
    #expect(try read("maze\n\"\(path)\"\n", "m.csv") == [whole])
    let cut = failure("maze\n\"\(grid(Self.rows.dropLast()))\"\n")
    #expect(cut.contains("the question has 42 characters; expected 49"), "\(cut)")
  }

  @Test("Blanks cut from the ends of lines are restored")
  func cutLineEndsAreBlanks() throws {
    let open = ["#######", "#S   G#", "#", "#    ##", "", "#     #", "#######"]
    let whole = try tokens(open.map { $0.padding(toLength: 7, withPad: " ", startingAt: 0) })
    #expect(try read(grid(open)).map(\.question) == [whole])
    #expect(try read(grid(open) + "\n" + grid(open)).map(\.question) == [whole, whole])
    // A blank row is never the last, nor a cut maze a whole one.
    #expect(failure(grid(open.dropLast()) + "\n").contains("m.txt:1: the grid has 6 rows"))
    let cut = failure(grid(open.dropLast()) + "\n" + grid(open))
    #expect(cut.contains("m.txt:1: the grid has 6 rows"), "\(cut)")
  }

  /// The rows above are this maze of 3 × 3 cells.
  private static let lattice =
    "<ADJLIST_START> (0,0) <--> (0,1) ; (0,2) <--> (0,1) ; (0,0) <--> (1,0) ; (1,0) <--> (1,1) ; "
    + "(1,1) <--> (2,1) ; (1,2) <--> (0,2) ; (2,2) <--> (1,2) ; (2,0) <--> (2,1) ; "
    + "(2,1) <--> (2,2) ; <ADJLIST_END> <ORIGIN_START> (0,0) <ORIGIN_END> "
    + "<TARGET_START> (0,2) <TARGET_END> <PATH_START> (0,0) (0,1) (0,2) <PATH_END>"

  @Test("The token text of maze-dataset is read")
  func tokenTextIsRead() throws {
    let question = try tokens(Self.rows)
    let lattice = try read(Self.lattice + "\n")
    #expect(lattice == [Example(question: question, answer: try tokens(Self.solved))])
    // Tokens of coordinates, a maze without its path, and several lines.
    let apart = Self.lattice.replacingOccurrences(of: ",", with: " , ")
      .replacingOccurrences(of: "(", with: "( ").replacingOccurrences(of: ")", with: " )")
    let open = Self.lattice.components(separatedBy: " <PATH_START>")[0]
    #expect(
      try read("\n\(apart)\n\(open)\n") == lattice + [Example(question: question, answer: [])])
    for (old, new, told) in [
      ("(2,0)", "(3,0)", "m.txt:1: the cell (3,0) is outside of 3 × 3 cells"),
      ("(0,0) <--> (1,0)", "(0,0) <--> (2,0)", "not neighbors"),
      ("<TARGET_END>", "", "<TARGET_END> is missing"),
      ("<ORIGIN_START> (0,0)", "<ORIGIN_START>", "there are 0 cells after <ORIGIN_START>"),
    ] {
      let error = failure(Self.lattice.replacingOccurrences(of: old, with: new) + "\n")
      #expect(error.contains(told), "\(error)")
    }
  }

  @Test("An unknown character is reported with the meaning of the known ones")
  func theMeaningOfCharactersIsSaid() {
    let error = failure(grid(Self.rows.map { $0.replacingOccurrences(of: "S", with: "?") }))
    #expect(error.contains("m.txt:2: character 2 is \"?\""), "\(error)")
    #expect(error.contains("S (start), G or E (goal), and o, X or * (path)"), "\(error)")
  }
}
