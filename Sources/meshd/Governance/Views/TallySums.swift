import GovernanceEvents
import ModuleKit

/// What was voted, in units of the bond denomination.
struct TallySums {
    let yes: Amount
    let abstain: Amount
    let no: Amount
    let noWithVeto: Amount
    /// All stake that could have voted; zero where that is not known.
    let bonded: Amount

    /// - Throws: `invalidAmount`.
    init(_ result: GovernanceTallyResult) throws(ModuleError) {
        func amount(_ text: String) throws(ModuleError) -> Amount { text.isEmpty ? .zero : try Amount(text) }
        yes = try amount(result.yes)
        abstain = try amount(result.abstain)
        no = try amount(result.no)
        noWithVeto = try amount(result.noWithVeto)
        bonded = try amount(result.bonded)
    }

    /// All that voted.
    var total: Amount { options.reduce(.zero) { $0.saturatingAdding($1.amount) } }

    /// In the order of the Cosmos SDK.
    var options: [(option: GovernanceVoteOption, amount: Amount)] {
        [(.yes, yes), (.abstain, abstain), (.no, no), (.noWithVeto, noWithVeto)]
    }
}

extension Amount {
    /// Hundredths of a percent of a whole, rounded down; nil for a part of nothing.
    func basisPoints(of whole: Amount) -> UInt64? {
        guard !whole.isZero else { return nil }
        return try? multiplied(by: 10_000, over: whole, rounding: .floor).low
    }

    /// `12.34 %` of a whole; a dash for a part of nothing.
    func share(of whole: Amount) -> (basisPoints: UInt64?, text: String) {
        let points = basisPoints(of: whole)
        return (points, points?.basisPointsText ?? "–")
    }
}

extension UInt64 {
    /// Hundredths of a percent as people read them: `12.34 %`.
    var basisPointsText: String {
        let rest = self % 100
        return "\(self / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }
}
