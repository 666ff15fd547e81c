import Foundation
import GymJSON

/// An error that says what went wrong, where, what was expected, and what to do next.
public struct GymError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The problem, in one sentence without a full stop.
  public let what: String
  /// The file, line, setting or item concerned.
  public let location: String?
  /// The value or state that was expected instead.
  public let expected: String?
  /// The next thing for the reader to do.
  public let remedy: String?
  /// Whether what should have judged the data failed, such as a task's process that crashed: then
  /// nothing is known about the data.
  public let isFault: Bool

  /// An error; everything but `what` can be left out if `what` already says it.
  public init(
    _ what: String, at location: String? = nil, expected: String? = nil, remedy: String? = nil,
    isFault: Bool = false
  ) {
    self.what = what
    self.location = location
    self.expected = expected
    self.remedy = remedy
    self.isFault = isFault
  }

  public var description: String {
    var text = location.map { "\($0): \(what)" } ?? what
    if let expected { text += "; expected \(expected)" }
    if let remedy { text += ". \(remedy)" }
    return text
  }
}

extension GymError {
  /// This error with a place put in front of the location that it already has.
  public func located(_ place: String) -> GymError {
    GymError(
      what, at: location.map { "\(place): \($0)" } ?? place, expected: expected, remedy: remedy,
      isFault: isFault)
  }

  /// This error as a fault of what should have judged the data.
  public var asFault: GymError {
    GymError(what, at: location, expected: expected, remedy: remedy, isFault: true)
  }

  /// The result of a function, with the place added to the location of its errors.
  public static func located<Value>(
    _ place: @autoclosure () -> String, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as GymError {
      throw error.located(place())
    }
  }
}

extension GymError {
  /// The error of a file or folder that cannot be written: why, and what to do.
  ///
  /// - Parameter what: what happened, without the reason.
  public static func unwritten(
    _ path: String, _ error: any Error = SystemFault(), _ what: String = "it cannot be written"
  ) -> GymError {
    if let error = error as? GymError { return error }
    let remedy = SystemFault(behind: error)?.remedy
    if let error = error as? JSONError {
      return GymError(error.message, at: error.file, expected: error.expected, remedy: remedy)
    }
    return GymError("\(what): \(error.reason)", at: path, remedy: remedy)
  }
}

extension Error {
  /// A readable reason: the system's own message if there is one, never an error number.
  public var reason: String {
    if let error = self as? GymError { return error.description }
    if let error = self as? JSONError { return error.description }
    if let fault = SystemFault(behind: self) { return fault.reason }
    let isFoundations =
      self is CocoaError || self is any LocalizedError || type(of: self) is NSError.Type
    return isFoundations ? localizedDescription : "\(self)"
  }
}

extension Int {
  /// The number with what it counts, such as `1 puzzle` and `2 puzzles`.
  package func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
