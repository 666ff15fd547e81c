import Foundation
import Gym
import JSON

/// The lines of a submission, one at a time, each within limits.
struct PredictionLines {
  /// A line is an object of flat members; thoughts are its only array.
  static let limits = JSON.Limits(depth: 4, bytes: 4 << 20, string: 1 << 20)

  private let name: String
  private let next: () throws -> (JSON, line: Int)?

  init(_ source: Submission.Source) throws {
    switch source {
    case .file(let url):
      name = url.path
      let reader = try JSONLinesReader(contentsOf: url, limits: Self.limits)
      next = { try reader.next().map { ($0, reader.line) } }
    case .bytes(let data):
      name = "predictions"
      next = Self.lines(of: data)
    }
  }

  /// Passes every line's value to `body`, whose errors get the line as their location.
  ///
  /// - Throws: a `GymError` with the line.
  func forEach(_ body: (_ line: JSON, _ place: String) throws -> Void) throws {
    while let (json, line) = try nextLine() {
      let place = "\(name):\(line)"
      try GymError.located(place) { try body(json, place) }
    }
  }

  private func nextLine() throws -> (JSON, line: Int)? {
    do {
      return try next()
    } catch let error as JSONError {
      let place = [error.line, error.column].compactMap { $0.map { ":\($0)" } }.joined()
      throw GymError(error.message, at: name + place, expected: error.expected)
    }
  }

  private static func lines(of data: Data) -> () throws -> (JSON, line: Int)? {
    var (start, line) = (data.startIndex, 0)
    return {
      guard start < data.endIndex else { return nil }
      let end = data[start...].firstIndex(of: 0x0A) ?? data.endIndex
      let bytes = data[start..<end]
      (start, line) = (min(end + 1, data.endIndex), line + 1)
      do {
        return (try JSON(parsing: bytes, limits: limits), line)
      } catch let error as JSONError {
        throw JSONError(
          file: error.file, line: line, column: error.column, message: error.message,
          expected: error.expected)
      }
    }
  }
}
