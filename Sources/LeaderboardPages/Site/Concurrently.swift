import Dispatch
import Synchronization

/// Work on all cores.
enum Concurrently {
  /// Maps elements in order; the first error ends it.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @Sendable (Element) throws -> Result,
    each: @Sendable (Int) -> Void
  ) throws -> [Result] {
    let state = Mutex(
      (results: [Result?](repeating: nil, count: elements.count), done: 0, error: Error?.none))
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      guard state.withLock({ $0.error == nil }) else { return }
      do {
        let result = try body(elements[index])
        let done = state.withLock {
          $0.results[index] = result
          $0.done += 1
          return $0.done
        }
        each(done)
      } catch {
        state.withLock { $0.error = $0.error ?? error }
      }
    }
    let (results, error) = state.withLock { ($0.results, $0.error) }
    if let error { throw error }
    return results.compactMap { $0 }
  }
}
