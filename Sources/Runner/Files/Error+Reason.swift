import Foundation
import Gym

extension Error {
  /// What went wrong as a person would say it: the system's own words where there are some.
  var reason: String {
    if let error = self as? GymError { return error.description }
    let error = self as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code)))
    }
    return error.localizedDescription
  }
}
