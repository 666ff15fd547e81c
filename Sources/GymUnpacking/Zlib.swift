import Foundation

/// The functions of zlib that read gzip, found in the library when the program first reads a file:
/// nothing of it is linked, and no headers are needed.
///
/// The library is on every Debian and Ubuntu, whose dpkg needs it, and a part of macOS.
package struct Zlib: Sendable {
  typealias Open = @Sendable @convention(c) (Int32, UnsafePointer<CChar>) -> OpaquePointer?
  typealias SetBuffer = @Sendable @convention(c) (OpaquePointer, UInt32) -> Int32
  typealias Read =
    @Sendable @convention(c) (OpaquePointer, UnsafeMutableRawPointer?, UInt32) -> Int32
  typealias ErrorText =
    @Sendable @convention(c) (OpaquePointer, UnsafeMutablePointer<Int32>) -> UnsafePointer<CChar>?
  typealias Close = @Sendable @convention(c) (OpaquePointer) -> Int32

  let open: Open
  let setBuffer: SetBuffer
  let read: Read
  let errorText: ErrorText
  let close: Close

  // The codes of `errorText`, by their names in zlib.h.
  static let ok: Int32 = 0
  static let streamEnd: Int32 = 1
  static let errno: Int32 = -1
  static let bufferError: Int32 = -5

  /// The system's library, loaded once.
  static let loaded = Result { () throws(UnpackingFault) in
    try Zlib(names: ["libz.so.1", "/usr/lib/libz.1.dylib"])
  }

  /// Loads the first library that is there.
  package init(names: [String]) throws(UnpackingFault) {
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first else {
      throw Self.fault("zlib, which reads files, is not on this machine")
    }
    func function<Function>(_ name: String) throws(UnpackingFault) -> Function {
      guard let address = dlsym(library, name) else {
        throw Self.fault("this machine's zlib has no \(name)")
      }
      return unsafeBitCast(address, to: Function.self)
    }
    open = try function("gzdopen")
    setBuffer = try function("gzbuffer")
    read = try function("gzread")
    errorText = try function("gzerror")
    close = try function("gzclose_r")
  }

  private static func fault(_ what: String) -> UnpackingFault {
    UnpackingFault(
      what,
      expected: "zlib 1.2.4 or newer; install it, on Debian and Ubuntu: apt-get install zlib1g")
  }
}
