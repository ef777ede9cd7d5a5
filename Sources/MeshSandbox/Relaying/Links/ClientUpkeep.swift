import CometBFT
import Foundation
import IBC
import InterchainEvents
import LightClient
import ModuleKit

/// The clients of one chain on another: started, followed, and kept alive.
struct ClientUpkeep {
    /// The chain that is followed.
    let source: PublicState
    /// The chain on which its client is.
    let target: PublicState

    /// The message that starts a client: it trusts the source's last block.
    ///
    /// - Returns: nil when the source has no signed block yet.
    func creation() throws(SandboxError) -> InterchainMessage? {
        guard source.height > source.firstHeight else { return nil }
        let block = try source.lightBlock(at: source.height)
        let specification = source.chain.specification
        return try SandboxError.relaying("a client of '\(source.chainID)'") {
            let state = try TendermintClientState(
                chainID: source.chainID,
                options: VerificationOptions(
                    trustingPeriod: specification.trustingPeriod,
                    maximumClockDrift: specification.maximumClockDrift
                ),
                unbondingPeriod: specification.unbondingTime,
                latestHeight: source.lastHeight,
                proofSpecs: TendermintClientState.sparseProofSpecs
            )
            let consensusState = try TendermintConsensusState(block.signedHeader.header)
            return .with {
                $0.createClient.clientState = Data(state.encoded)
                $0.createClient.consensusState = Data(consensusState.encoded)
            }
        }
    }

    /// The first client that can be used and tells the truth: active, of the source, with its periods, and its latest header
    /// is the source's own. Anyone can make a client, so one is looked at before it is used.
    func soundClient() throws(SandboxError) -> ClientID? {
        for client in try target.clients() where client.state.chainID == source.chainID {
            if try isSound(client) { return client.id }
        }
        return nil
    }

    private func isSound(_ client: PublicState.Client) throws(SandboxError) -> Bool {
        let specification = source.chain.specification
        let latest = client.state.latestHeight
        guard !client.state.isFrozen, client.state.options.trustingPeriod <= specification.trustingPeriod,
            client.state.proofSpecs == TendermintClientState.sparseProofSpecs,
            latest.revision == source.lastHeight.revision,
            latest.height > source.firstHeight, latest.height <= source.height
        else { return false }
        let header = try source.lightBlock(at: latest.height).signedHeader.header
        let verified = try target.ask {
            $0.verifiedHeader.clientID = client.id.text
            $0.verifiedHeader.height = latest.protobuf
        }.verifiedHeader
        return try SandboxError.relaying("the client \(client.id) of '\(target.chainID)'") {
            guard Array(verified.root) == header.appHash,
                Array(verified.nextValidatorsHash) == header.nextValidatorsHash.bytes
            else { return false }
            return !client.state.options.hasExpired(header.time, now: try BlockTime(target.time))
        }
    }

    /// Whether more than half of the trusting period has passed since the client's latest header.
    func isGettingOld(_ id: ClientID) throws(SandboxError) -> Bool {
        let client = try target.client(id)
        guard client.state.latestHeight.height < source.height else { return false }
        let latest = try source.time(at: client.state.latestHeight.height)
        return try SandboxError.relaying("the client \(id) of '\(target.chainID)'") {
            try BlockTime(target.time).duration(since: BlockTime(latest)) > client.state.options.trustingPeriod / 2
        }
    }

    /// The headers that bring a client to the source's last block, lowest first; none when it knows that block.
    ///
    /// Mostly one. Where too few of the trusted validators signed it, headers in between, found by bisection as a light
    /// client finds them.
    ///
    /// - Throws: `notRelayable` when the client would refuse: it is frozen or has expired, or the source's clock is too far
    ///   ahead of the target's.
    func headers(for id: ClientID) throws(SandboxError) -> [TendermintHeader] {
        let client = try target.client(id).state
        guard let start = try target.verifiedHeight(of: id, upTo: source.lastHeight) else {
            throw SandboxError(.notRelayable, "the client \(id) of '\(target.chainID)' has verified no header")
        }
        return try SandboxError.relaying("the client \(id) of '\(target.chainID)'") {
            guard !client.isFrozen else { throw SandboxError(.notRelayable, "the client \(id) is frozen") }
            let now = try BlockTime(target.time)
            var trusted = start.height
            var wanted = trusted < source.height ? [source.height] : []
            var headers: [TendermintHeader] = []
            while let next = wanted.last {
                let block = try source.lightBlock(at: next)
                let header = try TendermintHeader(
                    block: block,
                    trustedHeight: source.height(trusted),
                    trustedValidators: (next == trusted + 1 ? block : source.lightBlock(at: trusted + 1)).validators
                )
                let known = try TendermintConsensusState(source.lightBlock(at: trusted).signedHeader.header)
                do {
                    _ = try client.verify(header, from: known, now: now)
                    headers.append(header)
                    trusted = next
                    wanted.removeLast()
                } catch let error as IBCError where error.code == .notEnoughTrust && next - trusted > 1 {
                    wanted.append(trusted + (next - trusted) / 2)
                }
            }
            return headers
        }
    }
}
