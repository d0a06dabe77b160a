import ArgumentParser
import CursesDriver
import Workbench

/// How the workbench looks; what the terminal can do is asked of it and of its environment.
struct DisplayArguments: ParsableArguments {
  @Flag(help: "Draw with ASCII characters only.") var ascii = false
  @Flag(help: "No colors; NO_COLOR in the environment does the same.") var noColor = false
  @Option(help: "Colors for a dark or a light background.") var theme: Background = .dark

  var terminalOptions: TerminalOptions { TerminalOptions(ascii: ascii, noColor: noColor) }
}

extension Background: ExpressibleByArgument {}
