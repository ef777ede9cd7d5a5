import BankEvents
import Counter
import Foundation
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage
import Testing

@Suite("A grant of the host")
struct GrantTests {
    /// A chain whose authority is Alice; its minter has the number 2.
    private func chain(grants: String = "[]", isFailing: Bool = false) throws -> TestChain {
        try TestChain(
            [Minter(isFailing: isFailing)],
            hostSection: """
                {"authority":"\(try TestAccount("alice").text)","instances":[{"module":"bank","label":"bank"},\
                {"module":"minter","label":"minter","grants":\(grants)}]}
                """
        )
    }

    private func grant(_ cap: String, of privilege: String = "bank/mint", to instance: String = "minter") -> HostMessage
    {
        .with {
            $0.grant.instance = instance
            $0.grant.privilege = privilege
            $0.grant.cap = cap
        }
    }

    private func revoke(_ privilege: String = "bank/mint", from instance: String = "minter") -> HostMessage {
        .with {
            $0.revoke.instance = instance
            $0.revoke.privilege = privilege
        }
    }

    @discardableResult
    private func send(_ message: HostMessage, _ chain: TestChain, by account: TestAccount? = nil) throws -> ModuleError?
    {
        let transaction = try chain.signed([("host", try message.encodedBytes())], by: account ?? chain.alice)
        return try chain.block([transaction]).results[0].error
    }

    private func mint(_ amount: UInt64, _ chain: TestChain) throws -> ModuleError? {
        let message = try CounterMessage.with { $0.increment.by = amount }.encodedBytes()
        return try chain.block([try chain.signed([("minter", message)], by: chain.bob)]).results[0].error
    }

    private func live(_ chain: TestChain) throws -> [String] {
        try chain.host.query(HostQuery.with { $0.grants = .init() }, of: "host").grants.grants
            .map { "\($0.number) \($0.privilege) '\($0.cap)' at \($0.grantedHeight)" }
    }

    private func told(_ chain: TestChain) throws -> UInt64 {
        try chain.host.query(CounterQuery.with { $0.total = .init() }, of: "minter").value
    }

    /// The names of the events that a block recorded, each with its instance's number.
    private func kinds(_ chain: TestChain, at height: UInt64) throws -> [String] {
        let sequences = try #require(try chain.host.store.log.sequences(at: height))
        return try sequences.map { sequence in
            let envelope = try EventEnvelope(decoding: try #require(try chain.host.store.log.record(at: sequence)))
            let vocabulary: any EventVocabulary.Type = envelope.instance == 0 ? HostEvent.self : BankEvent.self
            let kind = vocabulary.kind(numbered: envelope.kind)
            return "\(envelope.instance) \(kind?.name ?? "unlisted")"
        }
    }

    @Test("is given, gets another cap, and is revoked by the authority; its holder hears of it in the same block")
    func lifeCycle() throws {
        let chain = try chain()
        #expect(try mint(1, chain)?.code == .notGranted)
        #expect(try send(grant("1000"), chain) == nil)
        #expect(try live(chain) == ["2 bank/mint '1000' at 2"])
        #expect(try told(chain) == 1_000)
        #expect(try mint(1_001, chain)?.code == .limitExceeded)
        #expect(try mint(1_000, chain) == nil)
        #expect(try send(grant("5"), chain) == nil)
        #expect(try live(chain) == ["2 bank/mint '5' at 5"])
        #expect(try told(chain) == 5)
        #expect(try send(grant(""), chain) == nil)
        #expect(try live(chain) == ["2 bank/mint '' at 6"])
        #expect(try told(chain) == 7)
        #expect(try mint(.max, chain) == nil)
        #expect(try send(revoke(), chain) == nil)
        #expect(try live(chain) == [])
        #expect(try told(chain) == 0)
        #expect(try mint(0, chain)?.code == .notGranted)
        #expect(try send(grant("0"), chain) == nil)
        #expect(try mint(0, chain) == nil)
    }

    @Test("falls to a cap of zero before it is gone, so that its holder can take back what it has")
    func revocation() throws {
        let chain = try chain(grants: #"["bank/mint"]"#)
        #expect(try send(revoke(), chain) == nil)
        #expect(
            try kinds(chain, at: 1) == [
                "0 privilege_granted", "2 minted", "0 privilege_revoked", "0 transaction_executed",
            ]
        )
    }

    @Test("stands whatever its holder makes of it: the failure is recorded")
    func failingHolder() throws {
        let chain = try chain(isFailing: true)
        #expect(try send(grant("3"), chain) == nil)
        #expect(
            try kinds(chain, at: 1) == [
                "0 privilege_offered", "0 privilege_granted", "0 reaction_failed", "0 transaction_executed",
            ]
        )
        #expect(try live(chain) == ["2 bank/mint '3' at 1"])
        #expect(try send(revoke(), chain) == nil)
        #expect(try live(chain) == [])
    }

