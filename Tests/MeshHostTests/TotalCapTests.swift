import BankEvents
import Counter
import MeshHost
import ModuleKit
import Testing

@Suite("A total cap of the host")
struct TotalCapTests {
    /// Alice decides; two minters have the numbers 2 and 3.
    private func chain(totals: String = "[]", grants: (String, String) = ("[]", "[]"), capMax: Amount? = nil) throws
        -> TestChain
    {
        try TestChain(
            [Minter(capMax: capMax)],
            hostSection: """
                {"authority":"\(try TestAccount("alice").text)","total_caps":\(totals),"instances":[\
                {"module":"bank","label":"bank"},{"module":"minter","label":"first","grants":\(grants.0)},\
                {"module":"minter","label":"second","grants":\(grants.1)}]}
                """
        )
    }

    private func grant(_ cap: String, to instance: String) -> HostMessage {
        .with {
            $0.grant.instance = instance
            $0.grant.privilege = "bank/mint"
            $0.grant.cap = cap
        }
    }

    private func total(_ cap: String, of privilege: String = "bank/mint") -> HostMessage {
        .with {
            $0.setTotalCap.privilege = privilege
            $0.setTotalCap.cap = cap
        }
    }

    private func listed(_ chain: TestChain) throws -> [String] {
        let answer = try chain.host.query(HostQuery.with { $0.grants = .init() }, of: "host").grants
        return answer.totalCaps.map { "\($0.privilege) \($0.cap)" }
            + answer.grants.map { "\($0.number) \($0.privilege) '\($0.cap)'" }
    }

