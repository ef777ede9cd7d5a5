import Bank
import Foundation
import Governance
import GovernanceEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import Testing

@Suite("Governance's part of a genesis")
struct GenesisTests {
    @Test("is taken over as it was exported, and goes on as if nothing had happened")
    func roundTrip() throws {
        let chain = try GovernanceChain(params: [("max_voting", "2"), ("quorum", "0.1")])
        try chain.delegate(1_000_000, to: 0, by: chain.alice)
        let executed = try chain.propose([try chain.usher { $0.note = .init() }])
        let voting = try chain.propose()
        let waiting = try chain.propose()
        try chain.propose(deposit: 300, by: chain.bob)
        let authority = try chain.harness.identity.address
        try chain.harness.when(.setWeight("0.3", of: chain.text(chain.bob)), from: authority).thenSucceeded()
        for number in [executed, voting] {
            try chain.harness.when(.vote([(.yes, "0.9"), (.no, "0.1")], on: number), from: chain.alice).thenSucceeded()
        }
        try Self.expectRoundTrip(chain, "while two are voted on")
        try chain.pass(210)
        #expect(try chain.proposal(executed).status == .passed)
        #expect(try chain.proposal(waiting).status == .votingPeriod)
        try Self.expectRoundTrip(chain, "when one has passed")
    }

    /// What is exported, imported and exported again is the same, and so is what can be asked.
    static func expectRoundTrip(_ chain: GovernanceChain, _ place: Comment) throws {
        let harness = chain.harness
        try harness.nextBlock()
        let exported = try harness.exportGenesis()
        var document = JSONObject()
        document["governance"] = exported["governance"].value
        for (section, value) in try neighbours(of: chain) { document[section] = value }
        let twin = try ModuleHarness(
            Governance(),
            neighbours: [Bank(), NativeStaking(), Usher()],
            options: HarnessOptions {
                $0.genesisTime = harness.block.time
                $0.blockInterval = .zero
            }
        )
        try twin.given(.genesis(appState: .object(document)))
        #expect(try twin.exportGenesis() == exported, place)
        let query = GovernanceQuery.with { $0.proposals = .init() }
        #expect(try twin.query(query) == harness.query(query), place)
        try twin.nextBlock(after: .seconds(5))
        try harness.nextBlock(after: .seconds(5))
        #expect(try twin.exportGenesis() == harness.exportGenesis(), place)
    }

    private static func neighbours(of chain: GovernanceChain) throws -> [(section: String, value: JSONValue)] {
        let bank = try chain.harness.state(of: Bank.self)
        let staking = try chain.harness.state(of: NativeStaking.self)
        return try Bank().exportGenesis(bank) + NativeStaking().exportGenesis(staking)
    }

    /// Imports a `gov` section into a chain with nothing else but balances.
    private func importing(_ section: JSONValue, strictness: GenesisReport.Strictness = .refuse) throws
        -> (ModuleHarness<Governance>, Outcome<Governance>)
    {
        let harness = try ModuleHarness(Governance(), neighbours: [Bank(), NativeStaking()])
        let holder = harness.addresses.format(GovernanceAccount.address, as: .account)
        let balance: JSONValue = ["address": .string(holder), "coins": [["denom": "stake", "amount": "900"]]]
        let document = GenesisDocument(
            chainID: "test-1",
            time: harness.options.genesisTime,
            appState: ["bank": ["balances": [balance]], "gov": section]
        )
        return (harness, try harness.when(importing: document, strictness: strictness))
    }

