import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymEvaluation
import GymJSON
import Testing

@Suite struct SubmissionTests {
  private let bed: Testbed

  init() throws {
    bed = try Testbed(count: 300)
  }

  @Test("The task's rules judge every answer, and missing answers are unsolved")
  func theRulesDecide() throws {
    let lines = bed.lines { $0 % 3 != 0 }.split(separator: "\n")
    // 300 puzzles, 100 of them wrong; the last 30, of which 20 are right, are left out.
    let entry = try bed.submit(lines.prefix(270).map { $0 + "\n" }.joined())
    #expect(entry.results.solvedCount == 180)
    #expect(entry.results.answered.trueCount == 270)
    #expect(entry.results.findings.map(\.name) == ["whole"])
    #expect(entry.results.findings[0].holds.trueCount == 270)
    #expect(entry.results.wrongCells[..<4] == [1, 0, 0, 1])
    #expect(abs(entry.results.cellAccuracy - (180 + 90 * 5 / 6.0) / 300) < 1e-12)
    #expect(entry.results.meanSegments == 2)
    #expect(!entry.results.solved[299] && entry.results.solved[1])
    #expect(try bed.board.entries(of: bed.benchmark.id) == [entry])
  }

  @Test("The order and the layout of lines do not matter")
  func orderAndLayoutOfLinesDoNotMatter() throws {
    let entry = try bed.submit(bed.lines())
    let shuffled = bed.lines().split(separator: "\n").reversed().map {
      $0.replacing(",", with: " ,\t") + "\n"
    }.joined()
    #expect(try bed.submit(shuffled, seed: 1).predictionsHash == entry.predictionsHash)
    // Some editors begin a file with a byte order mark.
    let marked = try bed.submit("\u{FEFF}" + shuffled, seed: 2)
    #expect(marked.predictionsHash == entry.predictionsHash)
    let message = bed.failure { try bed.submit(shuffled) }
    #expect(message.contains("already"))
  }

