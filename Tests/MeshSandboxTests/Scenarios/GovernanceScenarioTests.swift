import MeshSandbox
import ModuleKit
import Testing

@Suite("Scenarios: votes")
struct GovernanceScenarioTests {
    private static let head = """
        name: A test
        seed: 12
        chains:
          north:
            { prefix: nor, bond: unor, validators: [10, 10], accounts: { ann: 9_000_000unor, deployer: 3_000_000unor }, governance: { min_deposit: 500_000unor, voting_period: 2d, deposit_period: 1d } }
          south: { prefix: sou, bond: usou, validators: [10, 30], accounts: { bob: 9_000_000usou } }
        pairings:
          main: { provider: south, consumer: north }
        steps:

        """
    private static let firstLine = 10

    private static func text(_ steps: String) -> String {
        head + steps.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
    }

    private static func run(_ steps: String) throws -> ScenarioReport {
        let folder = try ScenarioFolder()
        return try ScenarioRun.run(try Scenario(parsing: text(steps)), in: folder.path, auditor: TestAuditor.auditor)
    }

    @Test("A vote of two days passes in some sixty blocks, and is told from its submission to its end")
    func vote() throws {
        let report = try Self.run(
            """
            - delegate: { from: north/ann, amount: 4_000_000unor, at: north/validator-2 }
            - propose: { from: north/ann, title: A word, deposit: 100_000unor, as: word }
            - expect: { proposal: word, is: unpaid }
            - deposit: { on: word, from: north/deployer, amount: 400_000unor }
            - vote: { on: word, from: [north/validator, north/validator-2], option: yes }
            - vote: { on: word, from: north/ann, options: { no: 0.75, abstain: 0.25 } }
            - expect: { proposal: word, is: voting }
            - decide: word
            - expect:
                - { proposal: word, is: passed, yes: 20_000_000, no: 3_000_000, abstain: 1_000_000, veto: 0 }
                - { balance: north/ann, of: unor, is: 5_000_000 }
            - propose: { from: north/ann, title: Unpaid, deposit: 100_000unor, as: unpaid }
            - decide: unpaid
            - expect: { proposal: unpaid, is: forgotten }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
        #expect(report.texts.contains("proposal 1 is submitted: A word"))
        #expect(report.texts.contains("proposal 1 is passed"))
        #expect(report.texts.contains("proposal 2 is forgotten"))
        #expect(report.chains[0].height < 200)
    }

    @Test(
        "What the authority of a governed chain does goes by proposal, with the same words as where an account decides"
    )
    func authority() throws {
        let report = try Self.run(
            """
            - submit: { from: north/authority, to: host, message: { set_total_cap: { privilege: virtual-staking/mint, cap: '5' } } }
            - submit: { from: north/authority, to: host, message: { clear_admin: { instance: nobody } }, fails: host/3 }
            - submit: { from: south/authority, to: host, message: { set_total_cap: { privilege: virtual-staking/mint, cap: '5' } } }
            - expect:
                - { event: host/total_cap_set, on: north, is: 1 }
                - { event: governance/executed, on: north, is: 1 }
                - { event: host/total_cap_set, on: south, is: 1 }
                - { event: governance/executed, on: south, is: 0 }
            """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
        #expect(report.found("decision of north")?.contains("host/3") == true)
    }

    @Test("What is not as expected fails the scenario: another standing, other figures, votes that are not counted")
    func unmet() throws {
        let report = try Self.run(
            """
            - propose: { from: north/ann, title: A word, as: word }
            - expect: { proposal: word, is: voting, yes: 0 }
            - expect: { proposal: word, is: passed }
            - vote: { on: word, from: [north/validator, north/validator-2], option: no }
            - decide: word
            - expect: { proposal: word, is: rejected, no: 19_999_999 }
            """
        )
        #expect(report.failure == nil)
        #expect(report.unmet.map(\.found) == ["voting, not counted", "voting", "rejected, no 20000000"])
    }

    @Test(
        "What can't be done ends the run, with the remedy",
        arguments: [
            ("- vote: { on: word, from: south/bob, option: yes }", "name an account of north"),
            (
                "- propose: { from: north/ann, title: x, deposit: 1usou, fails: any, as: no }\n- decide: no",
                "no proposal"
            ),
        ]
    )
    func outOfTurn(_ steps: String, _ words: String) throws {
        let report = try Self.run("- propose: { from: north/ann, title: A word, as: word }\n" + steps)
        #expect(report.failure?.code == .outOfTurn)
        #expect(report.failure?.message.contains(words) == true, "\(String(describing: report.failure))")
    }

    @Test(
        "What can't be read is refused with its line and the remedy",
        arguments: [
            ("- propose: { from: south/bob, title: x }", "give it the member governance"),
            ("- propose: { from: north/ann }", "propose needs the member title"),
            ("- propose: { from: north/ann, title: x, messages: [{ grant: main }] }", "the member cap"),
            (
                "- propose: { from: north/ann, title: x, messages: [{ revoke: main, cap: 1unor }] }",
                "beside grant alone"
            ),
            ("- propose: { from: north/ann, title: x, messages: [{ revoke: mian }] }", "there is main"),
            ("- propose: { from: north/ann, title: x, messages: [{ recommend: main }] }", "to users of south"),
            ("- propose: { from: north/ann, title: x, messages: [{ to: host, revoke: main }] }", "has one of to"),
            ("- vote: { on: word, from: north/ann, option: yes }", "no label of an earlier step"),
            ("- decide: word", "no label of an earlier step"),
        ]
    )
    func mistakes(_ step: String, _ words: String) {
        let error = #expect(throws: ScenarioError.self) { try Scenario(parsing: Self.text(step)) }
        #expect(error?.place?.line == Self.firstLine, "\(String(describing: error))")
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    }

    @Test(
        "A vote has an option, or several with weights",
        arguments: [
            ("option: perhaps", "yes, no, abstain, veto"), ("options: { maybe: 1 }", "yes, no, abstain, veto"),
            ("option: yes, options: { no: 1 }", "one of the two"), ("fails: any", "one of the two"),
        ]
    )
    func options(_ members: String, _ words: String) {
        let steps =
            "- propose: { from: north/ann, title: x, as: word }\n- vote: { on: word, from: north/ann, \(members) }"
        let error = #expect(throws: ScenarioError.self) { try Scenario(parsing: Self.text(steps)) }
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    }

    @Test(
        "Governance of a chain is refused where it makes no sense",
        arguments: [
            ("min_deposit: 5uother", "name an amount of ucoin"), ("min_deposit: 0ucoin", "above 0"),
            ("voting_period: 0s", "above zero"), ("voting_period: 3", "its unit"), ("quorum: 1.1", "at most 1"),
            ("quorum: 0", "above 0"), ("vote_period: 60s", "allowed are min_deposit"),
            ("proposer: deployer", "1000000ucoin for the deposit"), ("proposer: authority", "signs nothing"),
        ]
    )
    func rules(_ members: String, _ words: String) {
        let text = "name: a\nchains:\n  a: { bond: ucoin, governance: { \(members) } }\nsteps: []\n"
        let error = #expect(throws: ScenarioError.self) { try Scenario(parsing: text) }
        #expect(error?.place?.line == 3, "\(String(describing: error))")
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    }
}
