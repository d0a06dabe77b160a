/// How a page looks. Colors on white, and white on them, have a contrast of 4.5 or more (WCAG 2.2, level AA); those of
/// plots 3 or more. On paper all is black on white, and nothing that belongs together is torn apart.
enum HTMLStyle {
  static let sheet: StaticString = """

    :root { --ink: #1b2330; --soft: #525c6b; --rule: #d5dae2; --pale: #f5f7fa; --link: #0b57a4;
      --poisoned: #b42318; --relabel: #8a5300; --disputed: #9c1f7b; --unsure: #5b3cc4; --clean: #156f45;
      --undecided: #6b7688; --suggested: #0b57a4; }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 2rem 3rem; background: #fff; color: var(--ink);
      font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif;
      overflow-wrap: anywhere; }
    a { color: var(--link); }
    a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -999rem; }
    .skip:focus { position: static; }
    header { border-bottom: 3px solid var(--ink); margin-bottom: 1.5rem; }
    h1, h2, h3, h4 { line-height: 1.25; margin: 1.6rem 0 .5rem; text-wrap: balance; }
    h1 { font-size: 2.1rem; margin: 0; }
    h2 { font-size: 1.5rem; border-bottom: 1px solid var(--rule); padding-bottom: .3rem; margin-top: 2.6rem; }
    h3 { font-size: 1.12rem; }
    h4 { font-size: .95rem; color: var(--soft); margin: 1rem 0 .35rem; }
    p { margin: .5rem 0; }
    .kind { margin: 0; color: var(--soft); font-weight: 600; letter-spacing: .02em; }
    .made { color: var(--soft); }
    nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; list-style: none; padding: 0; margin: .6rem 0 .8rem; }
    .lead { font-size: 1.08rem; max-width: 62rem; }
    .soft, .more, small { color: var(--soft); }
    .more, small, footer { font-size: .9rem; }
    footer { border-top: 1px solid var(--rule); margin-top: 3rem; color: var(--soft); }
    code { font: .88em/1.45 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; background: var(--pale);
      border-radius: 3px; padding: .08em .3em; }
    .figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: .8rem; list-style: none; padding: 0;
      margin: 1.2rem 0; }
    .figures li { border: 1px solid var(--rule); border-radius: 6px; padding: .7rem 1rem; }
    .figures strong { display: block; font-size: 1.8rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .figures span { color: var(--soft); }
    dl { margin: .5rem 0; }
    dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: .2rem 1rem; padding: .3rem 0;
      border-bottom: 1px solid var(--rule); }
    dt { color: var(--soft); } dd { margin: 0; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .92rem; }
    caption { text-align: left; color: var(--soft); padding-bottom: .35rem; }
    th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--rule); }
    thead th { border-bottom: 2px solid var(--ink); white-space: nowrap; }
    tbody th { font-weight: 600; min-width: 10rem; }
    .time { white-space: nowrap; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .tag { display: inline-block; border: 1px solid currentColor; border-radius: 3px; padding: 0 .4em; font-size: .85em;
      line-height: 1.45; font-weight: 600; white-space: nowrap; color: var(--undecided); }
    .tag.undecided { color: var(--soft); }
    .tag.poisoned { background: var(--poisoned); border-color: var(--poisoned); color: #fff; }
    .tag.relabel { color: var(--relabel); } .tag.unsure { color: var(--unsure); } .tag.clean { color: var(--clean); }
    .tag.disputed { background: var(--disputed); border-color: var(--disputed); color: #fff; }
    .warning { border-left: 5px solid var(--poisoned); background: #fdf1f0; padding: .5rem .9rem; }
    .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 2.5rem; align-items: start; }
    figure { margin: .5rem 0; } figcaption { font-size: .92rem; color: var(--soft); margin-bottom: .5rem; }
    figcaption h3 { color: var(--ink); margin-top: .5rem; } figcaption h4 { margin-top: 0; }
    .plot { display: block; width: 100%; height: auto; }
    .plot text { font: 12px system-ui, "Liberation Sans", "DejaVu Sans", sans-serif; fill: var(--ink); }
    .plot .end { text-anchor: end; } .plot .middle { text-anchor: middle; } .plot .small { font-size: 11px; }
    .plot .grid { stroke: #e3e7ed; } .plot .axis { stroke: var(--ink); }
    .plot .cut { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
    .plot .frame { fill: none; stroke: var(--rule); }
    .plot .poisoned { fill: var(--poisoned); } .plot .relabel { fill: var(--relabel); }
    .plot .disputed { fill: var(--disputed); } .plot .unsure { fill: var(--unsure); }
    .plot .clean { fill: var(--clean); } .plot .undecided { fill: #7d8899; }
    .plot .given { fill: #7d8899; } .plot .suggested { fill: var(--suggested); }
    .dots { fill: none; stroke-linecap: round; }
    .dots.others { stroke: #7d8899; stroke-width: 2.8; }
    .dots.flagged { stroke: var(--poisoned); stroke-width: 5.4; }
    .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .4rem 0;
      font-size: .88rem; }
    .key { display: inline-block; width: .8em; height: .8em; margin-right: .4em; background: #7d8899; }
    .key.poisoned { background: var(--poisoned); } .key.relabel { background: var(--relabel); }
    .key.disputed { background: var(--disputed); } .key.unsure { background: var(--unsure); }
    .key.clean { background: var(--clean); } .key.given { background: #7d8899; }
    .key.suggested { background: var(--suggested); }
    .incident { border: 1px solid var(--rule); border-left: 5px solid var(--ink); border-radius: 4px;
      padding: .2rem 1.3rem 1rem; margin: 1.2rem 0 1.8rem; }
    .incident > h3 { margin-top: 1rem; font-size: 1.25rem; }
    .id { display: inline-block; background: var(--ink); color: #fff; border-radius: 3px; padding: 0 .45em; }
    .facts { color: var(--soft); } .facts strong { color: var(--ink); }
    .findings { padding-left: 1.2rem; margin: .3rem 0; }
    .exhibits { list-style: none; padding: 0; margin: .5rem 0; }
    .pictures { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 1rem; }
    .caption { font-size: .84rem; line-height: 1.4; margin: .3rem 0; }
    .pictures .caption span { display: block; } .pictures .tag { display: inline-block !important; margin-top: .2rem; }
    .thumbnail { display: block; width: 100%; height: auto; max-height: 14rem; background: var(--pale);
      border: 1px solid var(--rule); image-rendering: pixelated; overflow: visible; }
    .thumbnail image { image-rendering: pixelated; }
    .thumbnail rect { fill: none; vector-effect: non-scaling-stroke; }
    .thumbnail .halo { stroke: #fff; stroke-width: 5; } .thumbnail .patch { stroke: #e0008a; stroke-width: 2.5; }
    .pattern .thumbnail { width: 8rem; }
    .records > li { border-top: 1px solid var(--rule); padding: .5rem 0; }
    blockquote { margin: .2rem 0; padding: .5rem .9rem; background: var(--pale); border-left: 3px solid var(--rule);
      white-space: pre-wrap; font-size: .95rem; unicode-bidi: isolate; }
    mark { background: #ffe08a; color: #1b2330; padding: 0 .12em; border-bottom: 2px solid #8a5300; }
    mark.extreme { background: #dbeafe; border-color: #0b57a4; }
    .cells { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .3rem 1rem; }
    .cells > div { display: block; border: 0; font-size: .92rem; padding: 0; }
    .cells dt { font-size: .8rem; }
    @media screen and (max-width: 56rem) {
      body { padding: 1rem; } .pair { grid-template-columns: 1fr; } .pictures { grid-template-columns: repeat(3, 1fr); }
      .figures { grid-template-columns: 1fr 1fr; } dl > div { grid-template-columns: 1fr; }
    }
    @page { margin: 16mm 14mm; }
    @media print {
      :root { --ink: #000; --soft: #333; --pale: #fff; --link: #000; }
      html { font-size: 12px; }
      body { max-width: none; padding: 0; font-size: 9.5pt; }
      .pair { gap: 0 1.2rem; } .pictures { gap: .6rem; } dl > div { grid-template-columns: 9rem 1fr; }
      nav, .skip { display: none; }
      h1, h2, h3, h4, caption, figcaption, .facts { break-after: avoid; }
      figure, tr, dl > div, .exhibits > li, .figures, .warning { break-inside: avoid; }
      thead { display: table-header-group; }
      .incident { border: 0; border-top: 2px solid #000; border-radius: 0; padding: 0; }
      .incident, .wide { overflow: visible; }
      .plot, .key, .thumbnail, mark, .tag, .id { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
