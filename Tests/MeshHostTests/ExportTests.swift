import Bank
import BankEvents
import Counter
import Foundation
import MeshHost
import ModuleKit
import Storage
import Testing

@Suite("A chain's export")
struct ExportTests {
    /// A chain with the speaker as its authority, and tallies with these labels besides.
    private func chain(tallies: [String]) throws -> TestChain {
        let listed = tallies.map { #",{"module":"tally","label":"\#($0)","admin":"speaker"}"# }
        return try TestChain(
            [Speaker(), Tally()],
            hostSection: """
                {"total_caps":[{"privilege":"bank/mint","cap":"90"}],"instances":[\
                {"module":"bank","label":"bank","grants":[{"privilege":"bank/mint","cap":"7"},"bank/burn"]},\
                {"module":"speaker","label":"speaker","configuration":{"motto":"ever on"},\
                "admin":"\(try TestAccount("bob").text)"}\(listed.joined())]}
                """
        )
    }

    private func add(_ value: UInt64, to label: String, _ chain: TestChain) throws {
        let message = try CounterMessage.with { $0.increment.by = value }.encodedBytes()
        let result = try chain.block([try chain.signed([(label, message)], by: chain.alice)]).results[0]
        #expect(result.error == nil)
    }

    /// Starts another chain from a document and hands it over.
    private func importing<Result>(
        _ document: JSONValue,
        _ registry: ModuleRegistry,
        _ look: (ChainHost) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (host, report) = try ChainHost.create(at: folder.path, genesis: document.bytes(), registry: registry)
        #expect(report.findings.filter { $0.weight == .skipped }.isEmpty)
        let result = try look(host)
        try host.store.close()
        return result
    }

    private func sections(_ document: JSONValue) throws -> [String] {
        try document["app_state"].members().map(\.name).filter { $0.contains("tally") || $0.contains("second") }
    }

    @Test("gives the same instances again, with their admins, configurations and grants, and the same state of each")
    func roundTrip() throws {
        let chain = try chain(tallies: ["tally", "second"])
        try add(5, to: "tally", chain)
        try add(8, to: "second", chain)
        try chain.block([try chain.send("1", from: chain.alice, to: chain.bob)])
        let document = try chain.host.exportGenesis()
        #expect(try sections(document) == ["tally", "tally/second"])
        try importing(document, chain.registryInUse) { copy in
            #expect(try copy.exportGenesis()["app_state"].required() == document["app_state"].required())
            for (label, total) in [("tally", 5), ("second", 8)] as [(String, UInt64)] {
                #expect(try copy.query(CounterQuery.with { $0.total = .init() }, of: label).value == total)
            }
            #expect(try copy.nextSequence(of: chain.alice.address) == 3, "no old transaction is good again")
            let instances = { (host: ChainHost) in
                try host.query(HostQuery.with { $0.instances = .init() }, of: "host").instances.instances
            }
            let (before, after) = (try instances(chain.host), try instances(copy))
            for (old, new) in zip(before, after) {
                #expect(old.label == new.label && old.address == new.address && old.admin == new.admin)
                #expect(old.number == new.number && old.module == new.module && old.configuration == new.configuration)
            }
            #expect(before.count == 4 && after.count == 4)
            let grants = try copy.query(HostQuery.with { $0.grants = .init() }, of: "host").grants
            #expect(
                grants.grants.map { "\($0.number) \($0.privilege) \($0.cap)" } == ["1 bank/burn ", "1 bank/mint 7"]
            )
            #expect(grants.totalCaps.map { "\($0.privilege) \($0.cap)" } == ["bank/mint 90"])
            let authority = try copy.query(HostQuery.with { $0.authority = .init() }, of: "host").authority.address
            #expect(try authority == chain.address(of: "speaker"))
        }
    }

    @Test("names instances by their labels, so that it holds on a chain with another identifier")
    func otherChain() throws {
        let chain = try chain(tallies: ["tally"])
        let text = try chain.host.exportGenesis().text().replacing("mesh-test-1", with: "mesh-test-2")
        try importing(try JSONValue(parsing: text), chain.registryInUse) { copy in
            let instances = try copy.query(HostQuery.with { $0.instances = .init() }, of: "host").instances.instances
            let speaker = TestChain.prefixes.format(try Address(bytes: instances[1].address), as: .account)
            #expect(try speaker != chain.address(of: "speaker"))
            #expect(instances[2].admin == speaker)
            let authority = try copy.query(HostQuery.with { $0.authority = .init() }, of: "host").authority.address
            #expect(authority == speaker)
        }
    }

