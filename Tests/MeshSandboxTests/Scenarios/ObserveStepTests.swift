import MeshSandbox
import Testing

@Suite("Scenarios: observers")
struct ObserveStepTests {
    private static let guilty = """
        - pair: main
        - cross_stake: { from: north/ann, bonding: 9_000_000unor, amount: 8_000_000unor, at: south/validator-2, over: main }
        - settle
        - double_sign: { validator: south/validator-2, report: no }
        - blocks: 2

        """

    @Test("What is proven is told by height and place, and who has to pay pays a block later")
    func proven() throws {
        let report = try MeshScenario.run(
            Self.guilty + """
                - observe: { consumer: south, provider: north, by: north/cid }
                - blocks: 1
                - expect:
                    - { offender: south/validator-2, over: main, is: settled, infractions: 1, taken: 800_000 }
                    - { offender: south/validator, over: main, is: innocent }
                    - { vault: north/ann, bonded: 8_200_000, max_lien: 7_200_000 }
                    - { balance: north/cid, of: unor, is: 5 }
                """
        )
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
        let finding = try #require(report.checks.first { $0.what.hasPrefix("duplicate vote at south ") })
        #expect(finding.what.hasSuffix("for main-external-staking"))
        #expect(finding.found == "proven")
    }

    @Test("What is otherwise than a step or an expectation says is not met")
    func unmet() throws {
        let report = try MeshScenario.run(
            """
            - pair: main
            - observe: { consumer: south, provider: north, by: north/cid }
            - expect: { offender: south/validator, over: main, is: settled, taken: 1 }
            """
        )
        #expect(report.unmet.map(\.found) == ["nothing", "innocent, taken 0"])
        let found = try MeshScenario.run(
            Self.guilty + "- observe: { consumer: south, provider: north, by: north/cid, finds: nothing }"
        )
        #expect(found.unmet.map(\.found) == ["proven"])
    }

    @Test("The bounty of a pairing goes to the observer, out of what is slashed")
    func bounty() throws {
        let text = MeshScenario.text(
            Self.guilty + """
                - observe: { consumer: south, provider: north, by: north/cid }
                - blocks: 1
                - expect:
                    - { balance: north/cid, of: unor, is: 80_005 }
                    - { offender: south/validator-2, over: main, taken: 800_000 }
                """
        )
        .replacing("slash: 0.1", with: "slash: 0.1, bounty: 0.1")
        let folder = try ScenarioFolder()
        let report = try ScenarioRun.run(try Scenario(parsing: text), in: folder.path, auditor: TestAuditor.auditor)
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
    }

    @Test(
        "Nonsense is refused with its place",
        arguments: [
            ("- double_sign: { validator: south/validator, report: never }", "yes, no"),
            ("- observe: { consumer: north, provider: north, by: north/cid }", "needs nobody to tell it"),
            ("- observe: { consumer: south, provider: north, by: south/bob }", "is on another chain"),
            ("- observe: { consumer: south, provider: north }", "needs the member by"),
            ("- observe: { consumer: south, provider: north, by: north/cid, finds: much }", "much"),
            ("- expect: { offender: north/validator, over: main, is: settled }", "is on another chain"),
            ("- expect: { offender: south/validator, over: main }", "infractions, taken"),
        ]
    )
    func refused(_ step: String, _ hint: String) throws {
        let error = #expect(throws: ScenarioError.self) { try Scenario(parsing: MeshScenario.text(step)) }
        #expect(error?.place?.line == MeshScenario.firstLine)
        #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
        let greedy = MeshScenario.text("- settle").replacing("slash: 0.1", with: "slash: 0.1, bounty: 0.2")
        #expect(throws: ScenarioError.self) { try Scenario(parsing: greedy) }
    }
}
