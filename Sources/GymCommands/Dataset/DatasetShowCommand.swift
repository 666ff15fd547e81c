import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymJSON
import GymReports

/// `reasongym dataset show`: describes a dataset or shows one of its puzzles.
struct DatasetShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Tell what a dataset is, or draw one of its puzzles.",
    discussion: Help.flowing(
      """
      Examples:
        reasongym dataset show data/sudoku
        reasongym dataset show data/sudoku --split test --index 17
        reasongym dataset show released/sudoku --task sudoku-extreme --index 0
      """))

  @Argument(help: "The dataset's folder.", completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("The example to draw, from 0.", valueName: "I"))
  var index: Int?

  @Option(help: "The example's split. (default: the first)")
  var split: String?

  @Option(help: "The task, if the dataset does not name it.", completion: .tasks)
  var task: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard index != nil || split == nil else {
      throw ValidationError("--split says which split --index counts in: pass --index, too.")
    }
  }

  func run() throws {
    let data = try Dataset(URL(fileURLWithPath: folder))
    guard let index else {
      if let task { _ = try Catalogue.current.task(of: data, named: task) }
      return showFolder(data)
    }
    let split = try self.split.map { try data.split($0) } ?? data.splits[0]
    guard (0..<split.count).contains(index) else {
      throw GymError(
        "there is no example \(index)", at: split.url.path,
        expected: "--index in 0..<\(split.count)")
    }
    let example = try split.example(index)
    let identifier = Int(split.identifier(ofExample: index))
    let name = data.identifiers.indices.contains(identifier) ? data.identifiers[identifier] : nil
    let task = try Catalogue.current.task(of: data, named: task) ?? LabelEquality(data)
    if json {
      print(try self.json(example, identifier: identifier, task).text(.pretty))
      return
    }
    let verdict = try task.verify(example.answer, for: example)
    let terminal = Terminal.output
    let renderer = TerminalRenderer(usesColor: terminal.usesColor)
    let place = "\(split.name) \(index) of \(split.count)"
    print(
      renderer.text(
        of: [
          (place, task.draw(example.question, answer: nil)),
          ("answer", task.draw(example.question, answer: example.answer)),
        ], width: terminal.width))
    if let rating = example.rating { print("rating  \(rating)") }
    // As JSON, since a name from a file may contain terminal control sequences.
    if !example.source.isEmpty { print("source  \(JSON.string(example.source))") }
    if identifier > 0 { print("puzzle  \(name.map { "\(JSON.string($0))" } ?? "\(identifier)")") }
    let isUnknown = try task.hasUnknownAnswer(example)
    let isRight = task is LabelEquality ? "as it stands; no rules are known" : "right by the rules"
    print("label   \(isUnknown ? "not known" : verdict.problem ?? isRight)")
  }

  private func showFolder(_ data: Dataset) {
    if json {
      print(data.json.text(.pretty))
    } else {
      print(data.manifest?.summary ?? data.summary, terminator: "")
    }
  }

  private func json(_ example: Example, identifier: Int, _ task: any Task) throws -> JSON {
    [
      "question": .string(task.vocabulary.text(example.question)),
      "answer": .string(task.vocabulary.text(example.answer)),
      "rating": example.rating.map { .number($0) } ?? .null, "source": .string(example.source),
      "identifier": JSON(identifier),
      "solved": .bool(try task.verify(example.answer, for: example).isSolved),
    ]
  }
}

extension Dataset {
  /// A description of a dataset without a manifest; every line ends in a newline.
  var summary: String {
    var table = TextTable(
      ("split", .left), ("examples", .right), ("puzzles", .right), ("groups", .right))
    for split in splits {
      table.add(split.name, "\(split.count)", "\(split.puzzles.count)", "\(split.groups.count)")
    }
    return "No manifest: another program wrote this folder.\n"
      + "\(cells) cells, \(vocabularyCount) tokens, \(identifierCount) puzzle identifiers\n\n"
      + table.text(width: Terminal.output.width)
  }

  /// The manifest or, without one, the information in the folder.
  var json: JSON {
    if let manifest { return manifest.json }
    return [
      "cells": JSON(cells), "tokens": JSON(vocabularyCount),
      "identifiers": JSON(identifierCount),
      "splits": .object(
        JSONObject(
          splits.map { split in
            (
              split.name,
              [
                "examples": JSON(split.count),
                "puzzles": JSON(split.puzzles.count),
                "groups": JSON(split.groups.count),
              ]
            )
          })),
    ]
  }
}

extension DatasetManifest {
  /// A readable description of the dataset; every line ends in a newline.
  var summary: String {
    let settings = (settings.object ?? [:]).map { name, value in
      " \(name)=\(value.string ?? value.description)"
    }
    var text = "\(task)\(settings.joined()): \(grid) cells, \(subject.vocabulary.count) tokens\n"
    text += Self.lines(of: origin, after: "made by: ").map { $0 + "\n" }.joined() + "\n"
    var table = TextTable(
      ("split", .left), ("examples", .right), ("puzzles", .right), ("groups", .right),
      ("ratings", .left))
    for split in splits {
      table.add(
        split.name, "\(split.examples)", "\(split.puzzles)", "\(split.groups)", split.ratings.text)
    }
    return text + table.text(width: Terminal.output.width)
  }

  /// An origin: its plain members on one line, and a line for each file or part.
  private static func lines(of origin: JSON, after start: String) -> [String] {
    var (plain, lists): ([String], [String]) = ([], [])
    for (name, value) in origin.object ?? [:] where value != .null {
      if let items = value.array, items.contains(where: { $0.object != nil }) {
        let indent = String(repeating: " ", count: start.prefix { $0 == " " }.count + 2)
        lists += items.flatMap { lines(of: $0, after: indent) }
      } else {
        let text = value.string ?? value.description
        plain.append((name == "how" ? text : "\(name) \(text)").withVisibleControls)
      }
    }
    return [start + plain.joined(separator: ", ")] + lists
  }
}

extension RatingHistogram {
  /// The mean and the counts on one line.
  var text: String {
    guard let mean else { return "unknown" }
    let bins = counts.enumerated().filter { $0.element > 0 }.map { bin, count in
      let low = Double(bin) * width
      let range = width == 1 ? "" : "-\(Figures.fixed(0, of: low + width - 1))"
      return "\(Figures.fixed(0, of: low))\(range):\(count)"
    }
    let shown = bins.count <= 12 ? bins : bins.prefix(11) + ["…"]
    return "mean \(Figures.fixed(1, of: mean)); \(shown.joined(separator: " "))"
      + (unknown > 0 ? "; \(unknown) unknown" : "")
  }
}
