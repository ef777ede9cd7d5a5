import CometBFT
import EvidenceEvents
import ExternalStakingEvents
import Foundation
import IBC
import InterchainEvents
import MeshHost
import ModuleKit
import Storage

/// The chain to which an observer reports, as he asks it.
struct ReportedChain {
    private static let pageSize: UInt32 = 1_000

    let host: ChainHost
    /// When what is reported is included: the last block's time where nothing is known of the next one.
    let time: Timestamp

    init(host: ChainHost, time: Timestamp? = nil) {
        self.host = host
        self.time = time ?? Timestamp(nanoseconds: host.lastHeader.timeNanoseconds)
    }

    var chainID: String { host.chainID }

    /// The same time, as other chains count it.
    var now: BlockTime {
        get throws(SandboxError) {
            try SandboxError.relaying("the time of '\(chainID)'") {
                try BlockTime(time)
            }
        }
    }

    /// The instances that watch a chain, by number.
    func instances(watching chainID: String) throws(SandboxError) -> [WatchingInstance] {
        var watching: [WatchingInstance] = []
        for instance in try instances() where instance.module == "external-staking" {
            let settings = try ask(ExternalStakingQuery.with { $0.settings = .init() }, of: instance.label).settings
            guard settings.hasRemoteEndpoint else { continue }
            let connectionID = settings.remoteEndpoint.connectionID
            let connection = try interchain { $0.connection.connectionID = connectionID }.connection
            let client = try interchain { $0.client.clientID = connection.end.clientID }.client
            guard client.chainID == chainID else { continue }
            watching.append(
                WatchingInstance(label: instance.label, number: instance.number, clientID: client.clientID)
            )
        }
        return watching
    }

    /// A client.
    func client(_ id: String) throws(SandboxError) -> TendermintClientState {
        let client = try interchain { $0.client.clientID = id }.client
        return try SandboxError.relaying("the client '\(id)'") {
            try TendermintClientState(encoded: Array(client.clientState))
        }
    }

    /// What a client has verified of a height, or of the highest one at or below it; nil for nothing.
    func verified(_ clientID: String, at height: Height, orBelow: Bool = false) throws(SandboxError)
        -> InterchainVerifiedHeader?
    {
        do throws(SandboxError) {
            return try interchain {
                $0.verifiedHeader.clientID = clientID
                $0.verifiedHeader.height = height.protobuf
                $0.verifiedHeader.orBelow = orBelow
            }.verifiedHeader
        } catch  where (error.cause as? ModuleError)?.code == .unknownHeight {
            return nil
        }
    }

    /// Whether an instance was told of a validator and a height.
    func isProven(_ evidence: DuplicateVoteEvidence, to instance: WatchingInstance) throws(SandboxError) -> Bool {
        let query = EvidenceQuery.with {
            $0.proof.key.instanceNumber = instance.number
            $0.proof.key.clientID = instance.clientID
            $0.proof.key.consensusAddress = Data(evidence.voteA.validatorAddress.bytes)
            $0.proof.key.height = UInt64(clamping: evidence.height)
        }
        return try ask(query, of: evidenceModuleName).proof.hasProof
    }

    private func instances() throws(SandboxError) -> [HostInstance] {
        var all: [HostInstance] = []
        while true {
            let start = all.last.map { $0.number + 1 } ?? 0
            let query = HostQuery.with {
                $0.instances.start = start
                $0.instances.limit = Self.pageSize
            }
            let page = try ask(query, of: "host").instances.instances
            all += page
            guard page.count == Int(Self.pageSize) else { return all }
        }
    }

    func interchain(_ write: (inout InterchainQuery) -> Void) throws(SandboxError) -> InterchainAnswer {
        try ask(InterchainQuery.with(write), of: interchainModuleName)
    }

    func ask<Query: QueryVocabulary>(_ query: Query, of instance: String) throws(SandboxError) -> Query.Answer {
        try SandboxError.asking("a question to '\(instance)'") { () throws(ModuleError) in
            try host.query(query, of: instance)
        }
    }
}

extension TendermintConsensusState {
    /// What a client keeps of a header that it has verified.
    init(_ verified: InterchainVerifiedHeader) throws(SandboxError) {
        self = try SandboxError.relaying("a verified header") {
            try TendermintConsensusState(
                time: BlockTime(protobuf: verified.time),
                root: Array(verified.root),
                nextValidatorsHash: Hash32(Array(verified.nextValidatorsHash))
            )
        }
    }
}
