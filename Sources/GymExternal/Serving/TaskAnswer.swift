import Gym
import GymJSON
import GymRandomness

/// The answer to one request about a task.
struct TaskAnswer {
  /// The members of the reply.
  let members: JSONObject

  /// - Throws: a `GymError` if the request is not understood or cannot be met.
  init(_ task: any Task, _ kind: String, _ request: JSON) throws {
    switch kind {
    case "generate": members = try Self.generated(task, request)
    case "verify": members = try Self.verified(task, request)
    case "solve": members = try Self.solved(task, Self.question(task, request))
    case "draw": members = try Self.drawn(task, request)
    default:
      throw GymError(
        "the request \(Excerpt.of(kind, limit: 40)) is not known",
        expected: "make, generate, verify, solve or draw")
    }
  }

  private static func generated(_ task: any Task, _ request: JSON) throws -> JSONObject {
    guard let seed = request["seed"]?.integer, seed >= 0 else {
      throw GymError("generate has no seed", expected: "a whole number from 0")
    }
    var wish = GenerationRequest()
    if let rating = request["rating"], !rating.isNull {
      guard let bounds = rating.array?.compactMap(\.number), bounds.count == 2,
        bounds[0] <= bounds[1]
      else {
        throw GymError(
          "the rating is \(Excerpt.of(rating.description, limit: 40))",
          expected: "null, or the least and the most, such as [3, 10]")
      }
      wish.rating = bounds[0]...bounds[1]
    }
    var random = RandomStream(key: RandomKey(seed: UInt64(seed), "serve-task"), stream: 0)
    let puzzle = try task.generatePuzzle(wish, using: &random)
    guard let example = puzzle.examples.first else { throw GymError("the puzzle has no question") }
    var members = pair(task, example)
    members["rating"] = example.rating.map { .number($0) } ?? .null
    if !example.source.isEmpty { members["source"] = .string(example.source) }
    if !puzzle.demonstrations.isEmpty {
      members["demonstrations"] = .array(puzzle.demonstrations.map { .object(pair(task, $0)) })
    }
    return members
  }

  private static func pair(_ task: any Task, _ example: Example) -> JSONObject {
    [
      "question": .string(task.vocabulary.text(example.question)),
      "answer": .string(task.vocabulary.text(example.answer)),
    ]
  }

  private static func verified(_ task: any Task, _ request: JSON) throws -> JSONObject {
    let expected = try request["expected"]?.string.map { try task.vocabulary.tokens($0) } ?? []
    let example = Example(question: try question(task, request), answer: expected)
    var answer: [UInt8] = []
    var unreadable: String?
    do {
      answer = try task.vocabulary.tokens(request["answer"]?.string ?? "")
    } catch let error as GymError {
      // Answers may be anything, so this is a wrong one rather than a wrong request.
      unreadable = "the answer cannot be read: \(error.what)"
    }
    let verdict = try task.verify(answer, for: example)
    let problem = unreadable ?? verdict.problem
    return [
      "solved": .bool(verdict.isSolved), "problem": problem.map { .string($0) } ?? .null,
      "cells": .array(verdict.wrongCells.map { JSON($0) }),
      "findings": .object(JSONObject(verdict.findings.map { ($0.name, .bool($0.holds)) })),
    ]
  }

  private static func solved(_ task: any Task, _ question: [UInt8]) throws -> JSONObject {
    func found(_ kind: String, _ answer: [UInt8]) -> JSONObject {
      ["solution": .string(kind), "answer": .string(task.vocabulary.text(answer))]
    }
    switch try task.solve(question) {
    case .unique(let answer): return found("unique", answer)
    case .several(let answer): return found("several", answer)
    case .none: return ["solution": "none"]
    case .invalid(let problem): return ["solution": "invalid", "problem": .string(problem)]
    case .unsupported: return ["solution": "invalid", "problem": "the task has no solver"]
    }
  }

  private static func drawn(_ task: any Task, _ request: JSON) throws -> JSONObject {
    let answer = try request["answer"]?.string.map { try task.vocabulary.tokens($0) }
    let drawing = task.draw(try question(task, request), answer: answer)
    return [
      "rows": JSON(drawing.grid.rows), "columns": JSON(drawing.grid.columns),
      "texts": .array(drawing.cells.map { .string($0.text) }),
      "roles": .array(drawing.cells.map { .string($0.role.name) }),
    ]
  }

  private static func question(_ task: any Task, _ request: JSON) throws -> [UInt8] {
    try GymError.located("question") {
      let tokens = try task.vocabulary.tokens(request["question"]?.string ?? "")
      guard tokens.count == task.grid.cells else {
        throw GymError(
          "it has \(tokens.count.counted("character"))", expected: "\(task.grid.cells)")
      }
      return tokens
    }
  }
}
