import ModuleKit
import StakingEvents
import Testing

@testable import NativeStaking

@Suite("The journal of what happens to validators")
struct ValidatorChangeTests {
    private func changes(_ chain: StakingChain, from start: UInt64 = 0, limit: UInt32 = 0) throws
        -> StakingValidatorChangesAnswer
    {
        try chain.ask(
            .with {
                $0.validatorChanges.start = start
                $0.validatorChanges.limit = limit
            }
        ).validatorChanges
    }

    private func numbers(_ answer: StakingValidatorChangesAnswer) -> [Int] {
        answer.changes.map { change in
            (0..<20).first { Account.operatorText(Account.validator($0)) == change.validator } ?? -1
        }
    }

    @Test(
        "Entering and leaving the active set, jails, returns and slashes are written down in order; more power is not"
    )
    func written() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000, 4_000_000])
        #expect(numbers(try changes(chain)) == [0, 1])
        try chain.block { try chain.send(.delegate(7_000_000, to: 1), from: Account.user(0)) }
        #expect(try changes(chain).next == 2)
        try chain.block { try chain.probe(.jail(0)) }
        // Jailed, and then out of the set.
        #expect(numbers(try changes(chain, from: 2)) == [0, 0])
        try chain.block { try chain.probe(.unjail(0)) }
        #expect(numbers(try changes(chain, from: 4)) == [0, 0])
        try chain.block { try chain.probe(.slash(1, "0.1", since: chain.height, power: 11)) }
        let slash = try changes(chain, from: 6)
        #expect(slash.changes.map(\.hasSlash) == [true])
        #expect(slash.changes.first?.slash.fraction == "0.100000000000000000")
        #expect(slash.next == 7)
        #expect(numbers(try changes(chain, from: 1, limit: 3)) == [1, 0, 0])
        #expect(try changes(chain, from: 7).changes.isEmpty)
        #expect(try changes(chain, from: .max).start == 7)
        #expect(try chain.violations() == [])
    }

    @Test("Only the last ones are kept, and an answer says where it begins")
    func bounded() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000, 4_000_000])
        let kept = StakingState.validatorChangesKept
        for _ in 0..<5 {
            try chain.block {
                for _ in 0..<(kept / 8) {
                    try chain.probe(.jail(0))
                    try chain.probe(.unjail(0))
                }
            }
        }
        let answer = try changes(chain, limit: 1)
        #expect(answer.next > kept)
        #expect(answer.start == answer.next - kept)
        #expect(answer.changes.count == 1)
        let state = StateReader(chain.staking.state)
        let count = try chain.staking.module.collections.validatorChanges.entries(in: state, limit: Int(kept) * 2).count
        #expect(count == Int(kept))
    }
}
