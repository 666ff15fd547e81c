import JSON

extension ProbeReport {
  /// The measures as JSON; boards are only on the page.
  public var json: JSON {
    [
      "puzzles": JSON(puzzles),
      "steps": .array(steps.map(json)),
      "states": .array(
        states.map {
          [
            "name": .string($0.name), "width": JSON($0.width),
            "participation-ratio": $0.participation.map { .number($0) } ?? .null,
          ]
        }),
      "changes": .array(
        changes.map {
          [
            "segment": JSON($0.segment), "fixed": JSON($0.fixed),
            "broken": JSON($0.broken),
          ]
        }),
      "halts": .array(
        halts.map {
          [
            "segment": JSON($0.segment), "puzzles": JSON($0.puzzles), "solved": JSON($0.solved),
          ]
        }),
      "paths": .array(
        paths.map { path in
          [
            "name": .string(path.name), "variance-share": .number(path.share),
            "puzzles": .array(
              path.places.map { places in
                .array(places.map { [.number($0.x), .number($0.y)] })
              }),
          ]
        }),
      "one-blank": oneBlank.json,
      "fixed-points": fixedPoints?.json ?? .null,
    ]
  }

  private func json(_ step: StepMeasure) -> JSON {
    // A residual that is not finite (a state that diverged) becomes null.
    let residuals = states.compactMap { state in
      step.residual(of: state.name).map { value -> (String, JSON) in
        (state.name, value.isFinite ? .number(value) : .null)
      }
    }
    return [
      "segment": JSON(step.segment), "step": JSON(step.step),
      "ends-segment": .bool(step.endsSegment), "exact": step.score.overall.json,
      "cell-accuracy": .number(step.score.cellAccuracy),
      "residuals": .object(JSONObject(residuals)),
    ]
  }
}

extension OneBlank {
  /// The measure as JSON.
  public var json: JSON {
    switch self {
    case .notApplicable(let reason): ["applicable": false, "reason": .string(reason)]
    case .measured(let solved, let filled):
      ["applicable": true, "exact": solved.json, "filled": filled.json]
    }
  }
}

extension FixedPoints {
  /// The measure as JSON.
  public var json: JSON {
    [
      "starts": JSON(starts), "noise": .number(noise),
      "mean-distinct": .number(meanDistinct),
      "distinct": .array(histogram.map { JSON($0) }),
      "right": right.json, "solved-once": solvedOnce.json, "solved-always": solvedAlways.json,
    ]
  }
}