    @Test("reads the parameters of a Cosmos chain in the layout of today and in that of before")
    func parameters() throws {
        let today: JSONValue = [
            "starting_proposal_id": "7", "deposits": [], "votes": [], "proposals": [], "deposit_params": .null,
            "params": [
                "min_deposit": [["denom": "stake", "amount": "512"]], "max_deposit_period": "172800s",
                "voting_period": "1209600s", "quorum": "0.4", "threshold": "0.6", "veto_threshold": "0.2",
                "min_initial_deposit_ratio": "0.1", "burn_vote_quorum": true, "expedited_threshold": "0.667",
            ],
        ]
        let before: JSONValue = [
            "starting_proposal_id": "7", "deposits": .null, "votes": .null, "proposals": .null,
            "deposit_params": [
                "min_deposit": [["denom": "stake", "amount": "512"]], "max_deposit_period": "172800000000000",
            ],
            "voting_params": ["voting_period": "1209600000000000"],
            "tally_params": ["quorum": "0.4000000000", "threshold": "0.6000000000", "veto": "0.2000000000"],
        ]
        for (section, remarks) in [(today, 1), (before, 0)] {
            let (harness, outcome) = try importing(section)
            try outcome.thenSucceeded()
            let parameters = try harness.query(.with { $0.parameters = .init() }).parameters
            #expect(
                parameters.minDeposit.amount == "512" && parameters.votingPeriodNanoseconds == 1_209_600_000_000_000
            )
            #expect(parameters.quorum.hasPrefix("0.400") && parameters.vetoThreshold.hasPrefix("0.200"))
            #expect(harness.genesisReport.findings.filter { $0.path.hasPrefix("app_state.gov") }.count == remarks)
            #expect(try harness.exportGenesis()["governance"]["next_proposal"].string() == "7")
        }
    }

    @Test("keeps proposals that are over, lets a text go on, and gives back the deposits of what it can't execute")
    func proposals() throws {
        func proposal(_ number: String, _ status: String, _ messages: JSONValue) -> JSONValue {
            [
                "id": .string(number), "messages": messages, "status": .string("PROPOSAL_STATUS_\(status)"),
                "final_tally_result": [
                    "yes_count": "12", "abstain_count": "0", "no_count": "3", "no_with_veto_count": "0",
                ],
                "submit_time": "2025-12-30T00:00:00Z", "deposit_end_time": "2026-02-01T00:00:00Z",
                "voting_start_time": "2025-12-31T00:00:00Z", "voting_end_time": "2026-01-02T00:00:00Z",
                "title": "Of another chain", "summary": "Whatever", "proposer": "",
            ]
        }
        let spend: JSONValue = [["@type": "/cosmos.distribution.v1beta1.MsgCommunityPoolSpend", "amount": []]]
        let depositor = JSONValue.string(try AddressPrefixes(account: "cosmos").format(.named("alice"), as: .account))
        let deposits = ["2", "3", "4"].map { number -> JSONValue in
            [
                "proposal_id": .string(number), "depositor": depositor,
                "amount": [["denom": "stake", "amount": "300"]],
            ]
        }
        let votes: JSONValue = [
            [
                "proposal_id": "2", "voter": depositor,
                "options": [["option": "VOTE_OPTION_NO_WITH_VETO", "weight": "1.000000000000000000"]],
            ]
        ]
        let section: JSONValue = [
            "starting_proposal_id": "5", "deposits": .array(deposits), "votes": votes,
            "proposals": [
                proposal("1", "PASSED", spend), proposal("2", "VOTING_PERIOD", []),
                proposal("3", "DEPOSIT_PERIOD", []), proposal("4", "VOTING_PERIOD", spend),
            ],
        ]
        try importing(section).1.thenFailed(.invalidArgument, saying: "app_state.gov.proposals[]")
        let (harness, outcome) = try importing(section, strictness: .skip)
        try outcome.thenSucceeded()
        try harness.nextBlock()
        let proposals = try harness.query(.with { $0.proposals = .init() }).proposals.proposals
        #expect(proposals.map(\.status) == [.passed, .votingPeriod, .depositPeriod, .failed])
        #expect(proposals[0].result.yes == "12" && proposals[0].title == "Of another chain")
        #expect(proposals.map(\.deposit) == ["0", "300", "300", "0"])
        #expect(proposals[3].failure.codespace == "governance")
        #expect(
            try harness.query(.with { $0.votes.proposal = 2 }).votes.votes.map(\.options[0].option) == [.noWithVeto]
        )
        try harness.given(.blocks(1, every: .days(40)))
        let ended = try harness.query(.with { $0.proposals = .init() }).proposals.proposals
        #expect(ended.map(\.status) == [.passed, .rejected, .failed])
    }

    /// The figures are those of proposals 2 and 4 of `cosmoshub-2`, exported from `cosmoshub-1` on 2019-04-22 (cosmos/mainnet,
    /// `genesis.cosmoshub-2.json`), with one of the votes and the deposits in a denomination of ours.
    @Test("reads proposals, deposits and votes in the layout of SDK 0.34, whose deposits lay outside of accounts")
    func legacyLayout() throws {
        func proposal(_ number: String, _ status: String, _ tally: JSONValue) -> JSONValue {
            [
                "proposal_id": .string(number), "proposal_status": .string(status), "final_tally_result": tally,
                "proposal_content": [
                    "type": "gov/TextProposal",
                    "value": ["title": "ATOM Transfer Enablement", "description": "A text."],
                ],
                "submit_time": "2019-04-15T08:45:39.072577509Z", "deposit_end_time": "2019-04-29T08:45:39.072577509Z",
                "total_deposit": [["denom": "stake", "amount": "512000001"]],
                "voting_start_time": "2019-04-15T15:25:48.465886746Z",
                "voting_end_time": "2026-04-29T15:25:48.465886746Z",
            ]
        }
        func account(_ name: String) throws -> JSONValue {
            .string(try AddressPrefixes(account: "cosmos").format(.named(name), as: .account))
        }
        func deposit(_ name: String, _ amount: String) throws -> JSONValue {
            let inner: JSONValue = [
                "amount": [["denom": "stake", "amount": .string(amount)]], "depositor": try account(name),
                "proposal_id": "4",
            ]
            return ["deposit": inner, "proposal_id": "4"]
        }
        let rejected: JSONValue = [
            "abstain": "2619844783500", "no": "58322135404940", "no_with_veto": "43483296883256",
            "yes": "5195610593628",
        ]
        let none: JSONValue = ["abstain": "0", "no": "0", "no_with_veto": "0", "yes": "0"]
        let vote: JSONValue = ["option": "NoWithVeto", "proposal_id": "4", "voter": try account("carol")]
        let (harness, outcome) = try importing([
            "starting_proposal_id": "6", "votes": [["proposal_id": "4", "vote": vote]],
            "deposits": [try deposit("alice", "512000000"), try deposit("bob", "1")],
            "proposals": [proposal("2", "Rejected", rejected), proposal("4", "VotingPeriod", none)],
        ])
        try outcome.thenSucceeded()
        let proposals = try harness.query(.with { $0.proposals = .init() }).proposals.proposals
        #expect(proposals.map(\.status) == [.rejected, .votingPeriod])
        #expect(proposals[0].result.figures == ["5195610593628", "2619844783500", "58322135404940", "43483296883256"])
        #expect(proposals[1].deposit == "512000001" && proposals[1].title == "ATOM Transfer Enablement")
        #expect(
            try harness.query(.with { $0.votes.proposal = 4 }).votes.votes.map(\.options[0].option) == [.noWithVeto]
        )
        // The account had 900 already.
        #expect(outcome.emitted.map(\.depositsFunded.amount.amount).filter { !$0.isEmpty } == ["511999101"])
        try harness.given(.blocks(1, every: .days(200)))
        #expect(try harness.query(.with { $0.proposal.proposal = 4 }).proposal.deposit == "0")
    }

    @Test("is refused where its parts contradict each other")
    func contradictions() throws {
        func refused(_ change: (inout JSONObject) -> Void) throws -> Outcome<Governance> {
            var section = JSONObject()
            section["starting_proposal_id"] = "2"
            section["proposals"] = [
                ["proposal_id": "1", "status": "PROPOSAL_STATUS_DEPOSIT_PERIOD", "content": ["@type": "x"]]
            ]
            change(&section)
            return try importing(.object(section), strictness: .skip).1
        }
        try refused { $0["starting_proposal_id"] = "1" }.thenFailed(.invalidValue)
        try refused { $0["starting_proposal_id"] = "0" }.thenFailed(.invalidValue)
        try refused { $0["votes"] = [["proposal_id": "9", "voter": "cosmos1x", "option": "Yes"]] }
            .thenFailed(.invalidValue)
        try refused { $0["params"] = ["quorum": "1.1"] }.thenFailed(.governanceParameterNotAllowed)
        try refused { $0["params"] = ["min_deposit": [["denom": "other", "amount": "1"]]] }
            .thenFailed(.governanceParameterNotAllowed)
        try refused {
            $0["deposits"] = [
                [
                    "proposal_id": "1", "depositor": "cosmos1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu",
                    "amount": [["denom": "stake", "amount": "901"]],
                ]
            ]
        }.thenFailed(.governanceGenesisContradiction, saying: "has 900")
    }
}
