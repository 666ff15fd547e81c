import Foundation
import Gym

extension ARC: ReadingTask {
  public static var formats: [SourceFormat] { [.arcJSON, .csv, .jsonLines] }

  /// Reads ARC tasks: a folder of task files at any depth (ConceptARC has a folder a concept),
  /// one file of tasks in any form of `ARCContainer`, a challenges file with the solutions file
  /// beside it, or JSON lines of tasks; or canvases as rows of CSV or JSON lines, as
  /// `dataset convert` writes them.
  public func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    switch try source.format(for: self) {
    case .arcJSON: try readFiles(source, body)
    case .jsonLines where try Self.holdsTasks(source): try readTaskLines(source, body)
    default: try readTextPuzzles(from: source, body)
    }
  }

  /// Enough for all cores, few enough that memory does not grow with the folder.
  private static let filesAtOnce = 64

  private func readFiles(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    let all = try ARCFolder.files(at: source)
    var files = all[...]
    while !files.isEmpty {
      for puzzles in puzzles(
        of: Array(files.prefix(Self.filesAtOnce)), source.log, isFolder: all.count > 1)
      {
        for puzzle in try puzzles.get() { try body(puzzle) }
      }
      files = files.dropFirst(Self.filesAtOnce)
    }
  }

  /// The puzzles of each file, read by all cores.
  private func puzzles(
    of files: [ARCFile], _ log: ReadingLog, isFolder: Bool
  ) -> [Result<[Puzzle], any Error>] {
    Array(unsafeUninitializedCapacity: files.count) { buffer, count in
      // Every iteration initializes only its own element.
      nonisolated(unsafe) let slots = buffer
      DispatchQueue.concurrentPerform(iterations: files.count) { index in
        let file = files[index]
        slots.initializeElement(
          at: index,
          to: Result {
            try file.tasks(log, isInFolder: isFolder).compactMap { task, section in
              try log.valid {
                var puzzle = try task.puzzle(
                  source: section ?? file.collection, on: canvas, path: file.path)
                puzzle.file = URL(fileURLWithPath: file.path)
                return puzzle
              }
            }
          })
      }
      count = files.count
    }
  }

  /// Whether the first line of JSON lines holds tasks, not a canvas.
  private static func holdsTasks(_ source: PuzzleSource) throws -> Bool {
    let lines = try JSONLinesReader(
      contentsOf: source.url, name: source.path, limits: lineLimits, isLenient: true)
    guard let first = try? lines.next() else { return false }
    return first["question"] == nil && !ARCContainer.holdsNone(first)
  }

  private static let lineLimits = JSON.Limits(bytes: 256 << 20)

  private func readTaskLines(
    _ source: PuzzleSource, _ body: (Puzzle) throws -> Void
  ) throws {
    let lines = try JSONLinesReader(
      contentsOf: source.url, name: source.path, limits: Self.lineLimits, isLenient: true)
    let file = ARCFile(source.url, path: source.path)
    var isAtEnd = false
    while !isAtEnd {
      let before = lines.line
      let tasks = try source.log.valid { () -> [(task: ARCTask, section: String?)] in
        guard let json = try lines.next() else {
          isAtEnd = true
          return []
        }
        return try ARCFile.tasks(
          json, name: "\(file.stem)-\(lines.line)", path: "\(source.path):\(lines.line)",
          source.log)
      }
      // A line too long is not gone past.
      if lines.line == before, !isAtEnd { _ = try lines.next() }
      for (task, section) in tasks ?? [] {
        let read = try source.log.valid {
          try task.puzzle(
            source: section ?? file.collection, on: canvas, path: "\(source.path):\(lines.line)")
        }
        guard var puzzle = read else { continue }
        puzzle.line = lines.line
        puzzle.file = source.file
        try body(puzzle)
      }
    }
  }
}
