import Gym
import Randomness

extension TaskInspection {
  /// Equivalent questions share a canonical form, others do not.
  func inspectCanonicalForms() {
    var forms: Set<[UInt8]> = []
    var computed = 0
    for (index, example) in examples.enumerated() {
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

  /// Training variants are valid puzzles, and the same for the same stream.
  func inspectAugmentations() throws {
    for (index, example) in examples.enumerated() {
      let puzzle = Puzzle(example)
      var random = stream("augmentation", index)
      var again = random
      let variants = task.augmentations(of: puzzle, count: 3, using: &random)
      log.expect(variants.count <= 3, .augmentation, "asked for 3, it gives \(variants.count)")
      log.expect(
        task.augmentations(of: puzzle, count: 3, using: &again) == variants, .augmentation,
        "the same stream gives other variants")
      var third = stream("augmentation", index)
      var handed: [Puzzle] = []
      task.forEachAugmentation(of: puzzle, count: 3, using: &third) { handed.append($0) }
      log.expect(
        handed == variants, .augmentation,
        "`forEachAugmentation` hands on other variants than `augmentations` lists")
      for variant in variants.flatMap({ $0.demonstrations + $0.examples }) {
        if let (_, found) = problem(with: variant.question) ?? problem(with: variant.answer) {
          log.fail(.augmentation, "a variant has \(found)")
        } else {
          let verdict = try task.verify(variant.answer, for: variant)
          log.expect(
            verdict.isSolved, .augmentation,
            "the variant \(show(variant.question)) is not solved: \(verdict.problem ?? "")")
        }
      }
    }
  }
}
