import CometBFT
import EvidenceEvents
import Foundation
import IBC
import InterchainEvents
public import MeshHost
public import ModuleKit

/// Watches a chain, and tells another chain what validators did there.
///
/// It needs no trust and keeps nothing: what it says is checked by the chain that it tells, and what is known there already
/// it skips. So it can be stopped and started at any time, and several of them do no harm.
///
///     let observer = Observer(of: try ObservedChain(home: consumer.store))
///     for fault in try observer.chain.faults() {
///         for report in try observer.reports(of: fault, to: provider) { … }
///     }
public struct Observer {
    /// What is watched.
    public let chain: ObservedChain
    /// How many bytes of headers one transaction takes; there is as much room again for what they lead to.
    public let bytesMax: Int

    /// Watches a chain.
    public init(of chain: ObservedChain, bytesMax: Int = 128 * 1024) {
        self.chain = chain
        self.bytesMax = bytesMax
    }

    /// What is to be done about a fault, as a chain now stands: for every External Staking instance that holds stake of the
    /// validators, or for every client that is to be frozen.
    ///
    /// - Parameter time: when a transaction is included; the time of the last block where that is not known.
    /// - Throws: what the chain's questions throw; `inconsistentLog` or `host` when the observed home can't be read.
    public func reports(of fault: ObservedFault, to provider: ChainHost, at time: Timestamp? = nil)
        throws(SandboxError) -> [ObserverReport]
    {
        let provider = ReportedChain(host: provider, time: time)
        if let problem = fault.problem {
            return [ObserverReport(fault: fault, place: "", action: .unprovable(problem))]
        }
        let watching = try provider.instances(watching: chain.chainID)
        guard !watching.isEmpty, let evidence = fault.evidence else {
            let reason = "no External Staking of \(provider.chainID) watches \(chain.chainID)"
            return [ObserverReport(fault: fault, place: "", action: .unprovable(reason))]
        }
        switch evidence {
        case .duplicateVote(let evidence):
            return try watching.map { (instance) throws(SandboxError) in
                let action = try action { () throws(SandboxError) in try proving(evidence, to: instance, of: provider) }
                return ObserverReport(fault: fault, place: instance.label, action: action)
            }
        case .lightClientAttack(let evidence):
            var clients: [String] = []
            for instance in watching where !clients.contains(instance.clientID) { clients.append(instance.clientID) }
            return try clients.map { (client) throws(SandboxError) in
                let action = try action { () throws(SandboxError) in try freezing(client, by: evidence, of: provider) }
                return ObserverReport(fault: fault, place: client, action: action)
            }
        }
    }

    /// What can't be proven is a result, and no failure.
    private func action(_ body: () throws(SandboxError) -> ObserverReport.Action) throws(SandboxError)
        -> ObserverReport.Action
    {
        do throws(SandboxError) {
            return try body()
        } catch  where error.code == .notRelayable {
            return .unprovable(error.message)
        }
    }

    private func proving(_ evidence: DuplicateVoteEvidence, to instance: WatchingInstance, of provider: ReportedChain)
        throws(SandboxError) -> ObserverReport.Action
    {
        guard try !provider.isProven(evidence, to: instance) else { return .known("it was proven before") }
        guard let (header, validators) = try chain.set(at: evidence.height) else {
            throw SandboxError(.notRelayable, "the header or the validators of height \(evidence.height) are not known")
        }
        if let lateness = try provider.lateness(of: header.time, for: instance) { return .tooOld(lateness) }
        let way = HeaderWay(chain: chain, provider: provider, clientID: instance.clientID, bytesMax: bytesMax)
        let steps = try way.steps(to: header)
        guard steps.leadToHeader else { return .prepare(steps.messages) }
        let proof = EvidenceMessage.with {
            $0.proveDuplicateVote.instance = instance.label
            $0.proveDuplicateVote.clientID = instance.clientID
            $0.proveDuplicateVote.evidence = Data(evidence.encoded)
            $0.proveDuplicateVote.header = Data(header.encoded)
            $0.proveDuplicateVote.validators = Data(validators.encoded)
        }
        return .submit(steps.messages + [try SandboxMessage(proof, to: evidenceModuleName)])
    }

    private func freezing(_ clientID: String, by attack: LightClientAttackEvidence, of provider: ReportedChain)
        throws(SandboxError) -> ObserverReport.Action
    {
        guard try !provider.client(clientID).isFrozen else { return .known("the client is frozen") }
        let conflicting = attack.conflictingBlock
        guard let latest = try chain.latestHeight(),
            let own = try chain.lightBlock(at: min(conflicting.height, latest))
        else {
            throw SandboxError(
                .notRelayable,
                "the chain's own block at height \(conflicting.height) is not known, which contradicts the conflicting one"
            )
        }
        let time = own.signedHeader.header.time
        if let lateness = try provider.lateness(of: time, forClient: clientID) { return .tooOld(lateness) }
        let way = HeaderWay(chain: chain, provider: provider, clientID: clientID, bytesMax: bytesMax)
        let common = min(attack.commonHeight, own.height - 1, conflicting.height - 1)
        let (steps, trusted, validators) = try way.trusted(atOrBelow: common)
        guard steps.leadToHeader else { return .prepare(steps.messages) }
        let misbehaviour = try SandboxError.relaying("the attack at height \(conflicting.height)") {
            let headers = try [conflicting, own].map {
                try TendermintHeader(block: $0, trustedHeight: trusted, trustedValidators: validators)
            }
            return try TendermintMisbehaviour(first: headers[0], second: headers[1])
        }
        let report = InterchainMessage.with {
            $0.submitMisbehaviour.clientID = clientID
            $0.submitMisbehaviour.misbehaviour = Data(misbehaviour.encoded)
        }
        return .submit(steps.messages + [try SandboxMessage(report, to: interchainModuleName)])
    }
}
