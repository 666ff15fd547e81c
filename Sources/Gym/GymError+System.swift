import Foundation
import JSON

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
