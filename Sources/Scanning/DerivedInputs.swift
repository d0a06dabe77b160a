import Synchronization

/// What several detectors derive from the same input: made when the first of them asks, kept until all have run. One
/// value of a type; what cannot be made is tried again by the next, which then gives the same reason.
final class DerivedInputs: Sendable {
  private let made = Mutex<[ObjectIdentifier: any Sendable]>([:])

  /// `make` runs outside of the lock, so that one derived value can be made from another.
  func value<Value: Sendable>(_ make: () throws -> Value) rethrows -> Value {
    let key = ObjectIdentifier(Value.self)
    if let known = made.withLock({ $0[key] }) as? Value { return known }
    let value = try make()
    made.withLock { $0[key] = value }
    return value
  }

  func forget() { made.withLock { $0.removeAll() } }
}

extension ScanInput {
  /// The one value of its type, which `make` makes for the first that asks.
  package func derived<Value: Sendable>(_ make: (ScanInput) throws -> Value) rethrows -> Value {
    try derivedInputs.value { try make(self) }
  }

  /// Lets go of all that detectors have derived. Who asks from here on has it made anew.
  package func forgetDerived() { derivedInputs.forget() }
}
