import JSON
import Synchronization

/// Notes taken while puzzles are read: what was passed over, and what was left out since it is
/// no puzzle, each once, however often a source is read.
public final class ReadingLog: Sendable {
  private struct Content {
    var notes: [String] = []
    var leftOut: [String] = []
    var known: Set<String> = []
  }

  /// Whether what is no puzzle is left out; else it ends the reading.
  public let skipsInvalid: Bool
  /// How to have it left out, for errors that say nothing else to do.
  private let remedy: String?
  private let content = Mutex(Content())

  /// A log in which nothing stands yet.
  public init(skipsInvalid: Bool = false, remedy: String? = nil) {
    (self.skipsInvalid, self.remedy) = (skipsInvalid, remedy)
  }

  /// The notes for the user, each a sentence without its full stop, in order.
  public var notes: [String] { content.withLock { $0.notes } }

  /// Why each thing was left out, with its place, in order.
  public var leftOut: [String] { content.withLock { $0.leftOut } }

  /// Notes what a person has to know.
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

  private func leaveOut(_ reason: String) {
    content.withLock { content in
      if content.known.insert(reason).inserted { content.leftOut.append(reason) }
    }
  }
}
