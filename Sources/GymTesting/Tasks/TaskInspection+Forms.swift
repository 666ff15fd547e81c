import Gym
import GymRandomness

extension TaskInspection {
  /// Equivalent questions share a canonical form, others do not.
  func inspectCanonicalForms() {
    let tokens = (0..<task.grid.cells).map { cell in Set(examples.map { $0.question[cell] }) }
    var forms: Set<[UInt8]> = []
    var computed = 0
    for (index, example) in examples.enumerated() {
      inspectEquivalence(of: example, index)
      guard let form = task.canonicalForm(of: example.question) else { continue }
      computed += 1
      forms.insert(form)
      for copy in 0..<3 {
        let symmetry = randomSymmetry("canonical \(copy)", index)
        let moved = task.transform(example.question, by: symmetry)
        let other = task.canonicalForm(of: moved)
        log.expect(
          other == form, .canonicalForm,
          "\(show(example.question)) gives \(show(form)), its copy \(show(moved)) gives "
            + (other.map(show) ?? "nothing"))
      }
      if form.count == task.grid.cells, let again = task.canonicalForm(of: form) {
        log.expect(
          again == form, .canonicalForm, "the form of the form \(show(form)) is \(show(again))")
      }
      inspectOtherForms(example.question, index, tokens, form)
    }
    guard computed > 0 else { return }
    log.expect(
      computed == examples.count, .canonicalForm,
      "\(examples.count - computed) of \(examples.count) questions have none")
    let questions = Set(examples.map(\.question)).count
    log.expect(
      2 * forms.count > questions, .canonicalForm,
      "\(questions) different questions have \(forms.count) forms")
  }

  /// Equivalent examples share the form, and the number, by which splits are compared.
  private func inspectEquivalence(of example: Example, _ index: Int) {
    guard let comparing = task as? any EquivalenceTask else { return }
    let moved = task.transform(example, by: randomSymmetry("equivalence", index))
    log.expect(
      comparing.canonicalForm(of: example) == comparing.canonicalForm(of: moved), .canonicalForm,
      "the examples of \(show(example.question)) and its copy \(show(moved.question)) have two "
        + "forms")
    log.expect(
      comparing.symmetryInvariant(of: example) == comparing.symmetryInvariant(of: moved),
      .canonicalForm,
      "`symmetryInvariant` tells \(show(example.question)) from its copy \(show(moved.question))")
  }

  /// Questions that no symmetry turns into each other have different forms.
  ///
  /// - Parameter tokens: the tokens that occur in each cell of the questions.
  private func inspectOtherForms(
    _ question: [UInt8], _ index: Int, _ tokens: [Set<UInt8>], _ form: [UInt8]
  ) {
    var random = stream("other forms", index)
    let names = Symmetry.identity(for: task).tokens
    var others = moves(using: &random).filter { $0.move.tokens == names }
      .map { $0.move.applied(to: question) }
    for cell in random.shuffled(Array(question.indices)).prefix(4) {
      let rest = tokens[cell].subtracting([question[cell]]).sorted()
      guard let token = random.element(of: rest) else { continue }
      var other = question
      other[cell] = token
      others.append(other)
    }
    for other in others where differsSurely(other, from: question) {
      log.expect(
        task.canonicalForm(of: other) != form, .canonicalForm,
        "no symmetry turns \(show(question)) into \(show(other)), and both give \(show(form))")
    }
  }

  /// Whether it is certain that no symmetry turns one question into the other: it is none of the
  /// listed ones, or tokens occur in other numbers, which moving and renaming keeps.
  private func differsSurely(_ other: [UInt8], from question: [UInt8]) -> Bool {
    if let all = task.symmetries {
      let placed = task.transform(other, by: .identity(for: task))
      return !all.contains { task.transform(question, by: $0) == placed }
    }
    return !(task is any CanvasTask) && Self.numbers(in: other) != Self.numbers(in: question)
  }

  /// How often each token occurs, in ascending order.
  private static func numbers(in tokens: [UInt8]) -> [Int] {
    var numbers = [Int](repeating: 0, count: 256)
    for token in tokens { numbers[Int(token)] += 1 }
    return numbers.sorted()
  }
}
