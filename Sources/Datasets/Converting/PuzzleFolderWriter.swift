import Foundation
import Gym

/// Writes a folder with a file for each puzzle, which has the puzzle's name.
final class PuzzleFolderWriter {
  private let task: any Task
  private let format: SourceFormat
  private let folder: PendingFolder

  init(_ task: any Task, to url: URL, as format: SourceFormat, replaces: Bool) throws {
    (self.task, self.format) = (task, format)
    folder = try PendingFolder(for: url, replaces: replaces, of: .puzzleFiles)
  }

  /// Does the writing and puts the folder in its place; where that fails, removes it.
  func completing(_ write: () throws -> Int) throws -> Int {
    do {
      let count = try write()
      try folder.finish()
      return count
    } catch {
      try folder.discard()
      throw error
    }
  }

  func write(_ puzzle: Puzzle) throws {
    guard let name = puzzle.name, DatasetFolder.isPlainName(name) else {
      throw GymError(
        "a puzzle is called \(puzzle.name.map { String(reflecting: $0) } ?? "nothing")",
        at: folder.target.path, expected: "1 to 64 letters, digits, - and _, to name its file")
    }
    guard let text = try task.fileText(of: puzzle, as: format) else {
      throw GymError(
        "\(task.id.name) has no files of the form \(format.rawValue)",
        expected: "csv, jsonl or folder")
    }
    let file = try PendingFile(
      for: folder.url.appendingPathComponent("\(name).json"), replaces: false)
    do {
      try file.write(text)
      try file.finish()
    } catch {
      try file.discard()
      throw error
    }
  }
}
