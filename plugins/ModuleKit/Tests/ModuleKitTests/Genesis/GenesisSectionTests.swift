import ModuleKit
import Testing

@Suite("A section of a genesis document")
struct GenesisSectionTests {
    private let document = GenesisDocument(
        chainID: "test-1",
        time: .epoch,
        appState: ["vault": ["total": "1"], "vault/second": ["total": "2"], "bank": [:], "second": ["x": "7"]]
    )

    @Test("bears the label of an instance, unless its name is the instance's own already")
    func names() {
        #expect(GenesisSection.name("vault", ofInstance: "second") == "vault/second")
        #expect(GenesisSection.name("vault/second", ofInstance: "second") == "vault/second")
        #expect(GenesisSection.name("second", ofInstance: "second") == "second")
        #expect(GenesisSection.name("a-second", ofInstance: "second") == "a-second/second")
        #expect(GenesisSection.name("", ofInstance: "second") == "/second")
    }

    @Test("is found by an instance under the name that its module gives it, and its errors name the true place")
    func view() throws {
        let second = document.sections(ofInstance: "second").appState
        #expect(try second["vault"]["total"].string() == "2")
        #expect(try second["vault/second"]["total"].string() == "2")
        #expect(try second["second"]["x"].integer(as: UInt64.self) == 7)
        #expect(second["bank"].optional == nil, "what stands there is another instance's")
        #expect(try second.members().map { $0.name } == ["vault/second", "second"])
        #expect(second["vault"]["total"].path == #"$.app_state["vault/second"].total"#)
        #expect(try second.members()[0].field["total"].path == #"$.app_state["vault/second"].total"#)
        #expect(second["bank"]["x"].path == #"$.app_state["bank/second"].x"#)
        #expect(try document.appState["vault"]["total"].string() == "1")
        let third = document.sections(ofInstance: "third").appState
        #expect(try third.members().isEmpty && third["vault"].optional == nil)
    }

    @Test("is claimed and reported under the name that the document gives it")
    func report() {
        var report = GenesisReport(strictness: .refuse)
        report.claim("vault")
        report.instance = "second"
        report.claim("vault")
        report.skip("app_state.vault.users[].name", "unknown")
        report.remark("app_state.vault/second", "fine")
        report.skip("app_state.bank[]", "unknown")
        report.skip("elsewhere", "unknown")
        #expect(report.readSections == ["vault", "vault/second"])
        #expect(
            report.findings.map(\.path) == [
                "app_state.vault/second.users[].name", "app_state.vault/second", "app_state.bank/second[]", "elsewhere",
            ]
        )
    }
}
