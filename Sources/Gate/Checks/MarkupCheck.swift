import Model

/// Markup that runs or loads something where a text is shown, and formulas that a spreadsheet would run.
struct MarkupCheck: Check {
  let name = "markup"
  let summary = "embedded markup and scripts"
  let level = Level.warn

  private static let phrases = [
    "<script", "<iframe", "<object ", "<embed ", "<svg", "<img ", "<link ", "<meta http-equiv", "<form ",
    "<!--",
    "<style", "javascript:", "vbscript:", "data:text/html", "onerror=", "onload=", "onclick=", "onmouseover=",
    "=cmd|", "=hyperlink(", "=importxml(", "=webservice(", "<?php", "{{constructor",
  ]

  func run(on input: CheckInput) -> [CheckResult] {
    phrases(Self.phrases + input.policy.content.markup, of: "markup", input)
  }
}

/// Texts that speak to a model: instructions to drop its own, and the control tokens of chat templates.
///
/// The phrases are those that Greshake et al. ("Not what you've signed up for", 2023) and Perez & Ribeiro ("Ignore
/// previous prompt", 2022) collected, and the templates of ChatML, Llama and Alpaca.
struct PromptsCheck: Check {
  let name = "prompts"
  let summary = "embedded prompts and tokens of chat templates"
  let level = Level.warn

  private static let phrases = [
    "ignore previous instructions", "ignore all previous instructions", "ignore the previous instructions",
    "ignore all prior instructions", "ignore prior instructions", "ignore the above",
    "ignore your instructions",
    "disregard previous instructions", "disregard all previous", "disregard the above",
    "disregard your instructions",
    "forget previous instructions", "forget all previous instructions", "forget your instructions",
    "reveal your system prompt", "print your system prompt", "your new instructions are",
    "you are now in developer mode", "do anything now",
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|begin_of_text|>", "<|start_header_id|>", "<|eot_id|>",
    "<|system|>", "<|assistant|>", "[inst]", "[/inst]", "<<sys>>", "### instruction:", "### system:",
  ]

  func run(on input: CheckInput) -> [CheckResult] {
    phrases(Self.phrases + input.policy.content.prompts, of: "prompts", input)
  }
}

extension Check {
  fileprivate func phrases(_ phrases: [String], of kind: String, _ input: CheckInput) -> [CheckResult] {
    guard let texts = SampleTexts(input.data) else { return [notApplicable("the samples have no text")] }
    let search = PhraseSearch(phrases)
    let rows = texts.rows(where: search.isFound)
    return [
      rows.isEmpty
        ? pass("none of \(counted(phrases.count, "phrase"))")
        : broken(input, "\(counted(rows.count, "sample")) with embedded \(kind)", rows: rows)
    ]
  }
}
