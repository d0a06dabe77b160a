import Glibc

/// Times as they are written into the records of a dataset.
enum TimeText {
  /// In the way of another cell: seconds or milliseconds since 1970, or ISO 8601 in UTC.
  static func written(_ time: Int64, like cell: String = "") -> String {
    if let number = Double(cell) { return abs(number) < 1e11 ? String(time / 1000) : String(time) }
    var seconds = time_t(time / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }
}
