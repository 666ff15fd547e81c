import Foundation
import Gym

/// Rows of tokens in an `.npy` file, read as bytes whatever integers the file holds.
struct TokenRows: Sendable {
  private let array: NpyArray
  private let vocabularyCount: Int
  /// The stored value that means padding, besides 0.
  private let ignored: Int64?
  /// The number of rows.
  let count: Int
  /// The tokens of a row.
  let cells: Int

  /// - Throws: a `GymError` if the file is not an array of rows of `cells` integers.
  init(_ url: URL, cells: Int, vocabularyCount: Int, ignored: Int64? = nil) throws {
    array = try NpyArray(url)
    guard array.shape.count == 2, array.shape[0] > 0, array.shape[1] == cells,
      array.element.isInteger
    else {
      throw GymError(
        "the array has shape \(array.shape) and elements \(array.element.rawValue)", at: url.path,
        expected: "one row or more of \(cells) integers, as seq_len in dataset.json says")
    }
    (count, self.cells, self.vocabularyCount) = (array.shape[0], cells, vocabularyCount)
    self.ignored = ignored == 0 ? nil : ignored
  }

  /// Copies a row's tokens.
  ///
  /// - Precondition: the row exists and `target` is large enough.
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token.
  func copy(row: Int, to target: UnsafeMutableBufferPointer<UInt8>) throws {
    precondition((0..<count).contains(row), "there is no row \(row) among \(count)")
    precondition(target.count >= cells)
    guard array.element == .uint8, ignored == nil else {
      return try array.forEachInteger(in: row * cells..<(row + 1) * cells) { index, value in
        let cell = index - row * cells
        guard let value, value != ignored else {
          if value != nil { target[cell] = Vocabulary.padding } else { throw wrong(row, cell, nil) }
          return
        }
        guard (0..<Int64(vocabularyCount)).contains(value) else { throw wrong(row, cell, value) }
        target[cell] = UInt8(value)
      }
    }
    array.withBytes { bytes in
      UnsafeMutableRawBufferPointer(target)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[row * cells..<(row + 1) * cells]))
    }
    var greatest: UInt8 = 0
    for cell in 0..<cells { greatest = max(greatest, target[cell]) }
    guard Int(greatest) < vocabularyCount else {
      let cell = target.firstIndex { Int($0) >= vocabularyCount } ?? 0
      throw wrong(row, cell, Int64(target[cell]))
    }
  }

  private func wrong(_ row: Int, _ cell: Int, _ value: Int64?) -> GymError {
    GymError(
      "row \(row), cell \(cell) holds \(value.map(String.init) ?? "a value beyond 64 bits")",
      at: array.url.path,
      expected: "a token in 0..<\(vocabularyCount), as vocab_size in dataset.json says")
  }
}
