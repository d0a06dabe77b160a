/// What shall become of the samples that a job is looking for.
struct Collecting: Sendable {
  /// What they are, in words that a decision records.
  var rule: String
  var group: FoundGroup?
  /// Of the queue that they are opened as; nil where they are selected.
  var title: String?
  /// What a person is asked to decide for them; nil once another key has been typed, which must not answer that.
  var choice: Confirmation.Choice?
  /// They are all that is selected then.
  var replacesSelection = false
}
