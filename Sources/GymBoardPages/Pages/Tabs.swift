import GymReports

/// Several views of which one is shown, chosen without scripts.
enum Tabs {
  /// The views with their titles, the first one shown; at most four.
  ///
  /// - Parameter name: a name that is unique on the page.
  static func html(_ name: String, label: String, _ views: [(title: String, content: HTML)]) -> HTML
  {
    if views.count == 1 { return views[0].content }
    let inputs = views.enumerated().map { index, view -> HTML in
      """
      <input type="radio" name="\(name)" id="\(name)-\(index)" class="tab t\(index)"\
      \(index == 0 ? " checked" : "")><label for="\(name)-\(index)">\(view.title)</label>

      """
    }
    let panels = views.enumerated().map { index, view -> HTML in
      "<div class=\"panel p\(index)\">\(view.content)</div>\n"
    }
    return """
      <div class="tabs" role="group" aria-label="\(label)">\(inputs.joined())\(panels.joined())</div>

      """
  }
}
