import Foundation
import Gym

extension ARCTask {
  /// The task in the form of an ARC task file, and of an entry of a challenges file.
  public var json: JSON {
    [
      "train": .array(
        demonstrations.map { ["input": $0.question.json, "output": $0.answer.json] }),
      "test": .array(
        tests.map { test in
          var members: JSONObject = ["input": test.question.json]
          members["output"] = test.answer?.json
          return .object(members)
        }),
    ]
  }

  /// Writes the task file `<name>.json` into an existing folder.
  ///
  /// - Returns: the file.
  /// - Throws: a `GymError` if the name cannot be a file's name, or `JSONError`.
  @discardableResult
  public func write(into folder: URL) throws -> URL {
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
      throw GymError("task \"\(name)\" cannot name a file", at: folder.path)
    }
    let url = folder.appendingPathComponent("\(name).json")
    try json.write(to: url, style: .compact)
    return url
  }

  /// A task from its JSON.
  ///
  /// - Parameters:
  ///   - path: the file, and the task in it, for errors.
  ///   - answers: the answers of the test pairs if they are stored elsewhere, and that location.
  init(
    _ json: JSON, name: String, path: String, answers: (place: String, grids: [JSON])?
  ) throws {
    let (train, test) = try Self.pairs(json, path)
    if let answers, answers.grids.count != test.count {
      throw GymError(
        "\(answers.grids.count) answers for \(test.count) test pairs", at: answers.place)
    }
    self.init(
      name: name,
      demonstrations: try train.enumerated().map { index, pair in
        let place = "\(path), train pair \(index + 1)"
        return ARCPair(
          try Self.grid(pair, "input", place), try Self.grid(pair, "output", place))
      },
      tests: try test.enumerated().map { index, pair in
        let place = "\(path), test pair \(index + 1)"
        let answer = try answers.map {
          try ARCGrid($0.grids[index], at: "\($0.place), answer \(index + 1)")
        }
        // Some tables write null for an answer that is withheld.
        let isWithheld = pair["output"]?.isNull ?? true
        return ARCTest(
          try Self.grid(pair, "input", place),
          try answer ?? (isWithheld ? nil : Self.grid(pair, "output", place)))
      })
  }

  /// The demonstrations and the questions.
  private static func pairs(
    _ json: JSON, _ path: String
  ) throws -> (train: [JSON], test: [JSON]) {
    guard let pairs = json.array else {
      return (try Self.pairs(json, "train", path), try Self.pairs(json, "test", path))
    }
    guard pairs.count > 1 else {
      throw GymError(
        "the array has \(pairs.count) pair\(pairs.count == 1 ? "" : "s")", at: path,
        expected: "two or more: the last tenth, one at least, are the questions")
    }
    let questions = max(1, pairs.count / 10)
    return (pairs.dropLast(questions), pairs.suffix(questions))
  }

  private static func pairs(_ json: JSON, _ key: String, _ path: String) throws -> [JSON] {
    let value = json[key] ?? .null
    // Some tables keep the grids of a task in columns.
    if let inputs = value["input"]?.array, let outputs = value["output"]?.array,
      inputs.count == outputs.count, !inputs.isEmpty
    {
      return zip(inputs, outputs).map { ["input": $0, "output": $1] }
    }
    guard let pairs = value.array, !pairs.isEmpty else {
      throw GymError(
        "no pairs under \"\(key)\"", at: path,
        expected: "{\"train\": [pairs], \"test\": [pairs]}, at least one of each")
    }
    return pairs
  }

  private static func grid(_ pair: JSON, _ key: String, _ place: String) throws -> ARCGrid {
    guard let grid = pair[key] else {
      throw GymError("the pair has no \"\(key)\"", at: place)
    }
    return try ARCGrid(grid, at: "\(place), \(key)")
  }
}

extension ARCGrid {
  /// The grid as an array of rows.
  public var json: JSON {
    .array(
      (0..<rows).map { row in
        .array(cells[row * columns..<(row + 1) * columns].map { JSON($0) })
      })
  }

  /// A grid from an array of rows.
  ///
  /// - Parameter place: the file, task and pair, for errors, which add the row.
  public init(_ json: JSON, at place: String) throws {
    guard case .array(let rows) = json, (1...Self.maxSide).contains(rows.count) else {
      throw GymError(
        "the grid is \(json.array.map { "\($0.count) rows" } ?? json.kind)", at: place,
        expected: "an array of 1 to \(Self.maxSide) rows")
    }
    let columns = rows[0].array?.count ?? 0
    var cells: [UInt8] = []
    cells.reserveCapacity(rows.count * columns)
    for (index, row) in rows.enumerated() {
      var here: String { "\(place), row \(index + 1)" }
      guard case .array(let row) = row, (1...Self.maxSide).contains(row.count) else {
        throw GymError(
          "the row is \(row.array.map { "\($0.count) cells" } ?? row.kind)", at: here,
          expected: "an array of 1 to \(Self.maxSide) colors")
      }
      guard row.count == columns else {
        throw GymError("the row has \(row.count) cells", at: here, expected: "\(columns), as row 1")
      }
      for (column, cell) in row.enumerated() {
        guard case .integer(let color) = cell, (0..<Int64(Self.colors)).contains(color) else {
          throw GymError(
            "column \(column + 1) is \(cell.integer.map { "\($0)" } ?? cell.kind)", at: here,
            expected: "a color from 0 to 9")
        }
        cells.append(UInt8(color))
      }
    }
    self.init(trusted: cells, rows: rows.count, columns: columns)
  }
}