  @Test("Answers are stored unchanged")
  func answersAreKeptAsTheyWere() throws {
    let vocabulary = Successor().vocabulary
    var predictions: [Prediction] = []
    var lines = ""
    for (index, example) in bed.examples.enumerated() {
      var prediction = Prediction(
        answer: index % 7 == 0 ? nil : example.answer,
        confidence: index % 2 == 0 ? Double(index) / 300 : nil, segments: index % 17)
      prediction.cost.tokens = index % 5 == 0 ? index * 1000 : 0
      if index % 7 == 0 { prediction.failure = "kein Ergebnis für \(index) 💥" }
      if index % 11 == 0 { prediction.thoughts = [example.question, example.answer] }
      predictions.append(prediction)
      var line: JSONObject = ["id": .string("test/\(index)")]
      line["answer"] = prediction.answer.map { .string(vocabulary.text($0)) }
      line["confidence"] = prediction.confidence.map { .number($0) }
      line["segments"] = JSON(prediction.segments)
      line["failure"] = prediction.failure.map { .string($0) }
      line["tokens"] = JSON(prediction.cost.tokens)
      line["thoughts"] = .array(prediction.thoughts.map { .string(vocabulary.text($0)) })
      lines += JSON.object(line).text() + "\n"
    }
    let entry = try bed.submit(lines)
    #expect(try bed.board.predictions(of: entry.id, in: 0..<300) == predictions)
    for range in [0..<1, 127..<129, 128..<256, 299..<300, 5..<5] {
      #expect(
        try bed.board.predictions(of: entry.id, in: range) == Array(predictions[range]))
      #expect(try bed.board.puzzles(of: bed.benchmark.id, in: range) == Array(bed.examples[range]))
    }
    #expect(throws: GymError.self) {
      try bed.board.predictions(of: entry.id, in: 299..<301)
    }
  }

  /// Answers whose cells or rows are separated are the same answers.
  @Test(
    "Answers with separators between cells or rows are read",
    arguments: ["spaced", "lines", "rows", "row lists", "cells", "commas", "list text"])
  func answersInOtherForms(form: String) throws {
    let plain = try bed.submit(bed.lines { $0 % 3 != 0 }, seed: 1)
    let lines = (0..<300).map { index -> String in
      let text = bed.line(index, isRight: index % 3 != 0)["answer"]?.string ?? ""
      let cells = text.map(String.init)
      let rows = [String(text.prefix(3)), String(text.suffix(3))]
      let quoted = rows.map { $0.map { "'\($0)'" }.joined(separator: ", ") }
      let answer: JSON =
        switch form {
        case "spaced": .string(cells.joined(separator: " "))
        case "lines": .string(rows.joined(separator: "\r\n") + "\n")
        case "rows": .array(rows.map { .string($0) })
        case "row lists": .array(rows.map { .array($0.map { .string(String($0)) }) })
        case "cells": .array(cells.map { .string($0) })
        case "commas": .string(cells.joined(separator: ","))
        default: .string("[[\(quoted.joined(separator: "], ["))]]")
        }
      let line: JSON = [
        "id": .string("test/\(index)"), "answer": answer, "confidence": 0.5, "segments": 2,
      ]
      return line.text() + "\n"
    }
    let entry = try bed.submit(lines.joined(), seed: 2)
    #expect(entry.results.solved == plain.results.solved && entry.results.solvedCount == 200)
    #expect(entry.predictionsHash == plain.predictionsHash)
  }

  /// If most answers cannot be read, nothing is kept; a few count as missing, and are reported.
  @Test("A few unreadable answers are reported; too many reject the submission")
  func unreadableAnswersAreTold() throws {
    func lines(_ unreadable: Int) -> String {
      (0..<300).map { index in
        index < unreadable
          ? "{\"id\":\"test/\(index)\",\"answer\":\"ab cd\"}\n" : bed.line(index).text() + "\n"
      }.joined()
    }
    let message = bed.refusal(lines(151))
    #expect(message.contains("predictions:1: 151 of 300 answers cannot be read"), "\(message)")
    #expect(message.contains("the answer has 5 characters; expected 6"), "\(message)")
    var notes: [String] = []
    let entry = try bed.board.submit(
      Submission(try Participant(agent: "a"), predictions: .bytes(Data(lines(2).utf8))),
      to: bed.benchmark.id, told: { notes.append($0) })
    #expect(entry.results.answered.trueCount == 298)
    #expect(notes.count == 1 && notes[0].hasPrefix("2 of 300 answers cannot be read and count"))
    // With parts of several lengths, cells are ambiguous; a list has to fit.
    for answer in ["\"ab c dab\"", "\"abcdab x\"", "[\"abc\",\"da\"]", "[[\"a\"]]", "[\"abcdab\"]"]
    {
      #expect(
        bed.refusal("{\"id\":\"test/0\",\"answer\":\(answer)}\n").contains("predictions:1"),
        "\(answer)")
    }
  }

  @Test("A held-back benchmark gives out questions only")
  func aHeldBackBenchmarkGivesQuestionsOnly() throws {
    let bed = try Testbed(isHeldBack: true)
    let puzzles = try bed.board.puzzles(of: bed.benchmark.id, in: 0..<40)
    #expect(puzzles.map(\.question) == bed.examples.map(\.question))
    #expect(puzzles.allSatisfy { $0.answer.isEmpty })
    let entry = try bed.submit(bed.lines { $0 < 30 })
    #expect(entry.results.solvedCount == 30)
    let message = bed.failure { _ = try bed.board.predictions(of: entry.id, in: 0..<1) }
    #expect(message.contains("held back"))
  }

  @Test("Participants are stored and read back unchanged")
  func participantsComeBackWhole() throws {
    var usage = UsageReport(.measured)
    (usage.flops, usage.parameters, usage.seconds) = (1.5e15, 27_000_000, 12.25)
    let participant = try Participant(
      agent: "Ünïcode ⚡️ agent".replacing("\u{FE0F}", with: ""),
      configuration: ["b": 1, "a": [1.5, nil, "x"]], seed: .max, codeVersion: "v1.2-3-gabc",
      usesRules: true, usage: usage,
      curve: LearningCurve([.init(step: 1, loss: 2.5), .init(step: 9, seconds: 3, exact: 0.5)]))
    let entry = try bed.board.submit(
      Submission(participant, predictions: .bytes(Data(bed.lines().utf8))), to: bed.benchmark.id)
    #expect(try bed.board.entry(entry.shortID).participant == participant)
    #expect(try participant.claimed().usage.provenance == .claimed)
    #expect(try Participant(participant.json) == participant)
  }

  @Test("A training curve is read from metrics.jsonl")
  func aCurveIsReadFromMetrics() throws {
    var text = ""
    for step in 1...2000 {
      text +=
        "{\"step\":\(step),\"seconds\":\(step),\"flops\":10,\"loss\":0.5,"
        + "\"exact-accuracy\":null}\n"
    }
    text += "{\"step\":2000,\"validation\":{\"exact\":{\"accuracy\":0.25}}}\n{\"step\":20"
    try Data(text.utf8).write(to: bed["metrics.jsonl"])
    let curve = try LearningCurve(metrics: bed["metrics.jsonl"])
    #expect(curve.points.count == LearningCurve.limit)
    // Operations are those since the line before; a validation has those of the line before it.
    #expect(curve.points.first == .init(step: 1, seconds: 1, flops: 10, loss: 0.5))
    #expect(
      curve.points.last == .init(step: 2000, seconds: 2000, flops: 20_000, validation: 0.25))
    #expect(try LearningCurve(curve.json) == curve)
  }
}
