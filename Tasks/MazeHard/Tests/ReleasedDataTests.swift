import Foundation
import Gym
import GymTestSupport
import MazeHard
import Testing

/// Files in the released layout; disabled if they are not beside the repository.
@Suite(.enabled(if: SharedData.has("hrm-format"))) struct ReleasedDataTests {
  @Test(
    "The released CSV files are read", arguments: [("maze-train.csv", 40), ("maze-test.csv", 20)])
  func csvFilesAreRead(_ name: String, _ count: Int) throws {
    let url = try #require(SharedData.url("hrm-format/\(name)"))
    let task = try maze()
    var examples: [Example] = []
    try task.readPuzzles(from: PuzzleSource(url)) { examples += $0.examples }
    #expect(examples.count == count)
    for example in examples {
      let verdict = task.verify(example.answer, for: example)
      #expect(verdict.isSolved, "\(verdict.problem ?? "")")
      #expect(example.rating == task.rating(of: example.question))
      #expect(example.source == "percolation")
      // The tie among shortest paths is broken as in these labels.
      #expect(task.solve(example.question) == .several(example.answer))
    }
  }

  @Test("The symmetries have the order of the released code")
  func symmetriesStandInTheReleasedOrder() throws {
    let inputs = try #require(SharedData.url("hrm-format/maze/train/all__inputs.npy"))
    let labels = try #require(SharedData.url("hrm-format/maze/train/all__labels.npy"))
    let task = try maze()
    let symmetries = task.symmetries
    for url in [inputs, labels] {
      let rows = try tokens(of: url)
      #expect(rows.count == 40 * 8)
      for (index, row) in rows.enumerated() {
        let original = rows[index / 8 * 8]
        #expect(task.transform(original, by: symmetries[index % 8]) == row, "row \(index)")
        #expect(task.canonicalForm(of: original) == task.canonicalForm(of: row))
      }
    }
  }

  /// The rows of a little-endian NumPy array of integers, version 1.
  private func tokens(of url: URL) throws -> [[UInt8]] {
    let data = [UInt8](try Data(contentsOf: url))
    let header = 10 + Int(data[8]) + Int(data[9]) << 8
    let text = String(decoding: data[10..<header], as: UTF8.self)
    let width = text.contains("i4") ? 4 : text.contains("i8") ? 8 : 1
    let values = stride(from: header, to: data.count, by: width).map { data[$0] }
    return stride(from: 0, to: values.count, by: 900).map { Array(values[$0..<$0 + 900]) }
  }
}