    @Test("bounds the caps of all grants of its privilege together, at every change")
    func bounds() throws {
        let chain = try chain()
        #expect(try chain.tellHost(total("100")) == nil)
        #expect(try chain.tellHost(grant("60", to: "first")) == nil)
        #expect(try chain.tellHost(grant("41", to: "second"))?.code == .totalCapExceeded)
        #expect(try chain.tellHost(grant("40", to: "second")) == nil)
        #expect(try chain.tellHost(grant("61", to: "first"))?.code == .totalCapExceeded)
        #expect(try chain.tellHost(grant("59", to: "first")) == nil)
        #expect(try chain.tellHost(grant("41", to: "second")) == nil)
        #expect(try listed(chain) == ["bank/mint 100", "2 bank/mint '59'", "3 bank/mint '41'"])
        let uncapped = try #require(try chain.tellHost(grant("", to: "first")))
        #expect(uncapped.code == .totalCapExceeded && uncapped.message.contains("capped at 100"))
        #expect(
            try chain.tellHost(
                .with {
                    $0.revoke.instance = "first"; $0.revoke.privilege = "bank/mint"
                }
            ) == nil
        )
        #expect(try chain.tellHost(grant("100", to: "second")) == nil)
        try chain.reopen()
        #expect(try chain.tellHost(grant("1", to: "first"))?.code == .totalCapExceeded)
        #expect(try chain.tellHost(grant("0", to: "first")) == nil)
    }

    @Test("is not set below what is granted, nor where a grant has no cap, and is lifted by an empty one")
    func settings() throws {
        let chain = try chain(grants: (#"[{"privilege":"bank/mint","cap":"10"}]"#, #"["bank/mint"]"#))
        let uncapped = try #require(try chain.tellHost(total("1000")))
        #expect(uncapped.code == .totalCapExceeded && uncapped.message.contains("second holds bank/mint without a cap"))
        #expect(try chain.tellHost(grant("20", to: "second")) == nil)
        #expect(try chain.tellHost(total("29"))?.code == .totalCapExceeded)
        #expect(try chain.tellHost(total("30")) == nil)
        #expect(try chain.tellHost(total("30"))?.code == .alreadyExists)
        #expect(try chain.tellHost(total("31")) == nil)
        #expect(try chain.tellHost(total("5", of: "bank/burn")) == nil, "another privilege is another matter")
        #expect(try chain.tellHost(total("")) == nil)
        #expect(try chain.tellHost(total(""))?.code == .alreadyExists)
        #expect(try chain.tellHost(grant("", to: "first")) == nil)
        #expect(try listed(chain) == ["bank/burn 5", "2 bank/mint ''", "3 bank/mint '20'"])
    }

    @Test("holds where the caps add up to more than an amount can be")
    func overflow() throws {
        let chain = try chain()
        let most = Amount.max.description
        #expect(try chain.tellHost(grant(most, to: "first")) == nil)
        #expect(try chain.tellHost(grant(most, to: "second")) == nil)
        #expect(try chain.tellHost(total(most))?.code == .totalCapExceeded)
        #expect(try chain.tellHost(grant("0", to: "first")) == nil)
        #expect(try chain.tellHost(total(most)) == nil)
        #expect(try chain.tellHost(grant("1", to: "first"))?.code == .totalCapExceeded)
    }

    @Test("is set by the authority alone, for a privilege that exists, to an amount")
    func refused() throws {
        let chain = try chain()
        for (message, code, remedy) in [
            (total("1", of: "bank/min"), ModuleError.Code.unknownPrivilege, "bank/burn, bank/mint, bank/supply-offset"),
            (total("1", of: ""), .unknownPrivilege, "bank/mint"),
            (total("-1"), .invalidAmount, "the total cap of bank/mint"),
            (total("340282366920938463463374607431768211456"), .arithmeticOverflow, "the total cap of bank/mint"),
        ] {
            let error = try #require(try chain.tellHost(message))
            #expect(error.code == code && error.message.contains(remedy), "\(error)")
        }
        #expect(try chain.tellHost(total("1"), by: chain.bob)?.code == .notAuthority)
        #expect(try listed(chain) == [])
    }

    @Test("is part of a genesis, which is refused when its grants do not keep to it")
    func genesis() throws {
        let thirty = #"[{"privilege":"bank/mint","cap":"30"}]"#
        let ten = #"[{"privilege":"bank/mint","cap":"10"}]"#
        let chain = try chain(totals: thirty, grants: (ten, #"[{"privilege":"bank/mint","cap":"20"}]"#))
        #expect(try chain.tellHost(grant("21", to: "second"))?.code == .totalCapExceeded)
        let cases: [(String, (String, String), ModuleError.Code, String)] = [
            (thirty, (ten, #"[{"privilege":"bank/mint","cap":"21"}]"#), .totalCapExceeded, "instances[2].grants[0]"),
            (thirty, (ten, #"["bank/mint"]"#), .totalCapExceeded, "instances[2].grants[0]"),
            (#"[{"privilege":"bank/min","cap":"30"}]"#, (ten, ten), .unknownPrivilege, "total_caps[0]"),
            (thirty.dropLast() + "," + thirty.dropFirst(), (ten, ten), .alreadyExists, "total_caps[1]"),
            (#"[{"privilege":"bank/mint"}]"#, (ten, ten), .missingValue, "total_caps[0].cap"),
            (#"[{"privilege":"bank/mint","cap":"many"}]"#, (ten, ten), .invalidValue, "total_caps[0].cap"),
        ]
        for (totals, grants, code, place) in cases {
            let error = #expect(throws: HostError.self) { try self.chain(totals: totals, grants: grants) }
            #expect((error?.cause as? ModuleError)?.code == code, "\(totals)")
            #expect(error.map { "\($0)".contains(place) } == true, "\(String(describing: error))")
        }
    }

    @Test("does not keep a grant from being offered: what its holder refuses stays as it was")
    func offers() throws {
        let chain = try chain(totals: #"[{"privilege":"bank/mint","cap":"100"}]"#, capMax: Amount(10))
        let block = try chain.block([
            try chain.signed([("host", try grant("10", to: "first").encodedBytes())], by: chain.alice)
        ])
        #expect(
            try chain.story(of: block) == [
                "host privilege_offered", "host privilege_granted", "first minted < 1", "host transaction_executed",
            ]
        )
        #expect(try chain.tellHost(grant("11", to: "first"))?.code == .limitExceeded)
        #expect(try chain.tellHost(grant("9", to: "first")) == nil, "what comes down is not offered")
        #expect(try listed(chain) == ["bank/mint 100", "2 bank/mint '9'"])
        _ = try TestChain(
            [Minter(capMax: Amount(10))],
            hostSection: """
                {"instances":[{"module":"bank","label":"bank"},\
                {"module":"minter","label":"minter","grants":["bank/mint"]}]}
                """
        )
    }
}
