import Foundation
import Gym
import GymDatasets
import Testing

/// Folders that the released builder wrote; the tests are skipped if these are missing.
@Suite(.enabled(if: released != nil)) struct ReleasedFolderTests {
  @Test(
    "Folders in the released layout are opened",
    arguments: [
      ("sudoku", 81, 11, 1, [80, 30], [20, 30]), ("maze", 900, 6, 1, [320, 20], [40, 20]),
      ("arc", 900, 12, 41, [156, 16], [10, 4]),
    ]) func foldersOpen(
      name: String, cells: Int, tokens: Int, identifiers: Int, examples: [Int], groups: [Int]
    ) throws
  {
    let folder = try Dataset(#require(released).appendingPathComponent(name))
    #expect(folder.manifest == nil && folder.cells == cells && folder.vocabularyCount == tokens)
    #expect(folder.identifierCount == identifiers && folder.identifiers.count == identifiers)
    #expect(folder.splits.map(\.name) == ["train", "test"])
    #expect(folder.splits.map(\.count) == examples)
    #expect(folder.splits.map(\.groups.count) == groups)
    for split in folder.splits { try split.checkTokens() }
  }

  /// Train inputs are 64-bit integers, test inputs bytes: both read as bytes.
  @Test("The labels of a released Sudoku folder are valid Sudokus")
  func sudokuLabelsAreSudokus() throws {
    let folder = try Dataset(#require(released).appendingPathComponent("sudoku"))
    for split in folder.splits {
      for index in 0..<split.count {
        let (question, label) = (try split.question(index), try split.label(index))
        #expect(zip(question, label).allSatisfy { $0 == 1 || $0 == $1 })
        for row in 0..<9 {
          #expect(Set(label[row * 9..<row * 9 + 9]) == Set(2...10))
          #expect(Set((0..<9).map { label[$0 * 9 + row] }) == Set(2...10))
        }
      }
    }
  }

  @Test("The mazes of a released folder are those of its CSV file")
  func mazesAreThoseOfTheirFile() throws {
    let root = try #require(released)
    let folder = try Dataset(root.appendingPathComponent("maze"))
    let letters = Array("~# SGo")
    for split in folder.splits {
      let csv = try String(
        contentsOf: root.appendingPathComponent("maze-\(split.name).csv"), encoding: .utf8)
      let rows = csv.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
      #expect(rows.count == split.groups.count)
      for (group, row) in rows.enumerated() {
        let index = split.puzzles[split.groups[group].lowerBound].lowerBound
        #expect(String(try split.question(index).map { letters[Int($0)] }) == row[1])
        #expect(String(try split.label(index).map { letters[Int($0)] }) == row[2])
      }
    }
  }
}
