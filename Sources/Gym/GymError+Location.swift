extension GymError {
  /// This error at a place, in front of the place that it already names.
  public func located(_ place: String) -> GymError {
    GymError(
      what, at: location.map { "\(place): \($0)" } ?? place, expected: expected, remedy: remedy)
  }

  /// What a function returns, with its errors located at a place.
  public static func located<Value>(
    _ place: @autoclosure () -> String, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch let error as GymError {
      throw error.located(place())
    }
  }
}
