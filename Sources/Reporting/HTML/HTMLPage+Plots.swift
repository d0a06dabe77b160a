import Model

extension HTMLPage {
  var plots: HTMLText {
    """
    <section id="plots" aria-labelledby="plots-title">
    <h2 id="plots-title">Plots</h2>
    <div class="pair">
    <figure>
    <figcaption><h3>Suspicion</h3> Bars: samples on a logarithmic scale, each divided by the shares of what was decided. \
    What lies right of the line is flagged.</figcaption>
    \(HistogramPlot(page.histogram).svg)
    \(legend)
    </figure>
    \(plane)
    </div>
    </section>
    """
  }

  private var legend: HTMLText {
    let names = HistogramPlot.names(in: page.histogram)
    return
      "<ul class=\"legend\">\(names.map { "<li><span class=\"key \($0)\"></span>\($0)</li>" as HTMLText })</ul>"
  }

  private var plane: HTMLText {
    guard let plane = page.plane else {
      return
        "<figure><figcaption><h3>Plane</h3> The samples have no features by which to lay them out.</figcaption></figure>"
    }
    let drawn = plane.others.count + plane.flagged.count
    let total = plane.otherCount + plane.flaggedCount
    let some: HTMLText = drawn < total ? " Drawn: \(grouped(drawn)) of \(grouped(total))." : .nothing
    return """
      <figure>
      <figcaption><h3>Plane</h3> The samples by their features, in two dimensions: those that lie near each other are alike; the axes mean nothing. \
      \(grouped(plane.flaggedCount)) flagged on top.\(some)</figcaption>
      \(PlanePlot(plane).svg)
      <ul class="legend"><li><span class="key poisoned"></span>flagged</li>\
      <li><span class="key undecided"></span>other</li></ul>
      </figure>
      """
  }
}
