import ModuleKit
import Testing
import VaultEvents

@testable import MeshSandbox

@Suite("The book of collateral")
final class CollateralBookTests {
    private var book = CollateralBook()

    private static func coin(_ amount: Int) throws -> ProtoCoin {
        ProtoCoin(Coin(Amount(UInt128(amount)), try Denom("umesh")))
    }

    private func note(_ write: (inout VaultEvent) throws -> Void) throws {
        var event = VaultEvent()
        try write(&event)
        try book.note(event)
    }

    private func slash(_ amount: Int, by holder: UInt32, excess: Int = 0, forfeit: Int = 0) throws {
        try note {
            $0.slashed.owner = "alice"
            $0.slashed.holder = holder
            $0.slashed.validator = "val"
            $0.slashed.amount = "\(amount)"
            $0.slashed.excess = "\(excess)"
            $0.slashed.forfeit = forfeit == 0 ? "" : "\(forfeit)"
        }
    }

    private func bond() throws {
        try note {
            $0.bonded.owner = "alice"
            $0.bonded.amount = try Self.coin(1_000)
        }
    }

    private func has(_ collateral: Amount, _ unburned: Amount) -> Bool {
        book.all.map(\.owner) == ["alice"]
            && book.all.map(\.account) == [CollateralBook.Account(collateral: collateral, unburned: unburned)]
    }

    @Test("What is slashed of a lien on another chain's stake is to be destroyed or paid, to the last unit")
    func remote() throws {
        try bond()
        try slash(300, by: 7)
        #expect(has(700, 300))
        try note {
            $0.bountyPaid.owner = "alice"
            $0.bountyPaid.amount = try Self.coin(20)
        }
        try note {
            $0.collateralBurned.owner = "alice"
            $0.collateralBurned.amount = try Self.coin(280)
        }
        #expect(has(700, 0))
        #expect(throws: ModuleError.self) {
            try note {
                $0.collateralBurned.owner = "alice"
                $0.collateralBurned.amount = try Self.coin(1)
            }
        }
        #expect(book.excesses == [])
        try slash(1, by: 7, excess: 2)
        #expect(book.excesses == ["alice was to lose 2 more at val than his lien can"])
    }

    @Test("Coins of a lien on stake at home are gone already, and those beyond the collateral need not be destroyed")
    func local() throws {
        try bond()
        try note {
            $0.lienAccepted.owner = "alice"
            $0.lienAccepted.holder = 3
            $0.lienAccepted.purpose = .local
        }
        try slash(400, by: 3, excess: 5, forfeit: 100)
        #expect(has(500, 0))
        try slash(200, by: 7)
        #expect(has(300, 200))
        try slash(350, by: 3)
        #expect(has(0, 150))
        #expect(book.excesses == [])
    }

    @Test("What was brought and taken again leaves no account")
    func empty() throws {
        try bond()
        try note {
            $0.unbonded.owner = "alice"
            $0.unbonded.amount = try Self.coin(1_000)
        }
        #expect(book.all.isEmpty)
    }
}
