import GymJSON
import Synchronization

/// Notes taken while puzzles are read: what was passed over, and what was left out since it is
/// no puzzle, each once, however often a source is read.
public final class ReadingLog: Sendable {
  private struct Content {
    var notes: [String] = []
    var leftOut: [String] = []
    var known: Set<String> = []
  }

  /// Whether invalid puzzles are left out; otherwise the first one ends the reading.
  public let skipsInvalid: Bool
  /// How to have it left out, for errors that say nothing else to do.
  private let remedy: String?
  private let content = Mutex(Content())

  /// An empty log.
  public init(skipsInvalid: Bool = false, remedy: String? = nil) {
    (self.skipsInvalid, self.remedy) = (skipsInvalid, remedy)
  }

  /// A log for a command with the option --skip-invalid.
  public static func skippingInvalid(_ skipsInvalid: Bool) -> ReadingLog {
    ReadingLog(skipsInvalid: skipsInvalid, remedy: "Mend it, or leave it out by --skip-invalid.")
  }

  /// The notes for the user, each a sentence without its full stop, in order.
  public var notes: [String] { content.withLock { $0.notes } }

  /// Why each thing was left out, with its place, in order.
  public var leftOut: [String] { content.withLock { $0.leftOut } }

  /// A note of the things left out, at most 20 of them, without its full stop; nil if there are
  /// none.
  public var leftOutNote: String? {
    let leftOut = leftOut
    guard !leftOut.isEmpty else { return nil }
    return "\(leftOut.count) of what was read \(leftOut.count == 1 ? "is" : "are") left out: "
      + leftOut.prefix(20).joined(separator: "; ")
      + (leftOut.count > 20 ? "; and \(leftOut.count - 20) more" : "")
  }

  /// Notes something that the user has to know.
  public func note(_ text: String) {
    content.withLock { content in
      if content.known.insert(text).inserted { content.notes.append(text) }
    }
  }

  /// The value of a function; nil if it finds no puzzle and is left out.
  ///
  /// - Throws: what it throws, unless that is left out; always the fault of a task's process, which
  ///   says nothing about the puzzle.
  public func valid<Value>(_ body: () throws -> Value) throws -> Value? {
    do {
      return try body()
    } catch let error as GymError where error.isFault {
      throw error
    } catch let error where skipsInvalid && (error is GymError || error is JSONError) {
      leaveOut(error.reason)
      return nil
    } catch let error as GymError where error.remedy == nil {
      throw GymError(
        error.what, at: error.location, expected: error.expected, remedy: remedy)
    }
  }

  /// Notes why something was left out.
  package func leaveOut(_ reason: String) {
    content.withLock { content in
      if content.known.insert(reason).inserted { content.leftOut.append(reason) }
    }
  }
}

extension Task {
  /// Reads the formats that are common to all tasks; for tasks that also read others.
  public func readTextPuzzles(
    from source: PuzzleSource, _ body: (Puzzle) throws -> Void
  ) throws {
    switch try source.format(for: self) {
    case .csv: try readCSV(source, body)
    case .lines: try readLines(source, body)
    case .jsonLines: try readJSONLines(source, body)
    case .textGrid: try readTextGrids(source, body)
    case .arcJSON:
      throw GymError(
        "this is a JSON file in ARC's form, which \(Self.id.name) does not read", at: source.path,
        expected: "a table, JSON lines or lines of text with one puzzle each")
    }
  }

  /// Whether a line of a text file is a comment: it begins with "#", and "#" is not a token.
  func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: "#") && vocabulary.token(of: "#") == nil
  }

  /// Checks a rating that a file gives.
  func checkedRating(_ rating: Double?, text: String) throws -> Double {
    // Datasets store ratings in 32 bits, in which a greater number would be infinite.
    guard let rating, (0...1e38).contains(rating) else {
      throw GymError(
        "the rating is \(text.prefix(40))", expected: "a number from 0 to 1e38, or nothing")
    }
    return rating
  }
}