    @Test("outlives a restart with its cap, and so does the authority")
    func reopened() throws {
        let chain = try chain()
        try send(grant("12"), chain)
        try chain.reopen()
        #expect(try live(chain) == ["2 bank/mint '12' at 1"])
        #expect(try mint(13, chain)?.code == .limitExceeded)
        let address = TestChain.prefixes.format(
            try Address(
                bytes: chain.host.query(HostQuery.with { $0.instance.instance = "minter" }, of: "host").instance.address
            ),
            as: .account
        )
        #expect(try send(revoke(from: address), chain) == nil)
        #expect(try live(chain) == [])
    }

    @Test("is decided on by the authority alone, and by nobody where there is none")
    func authority() throws {
        let chain = try chain(grants: #"["bank/mint"]"#)
        for message in [grant("1"), revoke(), grant("1", of: "no/such"), grant("1", to: "nobody")] {
            let error = try #require(try send(message, chain, by: chain.bob))
            #expect(error.code == .notAuthority && error.message.contains(chain.alice.text))
        }
        #expect(try live(chain) == ["2 bank/mint '' at 0"])
        let asked = try chain.host.query(HostQuery.with { $0.authority = .init() }, of: "host").authority
        #expect(asked.address == chain.alice.text)

        let lawless = try TestChain([Minter()])
        let error = try #require(try send(grant("1"), lawless))
        #expect(error.code == .notAuthority && error.message.contains("host.authority"))
        #expect(try send(revoke(), lawless)?.code == .notAuthority)
        let nobody = try lawless.host.query(HostQuery.with { $0.authority = .init() }, of: "host").authority
        #expect(nobody.address.isEmpty)
    }

    @Test("of what does not exist, or with a cap that is no amount, is refused with a remedy")
    func refused() throws {
        let chain = try chain()
        for (message, code, remedy) in [
            (grant("1", of: "bank/min"), ModuleError.Code.unknownPrivilege, "bank/burn, bank/mint, bank/supply-offset"),
            (grant("1", of: ""), .unknownPrivilege, "bank/mint"),
            (grant("1", of: "staking/punish"), .unknownPrivilege, "minter has no privilege"),
            (grant("1", to: "nobody"), .unknownInstance, "label or the address"),
            (grant("1", to: ""), .unknownInstance, "label or the address"),
            (grant("1", to: "host"), .unknownInstance, "the host itself"),
            (grant("-1"), .invalidAmount, "the cap of bank/mint"),
            (grant("1.5"), .invalidAmount, "smallest unit"),
            (grant("007"), .invalidAmount, "leading zero"),
            (grant("340282366920938463463374607431768211456"), .arithmeticOverflow, "the cap of bank/mint"),
            (revoke(), .noSuchGrant, "it holds: none"),
            (revoke("bank/burn"), .noSuchGrant, "bank/burn"),
            (revoke(from: "nobody"), .unknownInstance, "label or the address"),
            (revoke(from: "host"), .unknownInstance, "the host itself"),
        ] {
            let error = try #require(try send(message, chain))
            #expect(error.code == code, "\(message)")
            #expect(error.message.contains(remedy), "\(error)")
        }
        #expect(try live(chain) == [])
        try send(grant("4"), chain)
        #expect(try send(grant("4"), chain)?.code == .alreadyExists)
        #expect(try send(revoke("bank/burn"), chain)?.message.contains("it holds: bank/mint") == true)
    }

    @Test("is missed by a replay for a privileged event that somebody put behind its revocation")
    func replayed() throws {
        let chain = try chain(grants: #"["bank/mint"]"#)
        let machine = ChainMachine(
            registry: chain.registryInUse,
            chainID: chain.host.chainID,
            addresses: TestChain.prefixes,
            source: EmptyStateSource()
        )
        let records = chain.host.store.log
        var minted: EventEnvelope?
        func apply(_ height: UInt64) throws {
            for sequence in try #require(try records.sequences(at: height)) {
                let envelope = try EventEnvelope(decoding: try #require(try records.record(at: sequence)))
                try machine.apply(envelope)
                if envelope.instance == 2 { minted = envelope }
            }
        }
        try apply(0)
        let event = try #require(minted)
        try machine.apply(event)
        #expect(try send(revoke(), chain) == nil)
        try apply(1)
        let error = #expect(throws: ModuleError.self) { try machine.apply(event) }
        #expect(error?.code == .notGranted)
    }
}
