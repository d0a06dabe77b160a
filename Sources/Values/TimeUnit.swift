/// What one step of a time or timestamp is.
package enum TimeUnit: Sendable, Equatable {
  case seconds
  case milliseconds
  case microseconds
  case nanoseconds

  package var perSecond: Int64 {
    switch self {
    case .seconds: 1
    case .milliseconds: 1000
    case .microseconds: 1_000_000
    case .nanoseconds: 1_000_000_000
    }
  }
}
