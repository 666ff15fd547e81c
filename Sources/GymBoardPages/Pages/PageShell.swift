import GymReports

/// The parts that all pages share: head, header, navigation and footer.
struct PageShell: Sendable {
  /// A link of the navigation.
  struct Link: Sendable, Hashable {
    let title, target: String
  }

  /// The title of the window.
  let title: String
  /// The path from this page to the folder of styles and scripts: "" or "../".
  let root: String
  var links: [Link] = []
  /// The scripts of this page, relative to it.
  var scripts: [String] = []
  let footer: String

  /// Nothing is loaded from elsewhere, no page contains scripts or styles, and nothing is sent
  /// anywhere.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    + "base-uri 'none'; form-action 'none'"

  /// A whole page.
  func page(_ body: HTML) -> HTML {
    let links = links.map { "<a href=\"\($0.target)\">\($0.title)</a>\n" as HTML }.joined()
    let nav: HTML =
      self.links.isEmpty
      ? "" : "<nav aria-label=\"Parts of this page\"><div>\n\(links)</div></nav>\n"
    let scripts = scripts.map { "<script src=\"\($0)\" defer></script>\n" as HTML }.joined()
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(title)</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="\(root)style.css">
      \(scripts)</head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      \(nav)<main id="main">
      \(body)</main>
      <footer><p>\(footer)</p></footer>
      </body>
      </html>

      """
  }
}
