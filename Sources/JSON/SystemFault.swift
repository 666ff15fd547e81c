import Foundation

/// An error of the operating system, with its message and advice for the user.
public struct SystemFault: Error, Sendable, Hashable {
  /// The value of `errno`.
  public let code: Int32

  /// The fault with this code; by default the current `errno`.
  public init(_ code: Int32 = errno) {
    self.code = code
  }

  /// The system fault that caused an error, if there is one.
  public init?(behind error: any Error) {
    if let fault = error as? SystemFault {
      self = fault
    } else if let code = (error as? JSONError)?.systemCode {
      self.init(code)
    } else {
      let error = error as NSError
      let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
      guard underlying.domain == NSPOSIXErrorDomain else { return nil }
      self.init(Int32(underlying.code))
    }
  }

  /// The system's message, such as "No space left on device".
  public var reason: String { String(cString: strerror(code)) }

  /// Advice for an error while writing; nil if there is none.
  public var remedy: String? {
    switch code {
    case ENOSPC: "Make room on that disk, or write elsewhere"
    case EDQUOT: "Your quota there is used up: make room, or write elsewhere"
    case EFBIG: "Files may not be so large there: raise the limit (ulimit -f), or write elsewhere"
    case EROFS: "What is mounted there cannot be written to: write elsewhere"
    case EACCES, EPERM: "You may not write there: change the permissions, or write elsewhere"
    case ENOENT: "The folder is missing: make it, or write elsewhere"
    case ENOTDIR: "A part of the path is no folder: write elsewhere"
    case EISDIR: "A folder has that name: name a file"
    case EIO: "The disk reports a fault: write elsewhere"
    default: nil
    }
  }
}

extension SystemFault: CustomStringConvertible {
  public var description: String { reason }
}
