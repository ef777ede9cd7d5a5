import Bank
import BankEvents
import Counter
import Foundation
import MeshHost
import ModuleKit
import Testing

/// The speaker's messages, on a chain where it is the authority and everybody's admin.
@Suite("A message of an instance")
struct InstanceMessageTests {
    private func chain() throws -> TestChain { try TestChain([Counter(), Speaker()]) }

    private func line(_ instance: String, _ message: HostMessage) throws -> SpeakerLine {
        try line(instance, message.encodedBytes())
    }

    private func line(_ instance: String, _ payload: [UInt8]) -> SpeakerLine {
        .with {
            $0.instance = instance
            $0.payload = Data(payload)
        }
    }

    private func speech(_ lines: SpeakerLine..., fee: UInt64 = 0) -> SpeakerMessage {
        .with {
            $0.speak.lines = lines
            $0.speak.fee = fee
        }
    }

    private func say(_ message: SpeakerMessage, _ chain: TestChain) throws -> FinalizedBlock {
        try chain.block([try chain.signed([("speaker", try message.encodedBytes())], by: chain.alice)])
    }

    private func sending(_ amount: String, to account: TestAccount) throws -> SpeakerLine {
        line("bank", try TestChain.sendMessage(amount, to: account))
    }

    @Test("is sent in its own name and handled when the coins of the same event have moved")
    func coinsFirst() throws {
        let chain = try chain()
        let block = try say(speech(try sending("70", to: chain.bob), fee: 100), chain)
        #expect(block.results.map(\.error) == [nil])
        #expect(
            try chain.story(of: block) == [
                "speaker spoken", "bank transferred < 0", "bank transferred < 0", "host transaction_executed",
            ]
        )
        #expect(try chain.balance(chain.alice) == "999900")
        #expect(try chain.balance(chain.bob) == "500070")
        let poor = try say(speech(try sending("31", to: chain.bob)), chain)
        #expect(
            poor.results[0].error?.codespace == "bank",
            "the speaker has 30 left, and Alice has not signed for more"
        )
        #expect(try chain.balance(chain.alice) == "999900")
    }

    @Test("of the authority grants, bounds and hands over, and the log leads back to the event that said so")
    func authority() throws {
        let chain = try chain()
        let grant = HostMessage.with {
            $0.grant.instance = "counter"
            $0.grant.privilege = "bank/mint"
        }
        let foreign = try say(speech(try line("host", grant)), chain)
        #expect(
            foreign.results[0].error?.code == .unknownPrivilege,
            "the counter mints nothing, but the speaker may ask"
        )
        let capped = HostMessage.with {
            $0.grant.instance = "bank"
            $0.grant.privilege = "bank/mint"
            $0.grant.cap = "5"
        }
        let block = try say(speech(try line("host", capped)), chain)
        #expect(block.results.map(\.error) == [nil])
        #expect(
            try chain.story(of: block) == [
                "speaker spoken", "host privilege_granted < 0", "host transaction_executed",
            ]
        )
        #expect(try chain.tellHost(capped)?.code == .notAuthority, "Alice herself is nobody")
        let handOver = HostMessage.with { $0.setAuthority.authority = chain.alice.text }
        #expect(try say(speech(try line("host", handOver)), chain).results.map(\.error) == [nil])
        #expect(try say(speech(try line("host", handOver)), chain).results[0].error?.code == .notAuthority)
        let back = HostMessage.with { $0.setAuthority.authority = "speaker" }
        #expect(try chain.tellHost(back) == nil)
        #expect(try say(speech(try line("host", handOver)), chain).results.map(\.error) == [nil])
        for (name, code) in [
            (chain.alice.text, ModuleError.Code.alreadyExists), ("nobody", .invalidBech32), ("host", .invalidBech32),
            ("", .invalidBech32),
        ] {
            let message = HostMessage.with { $0.setAuthority.authority = name }
            #expect(try chain.tellHost(message)?.code == code, "\(name)")
        }
        #expect(try chain.tellHost(back, by: chain.bob)?.code == .notAuthority)
    }

    @Test("reconfigures the very instance that sends it")
    func reconfiguresItself() throws {
        let chain = try chain()
        let change = HostMessage.with {
            $0.reconfigure.instance = "speaker"
            $0.reconfigure.configuration = #"{"motto": "anew"}"#
        }
        let block = try say(speech(try line("host", change)), chain)
        #expect(block.results.map(\.error) == [nil])
        #expect(
            try chain.story(of: block) == [
                "speaker spoken", "host instance_reconfigured < 0", "speaker configured < 1",
                "host transaction_executed",
            ]
        )
        try chain.reopen()
        #expect(try chain.tellHost(change)?.code == .notAdmin)
        let exported = try chain.host.exportGenesis()["app_state"]["host"]["instances"][2]["configuration"]["motto"]
        #expect(try exported.string() == "anew")
    }

    @Test("that is refused, is for nobody, or can't be read fails the whole, or what its sender catches of it")
    func refused() throws {
        let chain = try chain()
        let good = try sending("1", to: chain.bob)
        let increment = try CounterMessage.with { $0.increment.by = 1 }.encodedBytes()
        let cases: [(SpeakerLine, ModuleError.Code)] = [
            (line("nobody", increment), .unknownInstance), (line("", increment), .unknownInstance),
            (line(chain.bob.text, increment), .unknownInstance),
            (line("counter", []), .unknownMessage), (line("counter", [0xFF]), .undecodable),
            (try line("counter", CounterMessage.with { $0.increment.by = 2 }.encodedBytes()), .stepOutOfRange),
            (try line("host", .with { $0.revoke.instance = "counter" }), .noSuchGrant),
            (try line("host", .with { $0.setAdmin.instance = "host" }), .notAdmin),
        ]
        for (bad, code) in cases {
            let error = try #require(try say(speech(good, bad, fee: 10), chain).results[0].error)
            #expect(error.code == code, "\(error)")
            #expect(error.message.hasPrefix("message 1: "), "\(error)")
        }
        #expect(try chain.balance(chain.bob) == "500000")
        let attempt = SpeakerMessage.with {
            $0.attempt.lines = [good, cases[0].0]
            $0.attempt.fee = 10
        }
        let block = try say(attempt, chain)
        #expect(block.results.map(\.error) == [nil])
        #expect(try chain.story(of: block) == ["speaker silenced", "host transaction_executed"])
        #expect(try chain.balance(chain.alice) == "1000000")
    }

    @Test("to itself, again and again, ends at the depth of a cascade")
    func endless() throws {
        let chain = try chain()
        func nested(_ count: Int) throws -> SpeakerMessage {
            try (1..<count).reduce(speech()) { (inner, _) in speech(line("speaker", try inner.encodedBytes())) }
        }
        #expect(try say(nested(32), chain).results.map(\.error) == [nil])
        #expect(try say(nested(33), chain).results[0].error?.code == .limitExceeded)
    }

    @Test("comes from no other: who sends what the authority says still is nobody")
    func impostors() throws {
        let chain = try TestChain(
            [Counter(), Speaker()],
            hostSection: """
                {"instances":[{"module":"bank","label":"bank"},{"module":"speaker","label":"speaker"},\
                {"module":"speaker","label":"impostor"}]}
                """
        )
        let grant = HostMessage.with {
            $0.grant.instance = "bank"
            $0.grant.privilege = "bank/mint"
        }
        let message = speech(try line("host", grant))
        let transaction = try chain.signed([("impostor", try message.encodedBytes())], by: chain.alice)
        #expect(try chain.block([transaction]).results[0].error?.code == .notAuthority)
        let relayed = speech(line("speaker", try message.encodedBytes()))
        let relay = try chain.signed([("impostor", try relayed.encodedBytes())], by: chain.alice)
        #expect(try chain.block([relay]).results[0].error == nil, "the speaker says what anybody tells it")
    }
}
