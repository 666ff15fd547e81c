extension GymError {
  /// This error with a place put in front of the location that it already has.
  public func located(_ place: String) -> GymError {
    GymError(
      what, at: location.map { "\(place): \($0)" } ?? place, expected: expected, remedy: remedy)
  }

  /// The result of a function, with the place added to the location of its errors.
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
