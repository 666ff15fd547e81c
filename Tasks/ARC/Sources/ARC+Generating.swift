import Gym
import Randomness

extension ARC {
  /// The test pair of a generated task. `generatePuzzle` gives the whole task, with this pair if
  /// its demonstrations could be drawn at the first attempt.
  ///
  /// The rating is the number of the answer's cells that differ from the question's.
  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let draft = try generator(for: request).draft(request, using: &random)
    return Example(
      question: draft.test.question, answer: draft.test.answer, source: draft.source)
  }

  public func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle {
    let (task, draft) = try generator(for: request).task(request, using: &random)
    return task.puzzle(source: draft.source)
  }
}
