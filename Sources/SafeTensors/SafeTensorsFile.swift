import Foundation
import GymCore
import JSON

/// A safetensors file opened for reading; every byte range has been checked against the file.
///
/// The format (github.com/huggingface/safetensors): eight bytes with the header's length, a JSON
/// header that gives each tensor's type, shape and byte range, then the bytes.
public struct SafeTensorsFile: Sendable {
  /// One tensor as the header describes it.
  public struct Entry: Sendable, Hashable {
    /// The number type.
    public let type: ScalarType
    /// The dimensions, outermost first; their product matches the number of bytes.
    public let shape: [Int]
    let bytes: Range<Int>

    /// The number of elements.
    public var count: Int { bytes.count / type.size }
  }

  /// The path, for errors.
  public let path: String
  /// The tensors by name.
  public let entries: [String: Entry]
  /// The free-text metadata.
  public let metadata: [String: String]
  private let data: Data

  /// Opens a file and checks its complete header.
  public init(contentsOf url: URL) throws {
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .alwaysMapped)
    } catch {
      throw GymError(
        "cannot be read: \(SystemFault(behind: error)?.reason ?? "\(error)")", at: url.path)
    }
    try self.init(bytes: data, at: url.path)
  }

  /// The same for bytes in memory.
  init(bytes data: Data, at path: String) throws {
    let header = try Header(of: data, path: path)
    (self.path, self.data) = (path, data)
    entries = header.entries
    metadata = header.metadata
  }

  /// The names, sorted.
  public var names: [String] { entries.keys.sorted() }

  /// The entry with a name.
  public func entry(_ name: String) throws -> Entry {
    guard let entry = entries[name] else {
      throw GymError("there is no tensor \"\(name)\"", at: path)
    }
    return entry
  }

  /// A tensor's bytes.
  public func bytes(_ name: String) throws -> Data {
    let range = try entry(name).bytes
    return data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound]
  }
}
