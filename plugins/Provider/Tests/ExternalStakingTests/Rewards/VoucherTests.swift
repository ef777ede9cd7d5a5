import Bank
import BankEvents
import ControlChannel
import ExternalStakingEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

@testable import ExternalStaking

@Suite("Rewards that come as vouchers")
struct VoucherTests {
    @Test("A memo says whose they are, and they are paid at once to whom the staker names")
    func memo() throws {
        let chain = try StakingChain.earning("ics20-memo")
        let voucher = try chain.voucher()
        try chain.staked(100)
        try chain.staked(300, of: chain.bob)
        let transferred = try chain.transfer(40, memo: chain.memo([("v1", 39), ("v2", 1)]))
        #expect(transferred.isSuccess)
        #expect(transferred.outcome.kinds == ["vouchers_received", "rewards_distributed", "hook_answered"])
        #expect(try chain.balance(chain.staking, voucher) == "40")
        #expect(try chain.pendingRewards() == "9" && chain.pendingRewards(of: chain.bob) == "29")
        let outcome = try chain.tryClaim(of: chain.bob, to: chain.carol).thenSucceeded()
        #expect(outcome.kinds == ["rewards_paid"])
        #expect(try chain.balance(chain.text(chain.carol), voucher) == "29")
        #expect(try chain.claimVouchers() == "9")
        #expect(try chain.balance(chain.text(chain.alice), voucher) == "9")
        try chain.tryClaim().thenFailed(.noRewardsDue)
        let totals = try #require(try chain.totals(voucher))
        #expect(totals.received == "40" && totals.paid == "38" && totals.community == "1" && !totals.held)
        #expect(try chain.reserves(voucher)?.unattributed == "0")
    }