    @Test("puts the module's own section to the first instance where none is called like it")
    func labels() throws {
        let chain = try chain(tallies: ["first", "second", "third"])
        for (value, label) in ["first", "second", "third"].enumerated() {
            try add(UInt64(value + 1), to: label, chain)
        }
        let document = try chain.host.exportGenesis()
        #expect(try sections(document) == ["tally", "tally/second", "tally/third"])
        let third = try importing(document, chain.registryInUse) { copy in
            try copy.query(CounterQuery.with { $0.total = .init() }, of: "third").value
        }
        #expect(third == 3)
        let later = try self.chain(tallies: ["first", "tally"])
        try add(1, to: "first", later)
        #expect(try sections(try later.host.exportGenesis()) == ["tally/first", "tally"])
    }

    @Test("whose instances write one section is refused, and so is an import of what belongs to no instance")
    func collisions() throws {
        let chain = try TestChain(
            [Tally(section: "bank")],
            hostSection: #"{"instances":[{"module":"bank","label":"bank"},{"module":"tally","label":"tally"}]}"#
        )
        let error = #expect(throws: ModuleError.self) { try chain.host.exportGenesis() }
        #expect(error?.code == .alreadyExists && error?.message.contains("'bank'") == true)

        let sound = try self.chain(tallies: ["tally", "second"])
        for (member, place) in [
            (#""tally/third":{"total":"1"},"#, "app_state.tally/third"),
            (#""tally/second":{"total":"1","x":1},"#, "app_state.tally/second.x"),
            (#""tally/second":{"total":"one"},"#, #"app_state["tally/second"].total"#),
        ] {
            let document = try sound.host.exportGenesis().text()
                .replacing(#""tally/second":{"total":"0"},"#, with: "")
                .replacing(#","tally/second":{"total":"0"}"#, with: "")
                .replacing(#""app_state":{"#, with: #""app_state":{\#(member)"#)
            let refusal = #expect(throws: HostError.self) {
                try importing(try JSONValue(parsing: document), sound.registryInUse) { _ in }
            }
            #expect(refusal.map { "\($0)".contains(place) } == true, "\(String(describing: refusal))")
        }
    }

    @Test("keeps in mind which grants were revoked, for there may be something to take back still")
    func revoked() throws {
        let alice = try TestAccount("alice").text
        func started(_ members: String) throws -> TestChain {
            try TestChain(
                [Minter()],
                hostSection: """
                    {"authority":"\(alice)","total_caps":[{"privilege":"bank/mint","cap":"0"}],"instances":[\
                    {"module":"bank","label":"bank"},{"module":"minter","label":"minter",\(members)}]}
                    """
            )
        }
        let chain = try started(#""grants":[{"privilege":"bank/mint","cap":"0"}]"#)
        let revocation = HostMessage.with {
            $0.revoke.instance = "minter"
            $0.revoke.privilege = "bank/mint"
        }
        #expect(try chain.tellHost(revocation) == nil)
        let document = try chain.host.exportGenesis()
        let exported = document["app_state"]["host"]["instances"][1]
        #expect(try exported["grants"].array().isEmpty)
        #expect(try exported["revoked"].required() == ["bank/mint"])
        let again = try importing(document, chain.registryInUse) { try $0.exportGenesis()["app_state"].required() }
        #expect(try again == document["app_state"].required())
        for members in [
            #""revoked":["bank/mint","bank/mint"]"#, #""revoked":["no/such"]"#,
            #""grants":[{"privilege":"bank/mint","cap":"0"}],"revoked":["bank/mint"]"#,
        ] {
            let error = #expect(throws: HostError.self) { try started(members) }
            #expect(error.map { "\($0)".contains("instances[1].revoked[") } == true, "\(String(describing: error))")
        }
    }

    @Test("of nobody's chain stays nobody's, though it has governance")
    func lawless() throws {
        let chain = try TestChain([Speaker()], hostSection: #"{"authority":""}"#)
        let document = try chain.host.exportGenesis()
        try importing(document, chain.registryInUse) { copy in
            let authority = try copy.query(HostQuery.with { $0.authority = .init() }, of: "host").authority.address
            #expect(authority.isEmpty)
        }
    }
}
