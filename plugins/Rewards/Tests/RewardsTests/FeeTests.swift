import BankEvents
import ModuleKit
import ModuleTesting
import RewardsEvents
import Testing

@testable import Rewards

@Suite("Fees of transactions")
struct FeeTests {
    private let collector = RewardsAccount.feeCollector.address

    /// Charges a person, whom somebody signs for.
    private func charge(_ scene: RewardsScene, _ person: Int, _ coins: ProtoCoin..., signer: Int) throws
        -> Outcome<Rewards>
    {
        let event = ClerkEvent.with {
            $0.charged.payer = RewardsScene.text(RewardsScene.person(person))
            $0.charged.amount = coins
        }
        return try scene.harness.when(recording: [event], of: Clerk.self, signer: RewardsScene.person(signer))
    }

    @Test("go from who signed to the fee collector, and to those who have stake in the next block")
    func collected() throws {
        let scene = try RewardsScene(["distribution": ["community_tax": "0"]])
        try scene.addValidator(0, 1_000_000, rate: "0")
        try scene.harness.nextBlock()
        let outcome = try charge(scene, 5, .fee(30), .stake(12), signer: 5).thenSucceeded()
        #expect(outcome.emitted.map(\.feeCollected.amount) == [[.fee(30), .stake(12)]])
        #expect(try scene.balance(of: RewardsScene.person(5), "fee") == Amount(1_000_000_000_000 - 30))
        #expect(try scene.balance(of: collector, "fee") == 30)
        #expect(try scene.balance(of: collector) == 12)
        try scene.harness.nextBlock()
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "30")
        #expect(try scene.rewards(of: 0, at: 0) == "12")
    }

    @Test("are vetoed where the payer does not have them, or has not signed")
    func vetoed() throws {
        let scene = try RewardsScene()
        try charge(scene, 5, .fee(1_000_000_000_001), signer: 5).thenFailed(.insufficientFunds)
        try charge(scene, 5, .of(1, "nothing"), signer: 5).thenFailed(.insufficientFunds)
        try charge(scene, 5, .fee(1), signer: 6).thenFailed(.unauthorizedMovement)
        // Coins of no order are no coins.
        try charge(scene, 5, .stake(1), .fee(1), signer: 5).thenFailed(.invalidCoins)
        #expect(try scene.balance(of: collector, "fee") == 0)
        try charge(scene, 5, signer: 5).thenSucceeded()
        #expect(try scene.balance(of: collector, "fee") == 0)
    }
}
