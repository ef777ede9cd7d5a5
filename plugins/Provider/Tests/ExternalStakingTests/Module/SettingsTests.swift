import ExternalStakingEvents
import Foundation
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Settings and questions")
struct SettingsTests {
    @Test(
        "Settings that mean nothing are refused",
        arguments: [
            ("vault", #""""#), ("rewards_denom", "1"), ("unbonding_period", #""0s""#),
            ("slash_ratio", #"{"double_sign":"1.1","offline":"0"}"#), ("slash_ratio", #"{"double_sign":"0.1"}"#),
            ("slash_ratio", #"{"double_sign":"0.1","offline":"0","more":"0"}"#),
            ("remote_endpoint", #"{"connection":"x","port":"y"}"#),
            ("versions", #"{"minimum":"2.0.0","maximum":"2.0.0"}"#), ("authority", "null"),
            ("minimum_stake", #""0""#), ("validators_max", "0"), ("validators_max", "65537"), ("keys_max", "0"),
            ("keys_max", "17"),
            ("packet_timeout", #""1s""#), ("novelty", "1"),
        ]
    )
    func malformed(name: String, json: String) throws {
        let value = try JSONValue(parsing: json)
        #expect(throws: HarnessError.self) { try StakingChain(settings: [(name, value)]) }
    }

    @Test("Pages hold what their limits say, and every question that names nothing is refused")
    func pages() throws {
        let chain = try StakingChain.ready()
        for validator in ["v1", "v2", "v3"] {
            _ = try chain.stake(5, on: validator)
            _ = try chain.stake(5, on: validator, of: chain.bob)
        }
        let owner = chain.text(chain.alice)
        let stakes = try chain.harness.query(
            .with {
                $0.stakes.owner = owner
                $0.stakes.limit = 2
            }
        ).stakes
        #expect(stakes.stakes.map(\.validator) == ["v1", "v2"])
        #expect(stakes.nextValidator == "v3")
        let stakers = try chain.harness.query(
            .with {
                $0.stakers.validator = "v2"
                $0.stakers.limit = 1
            }
        ).stakers
        #expect(stakers.owners.count == 1)
        let others = try chain.harness.query(
            .with {
                $0.stakers.validator = "v2"
                $0.stakers.startOwner = stakers.nextOwner
            }
        ).stakers
        #expect(Set(stakers.owners + others.owners) == [chain.text(chain.alice), chain.text(chain.bob)])
        let newest = try chain.harness.query(.with { $0.transactions.limit = 4 }).transactions
        #expect(newest.transactions.map(\.transaction) == [6, 5, 4, 3])
        let older = try chain.harness.query(
            .with { $0.transactions.beforeTransaction = newest.nextBeforeTransaction }
        ).transactions
        #expect(older.transactions.map(\.transaction) == [2, 1])
        for question in [
            ExternalStakingQuery(), .with { $0.validator.validator = "nobody" },
            .with { $0.transaction.transaction = 77 },
            .with { $0.key.key = .init([1]) }, .with { $0.stakes.owner = "nobody" },
        ] {
            #expect(throws: ModuleError.self) { try chain.harness.query(question) }
        }
    }
}
