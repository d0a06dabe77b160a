/// All checks, in the order in which they are told.
package enum CheckRegistry {
  package static let all: [any Check] = [
    ColumnsCheck(), TypesCheck(), RowsCheck(), IDsCheck(), RangesCheck(), MissingCheck(), UnlabelledCheck(),
    ClassesCheck(), BalanceCheck(),
    EmptyCheck(), OversizedCheck(), UndecodableCheck(), InvisibleCheck(), BidirectionalCheck(), MarkupCheck(),
    PromptsCheck(), CopiesCheck(), ConflictsCheck(),
    ClassDriftCheck(), NewClassesCheck(), NumberDriftCheck(), CategoryDriftCheck(), LengthDriftCheck(),
    MissingDriftCheck(),
    IncidentsCheck(), FlagsCheck(), PoisonCheck(),
    ManifestCheck(),
  ]

  /// Those that the policy has not switched off.
  package static func active(_ policy: Policy) -> [any Check] { all.filter { policy.level(of: $0) != .off } }

  package static func run(on input: CheckInput) -> [CheckResult] {
    active(input.policy).flatMap { $0.run(on: input) }
  }
}
