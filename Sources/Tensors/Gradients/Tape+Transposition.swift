extension Tape {
  /// The rows and columns of each batch entry exchanged: [batch, rows, columns] →
  /// [batch, columns, rows].
  public func transposed(_ x: Variable) -> Variable {
    result(device.transposed(x.value), of: x) { [self] dy in
      add(device.transposed(dy), to: x)
    }
  }
}
