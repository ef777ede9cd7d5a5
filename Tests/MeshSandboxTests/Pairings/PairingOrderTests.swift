import BankEvents
import ExternalStakingEvents
import IBC
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import Testing
import VaultEvents

/// The steps of a setup, each tried before its time.
@Suite("A pairing out of order")
struct PairingOrderTests {
    /// What becomes of each later stage that is tried when so many are done. Empty where it is carried out: a chain can't know
    /// what the other one is about to do, who clears his admin early only harms himself, and to introduce an end once more as it
    /// was changes nothing.
    ///
    /// The columns: deploy on the consumer, deploy on the provider, introduce, open, clear on the consumer, clear on the
    /// provider, authorise, recommend, cross-stake.
    private static let expected: [[String]] = [
        ["", "", "host/3", "interchain/13", "host/3", "host/3", "host/3", "recommended-list/2", "vault/8"],
        ["host/1", "", "", "converter/5", "", "host/3", "virtual-staking/12", "recommended-list/2", "vault/8"],
        ["host/1", "host/1", "", "converter/5", "", "", "virtual-staking/12", "", "external-staking/8"],
        ["host/1", "host/1", "", "", "", "", "virtual-staking/12", "", "external-staking/8"],
        ["host/1", "host/1", "", "converter/7", "", "", "virtual-staking/13", "", ""],
        ["host/1", "host/1", "host/4", "converter/7", "host/4", "", "", "", ""],
        ["host/1", "host/1", "host/4", "converter/7", "host/4", "host/4", "", "", ""],
        ["host/1", "host/1", "host/4", "converter/7", "host/4", "host/4", "kit/17", "", ""],
        ["host/1", "host/1", "host/4", "converter/7", "host/4", "host/4", "kit/17", "recommended-list/4", ""],
    ]

    @Test("is refused step by step, with the error of whoever was asked; nothing of it remains")
    func early() throws {
        // Everything follows from the seed, so the one setup foretells the messages of the other.
        let rehearsal = try Attempt.all(in: try PairedChains())
        #expect(rehearsal.count == 9)
        let chains = try PairedChains(until: { stage in if case .path = stage { false } else { true } })
        let setup = PairingSetup(chains.pairing)
        for (done, codes) in Self.expected.enumerated() {
            for (attempt, code) in zip(rehearsal, codes) {
                let found = try attempt.refusal(in: chains.network)
                #expect(found == code, "\(attempt.name), when \(done) stages are done")
            }
            guard let stage = try setup.nextStage(in: chains.network) else { break }
            try chains.network.carryOut(stage, of: chains.pairing)
            try chains.network.settle()
        }
        #expect(try setup.nextStage(in: chains.network) == nil)
        try chains.audit()
    }
}

/// Messages of one stage.
private struct Attempt {
    let name: String
    let chainID: String
    let account: String
    let messages: [SandboxMessage]

    /// The stages of a setup as messages, and a cross-stake behind them.
    static func all(in chains: PairedChains) throws -> [Attempt] {
        let pairing = chains.pairing
        var attempts: [Attempt] = []
        let rehearsal = try PairedChains(until: { stage in
            guard case .transaction(let chainID, let account, let messages, let purpose) = stage else { return false }
            attempts.append(Attempt(name: purpose, chainID: chainID, account: account, messages: messages))
            return false
        })
        let control = try rehearsal.network.path(pairing.controlPath)
        let opening = Attempt(
            name: "opens the channel",
            chainID: pairing.consumer,
            account: "anyone",
            messages: [try SandboxMessage(.opening(from: control.first, to: control.second), to: "interchain")]
        )
        attempts.insert(opening, at: 3)
        attempts.append(
            Attempt(
                name: "cross-stakes",
                chainID: pairing.provider,
                account: "alice",
                messages: [
                    try SandboxMessage(chains.bonding(5), to: "vault"),
                    try SandboxMessage(chains.staking(5), to: "vault"),
                ]
            )
        )
        return attempts
    }

    /// The code with which a chain refuses the messages; empty where it would carry them out. Nothing changes either way.
    func refusal(in network: Network) throws -> String {
        let ruin = BankMessage.with {
            $0.send.toAddress = (try? network.chain(chainID).address(of: "anyone")) ?? ""
            $0.send.amount = [
                .with {
                    $0.denom = "unothing"; $0.amount = "1"
                }
            ]
        }
        do {
            try network.execute(messages + [try SandboxMessage(ruin, to: "bank")], on: chainID, from: account)
        } catch {
            guard let cause = error.cause as? ModuleError else { throw error }
            return cause.code == .insufficientFunds ? "" : "\(cause.code)"
        }
        Issue.record("\(name): a transaction can't end well that sends what nobody has")
        return ""
    }
}

extension MessageVocabulary where Self == InterchainMessage {
    /// Begins a channel from one end to another.
    static func opening(
        from first: RelayPath.End,
        to second: RelayPath.End,
        port: String? = nil,
        ordering: ChannelEnd.Ordering = .unordered,
        version: String = ""
    ) -> InterchainMessage {
        .with {
            $0.channelOpenInit.portID = first.port.text
            $0.channelOpenInit.connectionID = first.connection?.text ?? ""
            $0.channelOpenInit.ordering = ordering == .ordered ? .ordered : .unordered
            $0.channelOpenInit.counterpartyPortID = port ?? second.port.text
            $0.channelOpenInit.version = version
        }
    }
}