    @Test(
        "A memo of another shape or amount fails the transfer, and nothing of it remains",
        arguments: [
            (#"{"distribute_rewards":{"validators":[{"validator":"v1","reward":"9"}]}}"#, .rewardsNotCovered),
            (#"{"distribute_rewards":{"validators":[{"validator":"v1","reward":"11"}]}}"#, .rewardsNotCovered),
            (#"{"distribute_rewards":{"validators":[]}}"#, .zeroRewards),
            (
                #"{"distribute_rewards":{"validators":[{"validator":"v1","reward":"10"},{"validator":"v2","reward":"0"}]}}"#,
                .zeroRewards
            ),
            (
                #"{"distribute_rewards":{"validators":[{"validator":"v1","reward":"9"},{"validator":"x","reward":"1"}]}}"#,
                .unknownRewardedValidator
            ),
            (#"{"distribute_rewards":{"validators":[{"validator":"v1","reward":10}]}}"#, .malformedRewardsMemo),
            (#"{"distribute_rewards":{"validators":[{"validator":"v1"}]}}"#, .malformedRewardsMemo),
            (#"{"distribute_rewards":{"validators":{"v1":"10"}}}"#, .malformedRewardsMemo),
            (
                #"{"distribute_rewards":{"validators":[{"validator":"v1","reward":"10"}],"to":"me"}}"#,
                .malformedRewardsMemo
            ),
            (
                #"{"distribute_rewards":{"validators":[{"validator":"v1","reward":"10","reward":"10"}]}}"#,
                .invalidTransferHook
            ),
            (#"{"withdraw_rewards":{}}"#, .malformedRewardsMemo), ("{}", .malformedRewardsMemo),
        ] as [(String, ModuleError.Code)]
    )
    func badMemo(_ message: String, _ code: ModuleError.Code) throws {
        let chain = try StakingChain.earning("ics20-memo")
        try chain.staked(100)
        let transferred = try chain.transfer(10, memo: chain.memo(message))
        #expect(transferred.refusal == code)
        #expect(transferred.outcome.emitted.isEmpty)
        #expect(try chain.balance(chain.staking, try chain.voucher()) == "0")
        #expect(try chain.totals(try chain.voucher()) == nil)
    }

    @Test("Tokens of another sender, channel or denomination go back, with a memo and without")
    func strange() throws {
        let chain = try StakingChain.earning("ics20-memo")
        try chain.staked(100)
        let other = try chain.openTransfers()
        for memo in ["", chain.memo([("v1", 10)])] {
            #expect(try chain.transfer(10, memo: memo, from: "thief").refusal == .strangeVouchers)
            #expect(try chain.transfer(10, memo: memo, over: other).refusal == .strangeVouchers)
            #expect(try chain.transfer(10, memo: memo, denom: "uatom").refusal == .strangeVouchers)
        }
        // Another instance that the memo names is not the receiver, so it is not called at all.
        let strange =
            #"{"wasm":{"contract":"\#(chain.text(chain.bob))","msg":{"distribute_rewards":{"validators":[]}}}}"#
        #expect(try chain.transfer(10, memo: strange).refusal == .invalidTransferHook)
        #expect(try chain.totals(try chain.voucher()) == nil)
        #expect(try chain.balance(chain.staking, try chain.voucher()) == "0")
    }

    @Test("Before there is a pairing only the channel that was named last is known, so nobody has to look for others")
    func lastChannel() throws {
        let chain = try StakingChain(settings: [StakingChain.rewardSettings("held")], neighbours: [Transfer()])
        for channel in ["channel-5", "channel-6"] { try chain.reroute("held", channel: channel) }
        func channels() throws -> [String] {
            try chain.harness.query(.with { $0.settings = .init() }).settings.rewards.sources.map(\.channelID)
        }
        #expect(try channels() == ["channel-6"])
        try chain.connect()
        try chain.reroute("held", channel: "channel-7")
        #expect(try channels() == ["channel-6", "channel-7"])
    }

    @Test("Before there is a pairing nobody sends rewards")
    func unpaired() throws {
        let chain = try StakingChain(settings: [StakingChain.rewardSettings("ics20-memo")], neighbours: [Transfer()])
        _ = try chain.openTransfers()
        let channel = try chain.openTransfers()
        #expect(channel == StakingChain.vouchersChannel)
        #expect(try chain.transfer(10, memo: chain.memo([("v1", 10)])).refusal == .noControlChannel)
    }

    @Test("A call that no transfer made is refused, whoever it claims to be")
    func forgedCall() throws {
        let chain = try StakingChain.earning("ics20-memo")
        let (staking, voucher) = (chain.staking, try chain.voucher())
        let number = try chain.harness.identity.number
        func caller(_ channel: String, _ sender: String) throws -> String {
            let channel = try ChannelID(channel)
            return chain.text(try Address(bytes: TransferHook.intermediaryAddress(channel: channel, sender: sender)))
        }
        let callers: [(String, ModuleError.Code)] = [
            (chain.text(chain.bob), .strangeVouchers), (try caller("channel-1", "thief"), .strangeVouchers),
            (try caller("channel-0", "converter"), .strangeVouchers),
            (try caller("channel-1", "converter"), .rewardsNotCovered),
        ]
        for (caller, code) in callers {
            let called = TransferEvent.with {
                $0.hookCalled.portID = "transfer"
                $0.hookCalled.channelID = "channel-1"
                $0.hookCalled.sequence = 99
                $0.hookCalled.contract = staking
                $0.hookCalled.caller = caller
                $0.hookCalled.message = #"{"distribute_rewards":{"validators":[{"validator":"v1","reward":"5"}]}}"#
                $0.hookCalled.token.denom = voucher
                $0.hookCalled.token.amount = "5"
                $0.hookCalled.instanceNumber = number
            }
            try chain.harness.when(recording: [called], of: Transfer.self).thenFailed(code)
        }
    }

    @Test("A batch of the control channel says whose they are, once they have come")
    func control() throws {
        let chain = try StakingChain.earning("ics20-control")
        let voucher = try chain.voucher()
        try chain.staked(100)
        #expect(try chain.transfer(25).outcome.kinds == ["vouchers_received"])
        #expect(try chain.reserves(voucher)?.unattributed == "25")
        try chain.tryClaim().thenFailed(.noRewardsDue)
        #expect(try chain.announce([("v1", 20), ("v1", 5)]).isSuccess)
        #expect(try chain.reserves(voucher)?.unattributed == "0")
        #expect(try chain.claimVouchers() == "25")
    }

    @Test("A change of the route loses nothing of what is in flight, whichever way")
    func changedRoute() throws {
        let chain = try StakingChain.earning("ics20-control")
        let voucher = try chain.voucher()
        try chain.staked(100)
        // Transferred before the change, announced after it.
        #expect(try chain.transfer(10).isSuccess)
        try chain.reroute("held")
        try chain.distributed(10)
        #expect(try chain.pendingRewards() == "10")
        // Held before the change back, claimed after it.
        try chain.distributed(7)
        try chain.reroute("ics20-memo")
        #expect(try chain.pendingRewards() == "10 7held")
        #expect(try !chain.announce([("v1", 7)]).isSuccess)
        // Over the former channel, while another one is in force.
        let channel = try chain.openTransfers()
        try chain.reroute("ics20-memo", channel: channel)
        #expect(try chain.transfer(3, memo: chain.memo([("v1", 3)])).isSuccess)
        #expect(try chain.transfer(4, memo: chain.memo([("v1", 4)]), over: channel).isSuccess)
        let outcome = try chain.tryClaim().thenSucceeded()
        #expect(outcome.kinds == ["rewards_paid", "rewards_sent"])
        #expect(outcome.emitted[0].rewardsPaid.coins.map(\.amount).sorted() == ["13", "4"])
        try chain.acknowledge(try outcome.thenSent())
        #expect(try chain.balance(chain.text(chain.alice), voucher) == "13")
        #expect(try chain.pendingRewards() == "none")
    }

    @Test("A batch may be of vouchers that came over two channels: none of it is taken for held, and none is left")
    func twoChannels() throws {
        let chain = try StakingChain.earning("ics20-control")
        let channel = try chain.openTransfers()
        try chain.staked(100)
        try chain.staked(100, on: "v2", of: chain.bob)
        #expect(try chain.transfer(30).isSuccess)
        try chain.reroute("ics20-control", channel: channel)
        #expect(try chain.transfer(20, over: channel).isSuccess)
        #expect(try !chain.announce([("v1", 51)]).isSuccess)
        try chain.reroute("held", channel: channel)
        #expect(try chain.announce([("v1", 26), ("v2", 24)]).isSuccess)
        #expect(try chain.totals()?.received ?? "0" == "0")
        for denom in [try chain.voucher(), try chain.voucher(channel)] {
            #expect(try chain.reserves(denom)?.unattributed == "0")
        }
        let paid = try chain.tryClaim().thenSucceeded().emitted[0].rewardsPaid.coins.map(\.amount)
        #expect(paid.sorted() == ["20", "6"])
        #expect(try chain.claimVouchers("v2", of: chain.bob) == "24")
    }

    @Test("An admin names no channel of worthless vouchers once users have staked: the chain's authority alone does")
    func worthless() throws {
        let chain = try StakingChain.earning("ics20-control")
        let channel = try chain.openTransfers()
        try chain.staked(100)
        #expect(try chain.transfer(30).isSuccess)
        for route in ["ics20-control", "held"] {
            try chain.tryRerouting(route, channel: channel, by: chain.carol).thenFailed(.settingFixed)
        }
        let pool: JSONValue = ["route": "ics20-control", "consumer_pool": "juno1carol"]
        try chain.harness.when(reconfiguring: ["rewards": pool], from: chain.carol).thenFailed(.settingFixed)
        #expect(try chain.transfer(30, over: channel).refusal == .strangeVouchers)
        #expect(try chain.announce([("v1", 30)]).isSuccess)
        #expect(try chain.tryClaim().thenSucceeded().emitted[0].rewardsPaid.coins.map(\.denom) == [chain.voucher()])
        // What does not say what stakers are paid in is the admin's still, and to say the same again is no change.
        try chain.harness.when(reconfiguring: ["minimum_stake": "2"], from: chain.carol).thenSucceeded()
        try chain.tryRerouting("ics20-control", by: chain.carol).thenSucceeded()
    }

    @Test("A payment that can't be made leaves the claim as it was, and so does a recipient that is none")
    func refusedPayment() throws {
        let chain = try StakingChain.earning("ics20-memo")
        try chain.staked(100)
        #expect(try chain.transfer(3, memo: chain.memo([("v1", 3)])).isSuccess)
        try chain.harness.when(
            .with {
                $0.withdrawRewards.validator = "v1"
                $0.withdrawRewards.recipient = "juno1somebody"
            },
            from: chain.alice
        ).thenFailed(.invalidBech32)
        // Coins of the transfer module's own account are nobody's.
        try chain.tryClaim(to: Address(moduleName: "transfer")).thenFailed(.blockedRewardsRecipient)
        // Somebody has emptied the account: a defect, and yet no claim is lost.
        let (staking, bob, voucher) = (chain.staking, chain.text(chain.bob), try chain.voucher())
        let stolen = BankEvent.with {
            $0.transferred.fromAddress = staking
            $0.transferred.toAddress = bob
            $0.transferred.amount = [
                .with {
                    $0.denom = voucher
                    $0.amount = "1"
                }
            ]
        }
        try chain.harness.when(recording: [stolen], of: Bank.self).thenSucceeded()
        #expect(try !chain.tryClaim().succeeded)
        #expect(try chain.pendingRewards() == "3")
    }
}
