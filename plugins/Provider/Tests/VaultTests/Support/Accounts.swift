import ModuleKit
import ModuleTesting

@testable import Vault

/// A lien of a test: its holder, what it is for, what can be slashed of it in hundredths, and how large it is.
struct TestLien {
    let holder: UInt32
    let purpose: Lien.Purpose
    let percent: UInt64
    let total: Amount

    static func local(_ percent: UInt64, _ total: Amount) -> TestLien {
        TestLien(holder: 1, purpose: .local, percent: percent, total: total)
    }

    static func remote(_ holder: UInt32, _ percent: UInt64, _ total: Amount) -> TestLien {
        TestLien(holder: holder, purpose: .remote, percent: percent, total: total)
    }
}

extension VaultAccount {
    /// An account whose liens were all taken and committed.
    init(_ collateral: Amount, _ liens: [TestLien]) throws(ModuleError) {
        self.init(collateral: collateral)
        for lien in liens {
            try take(lien.total, by: lien.holder, for: lien.purpose, slashable: .percent(lien.percent))
            change(lienOf: lien.holder) { _ = $0.commit(upTo: .max) }
        }
    }

    /// Is slashed, at the start of all time unless told otherwise; nil where there is no such lien.
    mutating func suffer(_ amount: Amount, of holder: UInt32, at time: Timestamp = .epoch) -> AccountSlash? {
        let slash = slash(amount, of: holder, at: time, over: .days(21))
        if let slash { apply(slash, at: time, over: .days(21)) }
        return slash
    }

    /// The sizes of the liens, by holder.
    var sizes: [Amount] { liens.map(\.total) }
}

extension SplitMix64 {
    /// A number from zero to a bound, the small and the round ones more often than they would come up by chance.
    mutating func amount(upTo bound: Amount) -> Amount {
        guard !bound.isZero else { return .zero }
        switch next() % 8 {
        case 0: return bound
        case 1: return min(bound, Amount(UInt128(next() % 3)))
        default:
            let drawn = UInt128(next()) << 64 | UInt128(next())
            return bound == .max ? Amount(drawn) : Amount(drawn % (bound.units + 1))
        }
    }

    /// Hundredths, tiny fractions, nothing, and all.
    mutating func fraction() -> Decimal18 {
        switch next() % 8 {
        case 0: .zero
        case 1: .one
        case 2: .smallestAboveZero
        default: .percent(next() % 101)
        }
    }
}
