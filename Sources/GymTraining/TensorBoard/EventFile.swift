import Foundation
import Gym
import GymJSON

/// A file of TensorBoard events: TFRecord frames around `tensorflow.Event` messages.
///
/// A frame is the length of the message in eight bytes, the check of these, the message, and the
/// check of it; all little-endian.
package final class EventFile {
  /// One value of a summary.
  package enum Value: Sendable, Hashable {
    /// A number, shown as a curve.
    case scalar(Double)
    /// A text in Markdown.
    case text(String)
  }

  /// The file's path.
  package let url: URL
  private let handle: FileHandle

  /// Creates a new file in a folder, which is made if necessary.
  ///
  /// A resumed run writes a further file: TensorBoard reads the files of a folder in the order of
  /// their names, and forgets what earlier ones hold from `step` on.
  ///
  /// - Throws: a `GymError` if it cannot be written.
  package init(in folder: URL, from step: Int, date: Date = Date()) throws {
    try FileSystem.create(folder)
    let start = "events.out.tfevents.\(Self.padded(Int(date.timeIntervalSince1970)))"
    let taken = try FileSystem.names(in: folder).filter { $0.hasPrefix(start) }.count
    url = folder.appendingPathComponent("\(start).\(Self.padded(taken)).reasongym")
    do {
      try Data().write(to: url, options: .withoutOverwriting)
      handle = try FileHandle(forWritingTo: url)
    } catch {
      throw GymError.unwritten(url.path, error)
    }
    try write(date: date) { $0.add(Field.version, text: "brain.Event:2") }
    try write(date: date, step: step) {
      $0.add(Field.session, ProtocolBuffer { $0.add(1, integer: Self.sessionStart) })
    }
  }

  deinit {
    try? handle.close()
  }

  /// Writes values of a step, each under its tag.
  ///
  /// - Throws: a `GymError` if the file cannot be written.
  package func write(_ values: [(tag: String, value: Value)], step: Int, date: Date = Date()) throws
  {
    guard !values.isEmpty else { return }
    let summary = ProtocolBuffer { summary in
      for (tag, value) in values { summary.add(1, Self.message(tag, value)) }
    }
    try write(date: date, step: step) { $0.add(Field.summary, summary) }
  }

  /// The numbers of the fields of `Event`.
  private enum Field {
    static let (time, step, version, summary, session) = (1, 2, 3, 5, 7)
  }

  /// `SessionLog.START`.
  private static let sessionStart = 1
  /// `DT_STRING`.
  private static let textType = 7

  private static func padded(_ number: Int) -> String {
    let digits = String(max(0, number))
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }

  private static func message(_ tag: String, _ value: Value) -> ProtocolBuffer {
    ProtocolBuffer { message in
      message.add(1, text: tag)
      switch value {
      case .scalar(let number): message.add(2, float: Float(number))
      case .text(let text):
        let plugin = ProtocolBuffer { $0.add(1, text: "text") }
        let shape = ProtocolBuffer { $0.add(2, ProtocolBuffer { $0.add(1, integer: 1) }) }
        message.add(
          8,
          ProtocolBuffer {
            $0.add(1, integer: textType)
            $0.add(2, shape)
            $0.add(8, text: text)
          })
        message.add(9, ProtocolBuffer { $0.add(1, plugin) })
      }
    }
  }

  private func write(date: Date, step: Int = 0, _ body: (inout ProtocolBuffer) -> Void) throws {
    let event = ProtocolBuffer { event in
      event.add(Field.time, double: date.timeIntervalSince1970)
      event.add(Field.step, integer: step)
      body(&event)
    }.bytes
    func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
    let length = littleEndian(UInt64(event.count))
    let frame =
      length + littleEndian(CRC32C.masked(length)) + event + littleEndian(CRC32C.masked(event))
    do {
      // A frame is written at once, so that a killed process leaves whole ones.
      try handle.write(contentsOf: Data(frame))
    } catch {
      throw GymError.unwritten(url.path, error)
    }
  }
}

/// A message in the wire format of Protocol Buffers, as far as TensorBoard's events need it.
///
/// A field is a tag, its number · 8 + its kind, and a value: a varint (kind 0), eight bytes (1),
/// bytes with their count (2), or four bytes (5).
package struct ProtocolBuffer: Sendable {
  /// The bytes of the fields so far.
  package private(set) var bytes: [UInt8] = []

  /// A message with the fields that `body` adds.
  package init(_ body: (inout ProtocolBuffer) -> Void) { body(&self) }

  /// Adds an `int64` or an enum's value; 0 is what a missing field means.
  package mutating func add(_ field: Int, integer: Int) {
    guard integer != 0 else { return }
    addVarint(UInt64(field) << 3)
    addVarint(UInt64(bitPattern: Int64(integer)))
  }

  /// Adds a `double`.
  package mutating func add(_ field: Int, double: Double) {
    addVarint(UInt64(field) << 3 | 1)
    addLittleEndian(double.bitPattern)
  }

  /// Adds a `float`.
  package mutating func add(_ field: Int, float: Float) {
    addVarint(UInt64(field) << 3 | 5)
    addLittleEndian(float.bitPattern)
  }

  /// Adds a `string`.
  package mutating func add(_ field: Int, text: String) { add(field, Array(text.utf8)) }

  /// Adds a message.
  package mutating func add(_ field: Int, _ message: ProtocolBuffer) { add(field, message.bytes) }

  private mutating func add(_ field: Int, _ content: [UInt8]) {
    addVarint(UInt64(field) << 3 | 2)
    addVarint(UInt64(content.count))
    bytes += content
  }

  /// Seven bits per byte, lowest first; the highest bit of a byte says that more follow.
  private mutating func addVarint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func addLittleEndian(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}

/// The cyclic redundancy check CRC-32C (Castagnoli), as TFRecord files use it.
package enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
    }
  }

  /// The check of some bytes.
  package static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
  }

  /// The check in the form that TFRecord stores: turned and shifted, so that a record that holds
  /// records is not mistaken for its own check.
  package static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let check = checksum(of: bytes)
    return (check >> 15 | check << 17) &+ 0xA282_EAD8
  }
}
