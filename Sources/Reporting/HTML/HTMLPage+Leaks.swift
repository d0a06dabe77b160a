extension HTMLPage {
  /// Nothing where no copies lie in different splits, or no splits are told.
  var leaks: HTMLText {
    guard !page.leaks.isEmpty else { return .nothing }
    let leaks = page.leaks.map { "<li><bdi>\($0.clipped(600))</bdi></li>\n" as HTMLText }
    return """
      <section id="splits" aria-labelledby="splits-title">
      <h2 id="splits-title">Copies across splits</h2>
      <p>What a model is tested on was trained on. This makes no sample poison by itself.</p>
      <ul>\(leaks)</ul>
      </section>
      """
  }
}
