import Foundation
import Gym
import GymBoardServer
import GymExternal
import GymJSON

/// A part of the gym that reads what others wrote. Whatever the bytes are, it reads them or refuses
/// them with an error; it never traps, hangs or reads something else than what it says.
struct Reader: Sendable {
  let name: String
  /// Good inputs to start from.
  let seeds: @Sendable () throws -> [[UInt8]]
  /// Reads, and checks what must hold of whatever can be read.
  ///
  /// - Throws: a `Violation` if something does not hold; any other error is examined by `isRead`.
  let read: @Sendable ([UInt8]) throws -> Void

  /// Something that a reader did and must not do.
  struct Violation: Error, CustomStringConvertible {
    let description: String
  }

  /// Whether bytes are read; false if they are refused as they should be.
  func isRead(_ bytes: [UInt8]) throws -> Bool {
    do {
      try read(bytes)
      return true
    } catch {
      guard Self.isRefusal(error) else { throw error }
      return false
    }
  }

  /// Whether an error is one with which data may be refused.
  static func isRefusal(_ error: any Error) -> Bool {
    error is GymError || error is JSONError || error is ProcessFault
      || error is RequestHead.Refusal
  }

  static func expect(
    _ condition: Bool, _ what: @autoclosure () -> String
  ) throws {
    guard condition else { throw Violation(description: what()) }
  }

  static let all: [Reader] =
    [json, jsonLines, tables, arc, submission] + [npy, dataset, safeTensors]
    + [predictions, imported, stored, participant, board] + [agentLines, taskLines, http]
}

extension Reader {
  /// A folder in memory, if the system has such, for readers of files; deleted with the process.
  static let folder: URL = {
    let memory = URL(fileURLWithPath: "/dev/shm")
    let parent =
      FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    atexit { try? FileManager.default.removeItem(at: Reader.folder) }
    return parent.appendingPathComponent("reasongym-fuzz-\(UUID().uuidString)")
  }()

  /// Writes a file fast, since millions are written, and returns its place.
  static func file(_ name: String, _ bytes: some Collection<UInt8>) throws -> URL {
    let url = folder.appendingPathComponent(name)
    if access(folder.path, F_OK) != 0 {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    unlink(url.path)
    guard let file = fopen(url.path, "wb") else { throw Violation(description: "no \(url.path)") }
    defer { fclose(file) }
    let count = Array(bytes).withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    try expect(count == bytes.count, "\(url.path) is not written")
    return url
  }

  static func bytes(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
