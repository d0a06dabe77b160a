import Glibc

/// Standard input, output and error as the program was given them.
enum StandardDescriptors {
  /// Puts /dev/null where one of them is closed. The next file that is opened would take its number, and what is
  /// printed would go into that file: into a journal, say.
  static func openMissing() {
    for descriptor in 0...2 where fcntl(Int32(descriptor), F_GETFD) == -1 {
      // The lowest free number is the one that is missing, as those below it are open by now.
      _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
    }
  }
}
