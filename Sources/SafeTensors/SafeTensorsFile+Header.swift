import Foundation
import GymCore
import JSON

extension SafeTensorsFile {
  /// The header, read and checked.
  struct Header {
    var entries: [String: Entry] = [:]
    var metadata: [String: String] = [:]
    private let path: String

    init(of data: Data, path: String) throws {
      self.path = path
      guard data.count >= 8 else {
        throw GymError("has \(data.count) bytes; the header needs 8 and more", at: path)
      }
      let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard length <= 100_000_000, length <= UInt64(data.count - 8) else {
        throw GymError(
          "the header claims \(length) bytes in a file of \(data.count)", at: path)
      }
      let start = 8 + Int(length)
      let json: JSON
      do {
        json = try JSON(parsing: data[data.startIndex + 8..<data.startIndex + start])
      } catch {
        throw GymError("the header is not JSON: \(error)", at: path)
      }
      guard case .object(let members) = json else {
        throw GymError("the header is \(json.kind); expected an object", at: path)
      }
      for (name, value) in members {
        if name == "__metadata__" {
          metadata = try readMetadata(value)
        } else {
          entries[name] = try readEntry(name, value, start: start, end: data.count)
        }
      }
      try checkOverlap(start: start, end: data.count)
    }

    private func readMetadata(_ json: JSON) throws -> [String: String] {
      guard let members = json.object else {
        throw GymError("__metadata__ is \(json.kind); expected an object", at: path)
      }
      return try members.reduce(into: [:]) { result, member in
        guard let text = member.value.string else {
          throw GymError(
            "__metadata__.\(member.name) is \(member.value.kind); expected a string", at: path)
        }
        result[member.name] = text
      }
    }

    private func readEntry(_ name: String, _ json: JSON, start: Int, end: Int) throws -> Entry {
      guard let type = json["dtype"]?.string.flatMap(ScalarType.init(rawValue:)) else {
        let known = ScalarType.allCases.map(\.rawValue).joined(separator: ", ")
        throw GymError("\(name): no known dtype; expected one of \(known)", at: path)
      }
      guard let extents = json["shape"]?.array?.map({ $0.integer ?? -1 }),
        extents.allSatisfy({ $0 >= 0 })
      else {
        throw GymError("\(name): no shape; expected sizes from 0", at: path)
      }
      guard let offsets = json["data_offsets"]?.array?.compactMap(\.integer), offsets.count == 2,
        0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= end - start
      else {
        throw GymError(
          "\(name): no data_offsets within the file's \(end - start) bytes of data", at: path)
      }
      let bytes = start + Int(offsets[0])..<start + Int(offsets[1])
      var expected = type.size
      for extent in extents {
        let (product, overflow) = expected.multipliedReportingOverflow(by: Int(extent))
        // A later dimension may be 0, so the file's size alone does not bound the others.
        guard !overflow, product < 1 << 48 else {
          throw GymError("\(name): the shape \(extents) is too large", at: path)
        }
        expected = product
      }
      guard expected == bytes.count else {
        throw GymError(
          "\(name): \(bytes.count) bytes for \(type.rawValue) \(extents); expected \(expected)",
          at: path)
      }
      return Entry(type: type, shape: extents.map { Int($0) }, bytes: bytes)
    }

    /// Every byte of data must belong to exactly one tensor, as the format requires.
    private func checkOverlap(start: Int, end: Int) throws {
      var position = start
      let sorted = entries.sorted {
        ($0.value.bytes.lowerBound, $0.value.bytes.upperBound)
          < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound)
      }
      for (name, entry) in sorted {
        guard entry.bytes.lowerBound == position else {
          throw GymError(
            "\(name) begins at byte \(entry.bytes.lowerBound); expected \(position)", at: path)
        }
        position = entry.bytes.upperBound
      }
      guard position == end else {
        throw GymError(
          "ends at byte \(end); expected \(position): it is cut or has more at its end", at: path)
      }
    }
  }
}
