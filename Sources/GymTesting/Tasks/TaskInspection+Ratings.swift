import Gym
import Randomness

extension TaskInspection {
  /// Ratings are finite, and the generator gives those of the question.
  func inspectRatings() {
    for example in examples {
      let own = task.rating(of: example.question)
      for rating in [own, example.rating].compactMap({ $0 }) {
        log.expect(rating.isFinite, .ratings, "\(show(example.question)) is rated \(rating)")
      }
      if let own, let stated = example.rating {
        log.expect(
          own == stated, .ratings,
          "\(show(example.question)) is generated with rating \(stated), but rated \(own)")
      }
    }
  }

  /// Each level can be generated, and levels rise.
  func inspectLevels() {
    let levels = task.levels
    log.expect(
      Set(levels.map(\.name)).count == levels.count && !levels.contains { $0.name.isEmpty },
      .levels, "the levels are named \(levels.map(\.name))")
    for (easier, harder) in zip(levels, levels.dropFirst()) {
      log.expect(
        easier.rating.upperBound <= harder.rating.lowerBound, .levels,
        "\(easier.name) (\(easier.rating)) and \(harder.name) (\(harder.rating)) overlap or fall")
    }
    let means = levels.compactMap { inspect($0).map { ($0, $1) } }
    for (easier, harder) in zip(means, means.dropFirst()) {
      log.expect(
        easier.0 < harder.0, .levels,
        "\(easier.1) is rated \(easier.0) on average, \(harder.1) \(harder.0)")
    }
    if examples.contains(where: { rating(of: $0) != nil }) { inspectImpossibleRating() }
  }

  /// The mean rating of examples of a level, with its name; nil if none can be made.
  private func inspect(_ level: DifficultyLevel) -> (Double, String)? {
    var ratings: [Double] = []
    var problem: (any Error)?
    for index in 0..<effort.examplesPerLevel {
      do {
        var random = stream("level " + level.name, index)
        let example = try task.generate(GenerationRequest(rating: level.rating), using: &random)
        guard let rating = rating(of: example) else {
          log.fail(.levels, "there are levels, but \(show(example.question)) has no rating")
          return nil
        }
        log.expect(
          level.rating.contains(rating), .levels,
          "asked for \(level.name) (\(level.rating)), it gives one rated \(rating)")
        ratings.append(rating)
      } catch {
        problem = error
        if !(error is GymError) { log.fail(.levels, "\(level.name) throws \(type(of: error))") }
      }
    }
    guard !ratings.isEmpty else {
      log.fail(.levels, "no \(level.name) can be made: \(problem.map { "\($0)" } ?? "")")
      return nil
    }
    return (ratings.reduce(0, +) / Double(ratings.count), level.name)
  }

  /// A rating that no puzzle has is rejected.
  private func inspectImpossibleRating() {
    let wanted = -2e9 ... -1e9
    do {
      var random = stream("impossible rating")
      let example = try task.generate(GenerationRequest(rating: wanted), using: &random)
      log.expect(
        rating(of: example).map(wanted.contains) == true, .levels,
        "asked for a rating in \(wanted), it gives one rated \(rating(of: example) ?? .nan)")
    } catch {
      log.expect(
        error is GymError, .levels, "a rating that cannot be met throws \(type(of: error))")
    }
  }

  func rating(of example: Example) -> Double? {
    task.rating(of: example.question) ?? example.rating
  }
}
