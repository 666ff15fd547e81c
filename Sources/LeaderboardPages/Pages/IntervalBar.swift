import GymReports

/// A share with its interval, drawn as a dot on a line that fills its cell's width.
enum IntervalBar {
  /// The drawing; `axis` runs from 0 to 100.
  ///
  /// - Parameter references: shares to compare with, drawn as upright lines.
  static func svg(
    _ share: Double, _ interval: ClosedRange<Double>, _ axis: Scale, style: LineStyle,
    references: [Double] = []
  ) -> HTML {
    let lines = references.map { reference -> HTML in
      let place = axis.place(reference)
      return """
        <line class="reference" x1="\(percent: place)" x2="\(percent: place)" y1="-8" y2="24"/>
        """
    }
    let (low, high) = (axis.place(interval.lowerBound), axis.place(interval.upperBound))
    return """
      <svg class="bar \(style.name)" width="100%" height="16" aria-hidden="true"><line class="track" x1="0" \
      x2="100%" y1="8" y2="8"/>\(lines.joined())<line x1="\(percent: low)" x2="\(percent: high)" y1="8" y2="8"/>\
      <circle cx="\(percent: axis.place(share))" cy="8" r="4.5"/></svg>
      """
  }

  /// The ends of the axis, for a column's head.
  static func header(_ axis: Scale) -> HTML {
    let (low, high) = (axis.domain.lowerBound, axis.domain.upperBound)
    return """
      <span class="ends" aria-hidden="true"><span>\(Figures.significant(low * 100)) %</span>\
      <span>\(Figures.significant(high * 100)) %</span></span>
      """
  }
}
