/// A part of a plane.
package struct PlotWindow: Sendable, Hashable {
  package var minX: Double
  package var minY: Double
  package var maxX: Double
  package var maxY: Double

  package var width: Double { maxX - minX }
  package var height: Double { maxY - minY }
}

package struct PlotPoint: Sendable, Hashable {
  package var x: Double
  package var y: Double
}
