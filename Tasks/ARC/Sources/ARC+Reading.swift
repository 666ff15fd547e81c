import Foundation
import Gym
import JSON

extension ARC {
  public static var formats: [SourceFormat] { [.arcJSON, .csv, .jsonLines] }

  /// Reads ARC tasks: a folder of task files at any depth (ConceptARC has one folder per concept),
  /// a single task file, or a challenges file with the solutions file beside it; or canvases as
  /// rows of CSV or JSON lines, as `dataset convert` writes them.
  public func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    guard try source.format(for: self) == .arcJSON else {
      return try readTextPuzzles(from: source, body)
    }
    var files = try ARCFile.files(at: source.url)[...]
    while !files.isEmpty {
      for puzzles in Self.puzzles(of: Array(files.prefix(Self.filesAtOnce))) {
        for puzzle in try puzzles.get() { try body(puzzle) }
      }
      files = files.dropFirst(Self.filesAtOnce)
    }
  }

  /// Enough for all cores, few enough that memory does not grow with the folder.
  private static let filesAtOnce = 64

  /// The puzzles of each file, read on all cores.
  private static func puzzles(of files: [ARCFile]) -> [Result<[Puzzle], any Error>] {
    Array(unsafeUninitializedCapacity: files.count) { buffer, count in
      // Every iteration initializes only its own element.
      nonisolated(unsafe) let slots = buffer
      DispatchQueue.concurrentPerform(iterations: files.count) { index in
        let file = files[index]
        slots.initializeElement(
          at: index,
          to: Result {
            try file.tasks().map { task in
              var puzzle = task.puzzle(source: file.collection)
              puzzle.file = file.url
              return puzzle
            }
          })
      }
      count = files.count
    }
  }
}
