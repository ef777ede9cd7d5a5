import ModuleKit

/// Some of a token, as people write it: `250uprov`, `250 uprov over main`, `250 transfer/channel-0/uprov`.
struct ScenarioToken: Sendable, CustomStringConvertible {
    let amount: Amount
    let denomination: ScenarioDenomination

    /// Reads the text for a chain.
    init(_ node: ScenarioNode, on chain: String, _ reader: ScenarioReader) throws(ScenarioError) {
        let text = try node.text("an amount")
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "_") }
        let rest = text.dropFirst(digits.count).drop { $0 == " " }
        guard !digits.isEmpty, !rest.isEmpty else {
            throw node.refusal("an amount is a number with its denomination, such as 250uatom, not \(text.shownShort)")
        }
        amount = try ScenarioError.reading(node.place) { try Amount(String(digits).replacing("_", with: "")) }
        let name = ScenarioNode(content: .text(String(rest), isQuoted: true), place: node.place)
        denomination = try reader.denomination(name, on: chain)
    }

    var description: String { "\(amount) \(denomination)" }
}
