import Gym

/// Only the segments of one direction stay.
struct KeepDirection: ARCFamily {
  static let name = "keep-direction"
  static let concept = ARCConcept.horizontalVertical

  private let style: ARCStyle
  private let keepsStanding: Bool

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
    keepsStanding = random.below(2) == 0
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    var counts = [0, 0]
    for index in 0..<random.integer(in: 2...4) + style.someDistractors(using: &random) {
      let length = random.integer(in: 2...4)
      let isStanding = index < 2 ? index == 1 : random.below(2) == 0
      guard let ink = random.element(of: style.palette),
        let box = sketch.place(
          rows: isStanding ? length : 1, columns: isStanding ? 1 : length, using: &random)
      else { continue }
      sketch.question.fill(box, ink)
      if isStanding == keepsStanding { sketch.answer.fill(box, ink) }
      counts[isStanding ? 1 : 0] += 1
    }
    return counts.contains(0) ? nil : sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects()
    where (object.box.rows > object.box.columns) != keepsStanding {
      answer.paint(object, 0)
    }
    return answer
  }
}

/// Horizontal segments change to one color, vertical ones to another.
struct RecolorByDirection: ARCFamily {
  static let name = "recolour-by-direction"
  static let concept = ARCConcept.horizontalVertical

  private let style: ARCStyle
  private var lying: UInt8 { style.palette[0] }
  private var standing: UInt8 { style.palette[1] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let inks = style.inks(after: 2)
    var sketch = Sketch(style, atLeast: 6, using: &random)
    var counts = [0, 0]
    for index in 0..<random.integer(in: 2...4) + style.someDistractors(using: &random) {
      let length = random.integer(in: 2...4)
      let isStanding = index < 2 ? index == 1 : random.below(2) == 0
      guard
        let box = sketch.place(
          rows: isStanding ? length : 1, columns: isStanding ? 1 : length, using: &random)
      else { continue }
      sketch.question.fill(box, inks[random.below(inks.count)])
      sketch.answer.fill(box, isStanding ? standing : lying)
      counts[isStanding ? 1 : 0] += 1
    }
    return counts.contains(0) ? nil : sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() {
      answer.paint(object, object.box.columns > object.box.rows ? lying : standing)
    }
    return answer
  }
}
