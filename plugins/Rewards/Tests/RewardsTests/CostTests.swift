import ModuleKit
import ModuleTesting
import Rewards
import RewardsEvents
import StakingEvents
import Testing

@Suite("What it costs")
struct CostTests {
    /// A chain that was exported with one validator and this many delegations of 1000 each.
    private func scene(delegations count: Int) throws -> RewardsScene {
        let validator = RewardsScene.operatorText(RewardsScene.person(0))
        let tokens = String(count * 1000)
        var sections = JSONObject()
        let held = [(StakingPool.bonded.address, "stake", tokens), (Clerk.address, "fee", "1000000")]
        sections["bank"] = [
            "balances": .array(
                held.map { account, denom, amount in
                    [
                        "address": .string(RewardsScene.text(account)),
                        "coins": [["denom": .string(denom), "amount": .string(amount)]],
                    ]
                }
            )
        ]
        sections["staking"] = [
            "params": ["bond_denom": "stake", "power_reduction": "1"],
            "last_total_power": .string(tokens), "exported": true,
            "last_validator_powers": [["address": .string(validator), "power": .string(tokens)]],
            "validators": [
                [
                    "operator_address": .string(validator), "jailed": false, "status": "BOND_STATUS_BONDED",
                    "consensus_pubkey": [
                        "@type": "/cosmos.crypto.ed25519.PubKey", "key": "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQA=",
                    ],
                    "tokens": .string(tokens), "delegator_shares": .string("\(tokens).000000000000000000"),
                    "description": ["moniker": "one"], "unbonding_height": "0",
                    "unbonding_time": "1970-01-01T00:00:00Z", "min_self_delegation": "1",
                    "commission": [
                        "commission_rates": ["rate": "0.1", "max_rate": "0.2", "max_change_rate": "0.01"],
                        "update_time": "2020-01-01T00:00:00Z",
                    ],
                ]
            ],
            "delegations": .array(
                (0..<count).map { number in
                    [
                        "delegator_address": .string(RewardsScene.text(RewardsScene.person(number))),
                        "validator_address": .string(validator), "shares": "1000.000000000000000000",
                    ]
                }
            ),
        ]
        return try RewardsScene(["distribution": ["community_tax": "0"]], sections: .object(sections), replays: false)
    }

    /// The units of work of sharing out fees, and of the withdrawal after it.
    private func work(delegations count: Int) throws -> (sharing: UInt64, withdrawal: UInt64) {
        let scene = try scene(delegations: count)
        try scene.payFees(.fee(500_000))
        let sharing = try scene.beginAgain().workUsed
        return (sharing, try scene.tell(.withdraw(0), by: 3).thenSucceeded().workUsed)
    }

    @Test("Sharing out costs the same with 10 and with 10 000 delegations, and so does a withdrawal")
    func sameForMany() throws {
        let few = try work(delegations: 10)
        let many = try work(delegations: 10_000)
        print(
            "sharing out \(few.sharing) units of work, withdrawing \(few.withdrawal), with 10 and with 10 000 delegations"
        )
        #expect(few.sharing == many.sharing)
        // A larger number in a record takes a few more bytes.
        #expect(many.withdrawal <= few.withdrawal + few.withdrawal / 20)
    }

    @Test("Sharing out costs the same with one and with 150 validators, as long as the powers stay")
    func sameForManyValidators() throws {
        func sharing(_ count: Int) throws -> UInt64 {
            let scene = try RewardsScene(
                ["distribution": ["community_tax": "0"]],
                staking: ["max_validators": "150"],
                replays: false
            )
            let votes = (0..<count).map { EngineReport.Vote(validator: .named("key \($0)"), power: 7, hasSigned: true) }
            try scene.harness.nextBlock(report: EngineReport(votes: votes))
            try scene.harness.nextBlock(report: EngineReport(votes: votes))
            try scene.payFees(.fee(500_000))
            return try scene.beginAgain().workUsed
        }
        let (one, many) = (try sharing(1), try sharing(150))
        print("sharing out \(one) units of work with one validator, \(many) with 150")
        #expect(one == many)
    }

    @Test(
        "Settling all of 150 validators, whose powers change at once, stays far within the limits of a final reaction"
    )
    func settlesAll() throws {
        let count = 150
        let scene = try RewardsScene(staking: ["max_validators": "150"], replays: false)
        for number in 0..<count {
            let person = Address.named("\(number)")
            try scene.clerk(
                .with {
                    $0.paid.recipient = RewardsScene.text(person)
                    $0.paid.amount = [.stake(2_000_000)]
                }
            ).thenSucceeded()
            try scene.addValidator(number, 1_000_000)
        }
        try scene.harness.nextBlock()
        try scene.payFees(.fee(1_000_000), .stake(1_000_000))
        try scene.harness.nextBlock()
        for number in 0..<count { try scene.stake(.delegate(1_000_000, to: number), by: number).thenSucceeded() }
        let block = try scene.harness.nextBlock()
        let changes = block.ended.of(RewardsEvent.self).filter { !$0.powersChanged.changes.isEmpty }
        #expect(changes.map(\.powersChanged.changes.count) == [count])
        #expect(block.events.of(HarnessEvent.self).isEmpty)
        let work = try scene.harness.when(recording: changes, of: Rewards.self).thenSucceeded().workUsed
        print("settling 150 validators with 2 denominations: \(work) units of work")
        #expect(work < Execution.Limits().finalReactionWork / 5)
    }
}
