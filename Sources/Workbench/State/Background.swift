/// What the terminal draws on.
package enum Background: String, Sendable, CaseIterable { case dark, light }
