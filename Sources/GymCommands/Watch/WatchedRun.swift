import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymTraining

/// A run whose `metrics.jsonl` is read as it grows.
final class WatchedRun {
  /// A line's place in training.
  struct Place {
    let step: Int
    let minutes: Double
    let flops: Double

    func value(on axis: WatchAxis) -> Double {
      switch axis {
      case .steps: Double(step)
      case .minutes: minutes
      case .flops: flops
      }
    }
  }

  /// The name in legends.
  let name: String
  private let file: URL
  private var offset: UInt64 = 0
  private var rest = Data()
  private var points: [Measure: [(place: Place, value: Double)]] = [:]
  /// The places of the training lines so far.
  private var places: [Place] = []

  private static let longestLine = 1 << 20
  private static let chunk = 1 << 22

  init(_ folder: RunFolder, name: String) {
    self.name = String(
      name.map {
        $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "?" : $0
      })
    file = folder.metricsFile
  }

  /// The last line's place; nil if there is none yet.
  var last: Place? { places.last }

  /// The latest value of a measure.
  func latest(_ measure: Measure) -> Double? { points[measure]?.last?.value }

  /// A measure's values over an axis.
  func curve(_ measure: Measure, over axis: WatchAxis) -> [TerminalPlot.Point] {
    points[measure, default: []].map { ($0.place.value(on: axis), $0.value) }
  }

  /// The steps per second over the last lines; nil until it can be told.
  var stepsPerSecond: Double? {
    let recent = places.suffix(20)
    guard let first = recent.first, let last = recent.last, last.minutes > first.minutes else {
      return nil
    }
    return Double(last.step - first.step) / (60 * (last.minutes - first.minutes))
  }

  /// Reads the lines that were written since the last time; returns whether there were any. A file
  /// that is not there yet, and lines that are not metrics, are passed over.
  func refresh() -> Bool {
    guard let handle = try? FileHandle(forReadingFrom: file) else { return false }
    defer { try? handle.close() }
    guard let size = try? handle.seekToEnd() else { return false }
    if size < offset { forget() }
    guard size > offset, (try? handle.seek(toOffset: offset)) != nil else { return false }
    var isChanged = false
    while let bytes = try? handle.read(upToCount: Self.chunk), !bytes.isEmpty {
      offset += UInt64(bytes.count)
      rest.append(bytes)
      while let end = rest.firstIndex(of: 0x0A) {
        if let line = try? JSON(parsing: rest[rest.startIndex..<end]) {
          isChanged = add(line) || isChanged
        }
        rest = rest[(end + 1)...]
      }
      rest = rest.count > Self.longestLine ? Data() : Data(rest)
    }
    return isChanged
  }

  private func forget() {
    (offset, rest, points, places) = (0, Data(), [:], [])
  }

  private func add(_ line: JSON) -> Bool {
    guard let number = line["step"]?.integer, let step = Int(exactly: number), step >= 0 else {
      return false
    }
    let isTraining = line["loss"] != nil
    if isTraining { cut(from: step) }
    let place = Place(
      step: step, minutes: line["seconds"]?.number.map { $0 / 60 } ?? places.last?.minutes ?? 0,
      flops: (places.last?.flops ?? 0) + (line["flops"]?.number ?? 0))
    for measure in Measure.allCases {
      guard let value = measure.value(in: line) else { continue }
      points[measure, default: []].append((place, value))
    }
    if isTraining { places.append(place) }
    return true
  }

  /// Drops what a resumed run does again: it begins at its last checkpoint.
  private func cut(from step: Int) {
    guard let last = places.last, last.step >= step else { return }
    places.removeAll { $0.step >= step }
    for measure in points.keys { points[measure]?.removeAll { $0.place.step >= step } }
  }
}

/// A number of `metrics.jsonl` that can be drawn over training.
enum Measure: String, ExpressibleByArgument, CaseIterable {
  case exactAccuracy = "exact-accuracy"
  case cellAccuracy = "cell-accuracy"
  case validation
  case loss
  case segments
  case learningRate = "learning-rate"

  /// The title of its curves.
  var title: String {
    switch self {
    case .exactAccuracy: "training puzzles solved completely"
    case .cellAccuracy: "cells right, of training puzzles"
    case .validation: "validation puzzles solved completely"
    case .loss: "loss"
    case .segments: "segments per training puzzle"
    case .learningRate: "learning rate"
    }
  }

  /// Whether its values are shares from 0 to 1.
  var isShare: Bool {
    switch self {
    case .exactAccuracy, .cellAccuracy, .validation: true
    case .loss, .segments, .learningRate: false
    }
  }

  /// Its value in a line; nil if the line has none.
  func value(in line: JSON) -> Double? {
    switch self {
    case .validation: line["validation"]?["exact"]?["accuracy"]?.number
    default: line[rawValue]?.number
    }
  }
}

/// The unit that curves are drawn over.
enum WatchAxis: String, ExpressibleByArgument, CaseIterable {
  case steps, minutes, flops

  /// The title of the axis.
  var title: String {
    switch self {
    case .steps: "training steps"
    case .minutes: "minutes of training"
    case .flops: "floating-point operations of training"
    }
  }
}
