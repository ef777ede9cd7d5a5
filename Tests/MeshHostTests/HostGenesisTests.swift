import BankEvents
import Counter
import Foundation
import MeshHost
import ModuleKit
import Testing

@Suite("The host's part of a genesis")
struct HostGenesisTests {
    /// The section with some members, and one instance of the minter with some members besides module and label.
    private func section(_ members: String = "", minter: String = "") -> String {
        """
        {\(members)"instances":[{"module":"bank","label":"bank"},{"module":"minter","label":"minter"\(minter)}]}
        """
    }

    private func refusal(_ section: String) throws -> (code: ModuleError.Code?, text: String) {
        let error = try #require(throws: HostError.self) { try TestChain([Minter()], hostSection: section) }
        #expect(error.code == .invalidGenesis)
        return ((error.cause as? ModuleError)?.code, "\(error)")
    }

    private func live(_ chain: TestChain) throws -> [String] {
        try chain.host.query(HostQuery.with { $0.grants = .init() }, of: "host").grants.grants
            .map { "\($0.number) \($0.privilege) '\($0.cap)'" }
    }

    @Test("names the authority, and grants with a cap or without one, of which the holder hears")
    func grants() throws {
        let alice = try TestAccount("alice").text
        let grants = #"["bank/burn",{"privilege":"bank/mint","cap":"1000"},{"privilege":"bank/supply-offset"}]"#
        let chain = try TestChain(
            [Minter()],
            hostSection: section(#""authority":"\#(alice)","#, minter: #","admin":"\#(alice)","grants":\#(grants)"#)
        )
        #expect(try live(chain) == ["2 bank/burn ''", "2 bank/mint '1000'", "2 bank/supply-offset ''"])
        #expect(try chain.host.query(CounterQuery.with { $0.total = .init() }, of: "minter").value == 1_000)
        #expect(try chain.host.query(HostQuery.with { $0.authority = .init() }, of: "host").authority.address == alice)
        try chain.block()
    }

    @Test("may name an instance as the authority and as an admin, by its label, also one that comes later")
    func labels() throws {
        let chain = try TestChain(
            [Minter()],
            hostSection: #"""
                {"authority":"minter","instances":[{"module":"bank","label":"bank","admin":"minter"},\#
                {"module":"minter","label":"minter","admin":"bank"}]}
                """#
        )
        #expect(try authority(chain) == chain.address(of: "minter"))
        #expect(try admins(chain) == [chain.address(of: "minter"), chain.address(of: "bank")])
    }

    @Test("makes governance the authority, and the admin of the usual instances, unless it says otherwise")
    func usualAuthority() throws {
        let usual = try TestChain([Speaker()])
        let speaker = try usual.address(of: "speaker")
        #expect(try authority(usual) == speaker)
        #expect(try admins(usual) == [speaker, speaker])
        let said = try TestChain([Speaker()], hostSection: #"{"authority":"speaker"}"#)
        #expect(try authority(said) == speaker && admins(said) == [speaker, speaker])

        let alice = try TestAccount("alice").text
        let person = try TestChain([Speaker()], hostSection: #"{"authority":"\#(alice)"}"#)
        #expect(try authority(person) == alice && admins(person) == ["", ""])
        let nobody = try TestChain([Speaker()], hostSection: #"{"authority":""}"#)
        #expect(try authority(nobody) == "" && admins(nobody) == ["", ""])

        let named = #"{"instances":[{"module":"bank","label":"bank"},{"module":"speaker","label":"speaker"}]}"#
        let listed = try TestChain([Speaker()], hostSection: named)
        #expect(try authority(listed) == speaker && admins(listed) == ["", ""])
        let renamed = named.replacing(#""label":"speaker""#, with: #""label":"choir""#)
        #expect(try authority(try TestChain([Speaker()], hostSection: renamed)) == "")
    }

    @Test("says with which sequences accounts go on")
    func sequences() throws {
        let alice = try TestAccount("alice")
        let chain = try TestChain(hostSection: #"{"sequences":[{"address":"\#(alice.text)","sequence":"7"}]}"#)
        #expect(try chain.sequence(alice) == 7 && chain.sequence(chain.bob) == 0)
        #expect(try chain.block([try chain.send("1", from: alice, to: chain.bob)]).results.map(\.error) == [nil])
        #expect(try chain.sequence(alice) == 8)
    }

    @Test("may use up an account's sequences: nobody stops the chain with its last one")
    func lastSequence() throws {
        let alice = try TestAccount("alice")
        let last = UInt64.max
        let chain = try TestChain(hostSection: #"{"sequences":[{"address":"\#(alice.text)","sequence":"\#(last)"}]}"#)
        let send = try chain.send("1", from: alice, to: chain.bob)
        #expect(try chain.host.checkTransaction(send).error?.code == .arithmeticOverflow)
        #expect(try chain.block([send]).results.map { $0.error?.code } == [.arithmeticOverflow])
        #expect(try chain.sequence(alice) == last)
        #expect(try chain.block([try chain.send("1", from: chain.bob, to: alice)]).results.map(\.error) == [nil])
    }

    private func authority(_ chain: TestChain) throws -> String {
        try chain.host.query(HostQuery.with { $0.authority = .init() }, of: "host").authority.address
    }

    private func admins(_ chain: TestChain) throws -> [String] {
        try chain.host.query(HostQuery.with { $0.instances = .init() }, of: "host").instances.instances.map(\.admin)
    }

    @Test("deploys the usual instances when it names an authority only")
    func authorityOnly() throws {
        let alice = try TestAccount("alice").text
        let chain = try TestChain([Minter()], hostSection: #"{"authority":"\#(alice)"}"#)
        let instances = try chain.host.query(HostQuery.with { $0.instances = .init() }, of: "host").instances.instances
        #expect(instances.map(\.label) == ["bank", "minter"])
        #expect(try live(chain).count == 6)
        #expect(try chain.host.query(HostQuery.with { $0.authority = .init() }, of: "host").authority.address == alice)
    }

    @Test("is refused with the place of what is wrong in it")
    func refused() throws {
        let alice = try TestAccount("alice").text
        let entry = { (sequence: String) in #"{"address":"\#(alice)","sequence":"\#(sequence)"}"# }
        let cases: [(String, ModuleError.Code, String)] = [
            (section(minter: #","grants":["bank/min"]"#), .unknownPrivilege, "instances[1].grants[0]"),
            (section(minter: #","grants":["bank/mint","bank/mint"]"#), .alreadyExists, "instances[1].grants[1]"),
            (section(minter: #","grants":[{"privilege":"bank/mint","cap":"-1"}]"#), .invalidValue, "grants[0].cap"),
            (section(minter: #","grants":[{"privilege":"bank/mint","cap":""}]"#), .invalidValue, "grants[0].cap"),
            (section(minter: #","grants":[{"cap":"1"}]"#), .missingValue, "grants[0].privilege"),
            (section(minter: #","grants":[7]"#), .wrongKind, "instances[1].grants[0]"),
            (section(minter: #","admin":"nobody""#), .invalidValue, "instances[1].admin"),
            (section(#""authority":"nobody","#), .invalidValue, "host.authority"),
            (section(#""authority":7,"#), .wrongKind, "host.authority"),
            (section(#""authority":"treasury","#), .invalidValue, "the label of an instance of this genesis"),
            (section(minter: #","admin":"treasury""#), .invalidValue, "the label of an instance of this genesis"),
            (section(#""sequences":[{"address":"nobody","sequence":"1"}],"#), .invalidValue, "sequences[0].address"),
            (section(#""sequences":[{"sequence":"1"}],"#), .missingValue, "sequences[0].address"),
            (section(#""sequences":[\#(entry("-1"))],"#), .invalidValue, "sequences[0].sequence"),
            (section(#""sequences":[\#(entry("1")),\#(entry("2"))],"#), .invalidValue, "sequences[1]"),
        ]
        for (section, code, place) in cases {
            let refusal = try refusal(section)
            #expect(refusal.code == code, "\(section): \(refusal.text)")
            #expect(refusal.text.contains(place), "\(refusal.text)")
        }
    }

    @Test("is refused when it has members that mean nothing, such as a misspelt authority")
    func unknownMembers() throws {
        for (section, place) in [
            (section(#""autority":"mesh1","#), "app_state.host.autority"),
            (section(minter: #","grant":[]"#), "app_state.host.instances[].grant"),
            (section(minter: #","grants":[{"privilege":"bank/mint","max":"1"}]"#), "instances[].grants[].max"),
        ] {
            let text = try refusal(section).text
            #expect(text.contains(place), "\(text)")
        }
    }
}
