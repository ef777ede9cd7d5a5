import ModuleKit
import ModuleTesting
import Testing

@testable import Vault

@Suite("Propagation")
struct PropagationTests {
    /// What a published case says: what there is, what is slashed of the first remote lien, and what remains.
    struct Case: CustomTestStringConvertible {
        let name: String
        let collateral: Amount
        let liens: [TestLien]
        let slash: Amount
        let collateralAfter: Amount
        let liensAfter: [Amount]
        let slashableAfter: Amount

        var testDescription: String { name }
    }

    // Cases 1 to 5: docs/ibc/Slashing.md of mesh-security, times 1000. The largest of each lien is what the documents say,
    // to the unit. Of case 5, rounding down leaves 2 units that can't be slashed.
    static let cases = [
        Case(
            name: "case 1",
            collateral: 200_000,
            liens: [.local(10, 190_000), .remote(2, 10, 150_000)],
            slash: 10_000,
            collateralAfter: 190_000,
            liensAfter: [190_000, 140_000],
            slashableAfter: 33_000
        ),
        Case(
            name: "case 2",
            collateral: 200_000,
            liens: [.local(10, 200_000), .remote(2, 10, 200_000)],
            slash: 20_000,
            collateralAfter: 180_000,
            liensAfter: [180_000, 180_000],
            slashableAfter: 36_000
        ),
        Case(
            name: "case 3",
            collateral: 200_000,
            liens: [.local(10, 190_000), .remote(2, 10, 150_000)],
            slash: 15_000,
            collateralAfter: 185_000,
            liensAfter: [185_000, 135_000],
            slashableAfter: 32_000
        ),
        Case(
            name: "case 4",
            collateral: 200_000,
            liens: [.local(10, 190_000), .remote(2, 10, 180_000), .remote(3, 10, 188_000)],
            slash: 14_000,
            collateralAfter: 186_000,
            liensAfter: [186_000, 166_000, 186_000],
            slashableAfter: 53_800
        ),
        Case(
            name: "case 5",
            collateral: 200_000,
            liens: [
                .local(10, 100_000), .remote(2, 50, 180_000), .remote(3, 50, 80_000), .remote(4, 50, 100_000),
            ],
            slash: 90_000,
            collateralAfter: 110_000,
            liensAfter: [78_125, 68_125, 58_125, 78_125],
            slashableAfter: 109_998
        ),
        // Where the published rule leaves more slashable than there is collateral, or fails on a dust lien.
        Case(
            name: "capping alone does not suffice",
            collateral: 200,
            liens: [.local(10, 180), .remote(2, 60, 150), .remote(3, 60, 150)],
            slash: 90,
            collateralAfter: 110,
            liensAfter: [109, 59, 109],
            slashableAfter: 110
        ),
        Case(
            name: "four liens at 40%",
            collateral: 100,
            liens: [.local(1, 100), .remote(2, 40, 60), .remote(3, 40, 60), .remote(4, 40, 60), .remote(5, 40, 60)],
            slash: 24,
            collateralAfter: 76,
            liensAfter: [70, 30, 54, 54, 54],
            slashableAfter: 75
        ),
        Case(
            name: "a dust lien smaller than its share",
            collateral: 200,
            liens: [
                .local(10, 100), .remote(2, 50, 180), .remote(3, 50, 80), .remote(4, 50, 90), .remote(5, 10, 10),
            ],
            slash: 90,
            collateralAfter: 110,
            liensAfter: [81, 71, 61, 71],
            slashableAfter: 108
        ),
    ]

    @Test("The published cases come out to the unit", arguments: cases)
    func published(_ published: Case) throws {
        var account = try VaultAccount(published.collateral, published.liens)
        #expect(account.faults == [])
        let suffered = account.suffer(published.slash, of: 2)
        let slash = try #require(suffered)
        #expect(slash.amount == published.slash)
        #expect(slash.excess == .zero)
        #expect(account.faults == [])
        #expect(account.collateral == published.collateralAfter)
        #expect(account.sizes == published.liensAfter)
        #expect(account.totalSlashable.high == published.slashableAfter)
        account.change(lienOf: 1) { _ = $0.settleCut(inFlight: .zero) }
        let needed = published.liensAfter.reduce(published.slashableAfter) { max($0, $1) }
        #expect(account.free.low == published.collateralAfter.saturatingSubtracting(needed))
        #expect(account.faults == [])
    }

    /// The rule, word for word, by trying one `x` after the other.
    func expectedCuts(_ claims: [Propagation.Claim], _ collateral: Amount) -> [Amount] {
        var x: UInt128 = 0
        while true {
            var sum: UInt128 = 0
            let left = claims.map { claim -> Amount in
                let capped = min(claim.amount.units, collateral.units)
                return Amount(capped > x ? capped - x : 0)
            }
            for (amount, claim) in zip(left, claims) { sum += amount.part(claim.slashable).units }
            if sum <= collateral.units { return zip(claims, left).map { $0.0.amount.saturatingSubtracting($0.1) } }
            x += 1
        }
    }

    @Test("The cut is the smallest that suffices, as trying every one shows")
    func smallest() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<2_000 {
            let collateral = random.amount(upTo: 300)
            let claims = (0..<(random.next() % 9)).map { _ in
                Propagation.Claim(amount: random.amount(upTo: 400), slashable: random.fraction())
            }
            #expect(Propagation.cuts(of: claims, to: collateral) == expectedCuts(claims, collateral))
        }
    }

    @Test("Claims of any size, and more of them than anyone may have, are covered in the end")
    func anySize() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<200 {
            let collateral = random.amount(upTo: .max)
            let claims = (0..<(random.next() % 70)).map { _ in
                Propagation.Claim(amount: random.amount(upTo: .max), slashable: random.fraction())
            }
            let cuts = Propagation.cuts(of: claims, to: collateral)
            var rest = collateral
            for (claim, cut) in zip(claims, cuts) {
                let left = try claim.amount.subtracting(cut)
                #expect(left <= collateral)
                rest = try rest.subtracting(left.part(claim.slashable))
            }
        }
    }
}
