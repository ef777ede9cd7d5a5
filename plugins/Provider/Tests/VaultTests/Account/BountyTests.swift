import ModuleKit
import ModuleTesting
import Testing

@testable import Vault

@Suite("Bounties")
struct BountyTests {
    let finder = Address.named("finder")

    private func slash(_ account: inout VaultAccount, _ amount: Amount, of holder: UInt32, paying bounty: Amount) throws
    {
        let slash = try #require(
            account.slash(
                amount,
                of: holder,
                at: .epoch,
                over: .days(21),
                paying: Bounty(beneficiary: finder, amount: bounty)
            )
        )
        account.apply(slash, at: .epoch, over: .days(21))
        #expect(account.faults == [])
    }

    @Test("A bounty is a part of what is lost, and never more than that")
    func part() throws {
        var account = try VaultAccount(1000, [.remote(2, 10, 1000)])
        try slash(&account, 60, of: 2, paying: 6)
        #expect(account.bounties.map(\.amount) == [6] && account.unburned == 60)
        // Of 500, no more than the slashable rest is lost.
        try slash(&account, 500, of: 2, paying: 400)
        #expect(account.bounties.map(\.amount) == [6, 40] && account.unburned == 100)
    }

    @Test("What is paid need not be destroyed any more; what is forfeit is destroyed like the rest")
    func settled() throws {
        var account = try VaultAccount(1000, [.remote(2, 50, 1000)])
        try slash(&account, 100, of: 2, paying: 10)
        try account.settle(4, to: finder, isPaid: true)
        #expect(account.bounties.map(\.amount) == [6] && account.unburned == 96)
        try account.settle(6, to: finder, isPaid: false)
        #expect(account.bounties.isEmpty && account.unburned == 96)
        #expect(throws: ModuleError.self) { try account.settle(1, to: finder, isPaid: true) }
        try account.burn(96)
        #expect(account.unburned.isZero)
    }

    @Test("Coins that a local holder has lost can't be paid, and its own slashes pay nobody")
    func lost() throws {
        var account = try VaultAccount(200, [.local(10, 200), .remote(2, 50, 200)])
        try slash(&account, 100, of: 2, paying: 10)
        #expect(account.bounties.map(\.amount) == [10] && account.burnable.isZero)
        try slash(&account, 200, of: 1, paying: 20)
        #expect(account.bounties.isEmpty && account.isEmpty)
    }

    @Test("Eight bounties are kept, and come back as they were stored; of a ninth slash all is destroyed")
    func bounded() throws {
        var account = try VaultAccount(10_000, [.remote(2, 100, 10_000)])
        for _ in 0..<9 { try slash(&account, 10, of: 2, paying: 1) }
        #expect(account.bounties.count == Bounty.countMax && account.unburned == 90)
        #expect(try VaultAccount(account.record) == account)
    }
}
